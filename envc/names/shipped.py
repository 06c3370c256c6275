"""The tables that this envc came with; each is read when it is first asked for."""

import os
from collections.abc import Iterable, Iterator
from functools import cache

from envc.names.debian import Debian
from envc.names.guix import Guix


@cache
def debian() -> Debian:
    return Debian(os.path.dirname(os.path.abspath(__file__)))


@cache
def guix() -> Guix:
    from envc.guix import index

    return index.default()


@cache
def names() -> frozenset[str]:
    """All that is a name in either world; a misspelt one is looked for among them."""
    return frozenset((*debian().names(), *debian().source_names(), *guix().names()))


def beginning(provider: str, prefix: str) -> Iterator[str]:
    """Those of a provider's names that begin so, in order."""
    if provider == "debian":
        return debian().beginning(prefix)
    return iter(sorted(each for each in names_of(provider) if each.startswith(prefix)))


def names_of(provider: str) -> Iterable[str]:
    """Names that may stand behind `debian/` or `guix/`."""
    match provider:
        case "debian":
            return debian().names()
        case "guix":
            return guix().names()
        case _:
            return ()
