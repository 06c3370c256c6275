"""The environment of a program, made in its container: for runtimes that show it all of the host's.

What does it there is the image's own `env`, which Debian has in each image.
"""

from collections.abc import Iterator

from envc.jobs.model import Environment, Words
from envc.quoting import sh
from envc.runtimes.model import Use, Variable, Word

_ENV = "/usr/bin/env"


def program(use: Use) -> tuple[Word, ...]:
    """What is started in the container."""
    return (*_start(use), *_said(use), (use.entry,), *use.program)


def _start(use: Use) -> tuple[Word, ...]:
    if use.environment is Environment.INHERIT:
        return ((_ENV,),)
    if not use.prefixes:
        return ((_ENV,), ("-i",))
    return (("/bin/sh",), ("-c",), (_without_others(use.prefixes),), ("env",))


def _said(use: Use) -> Iterator[Word]:
    """What an image says itself counts, whatever the host has."""
    yield from ((f"{name}={value}",) for name, value in use.variables if sh.is_name(name))
    if use.environment is Environment.CLEAN:
        yield from ((f"{name}=", Variable(name)) for name in use.passed)


def _without_others(prefixes: Words) -> str:
    """What a launcher sets for each task is known only there, by the beginnings of the names.

    Values may be bytes that are no text in the locale of the node, which sed would stop at.
    """
    others = f"/^({'|'.join(prefixes)})/!s/^([A-Za-z_][A-Za-z0-9_]*)=.*/\\1/p"
    names = f'env | LC_ALL=C sed -nE "{others}"'
    return f'for name in $({names}); do unset "$name"; done; exec {_ENV} "$@"'
