"""Wheels of the Python Package Index, for the Python that a release of Debian brings."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Label
from envc.facts import versions
from envc.facts.debian_versions import upstream
from envc.facts.problem import Problem
from envc.lock.contents import wheel_spelled
from envc.lock.model import Block, LockedDeb, LockedEnvironment, LockedWheel
from envc.resolve.environments import Asked, Closed, Roles, Wheels
from envc.sources.pypi.names import normalised

if TYPE_CHECKING:
    from envc.sources.pypi.closure import Root
    from envc.sources.pypi.wheels import Interpreter

PYTHON, LIBC = "python3", "libc6"
MACHINES = {"amd64": "x86_64", "arm64": "aarch64", "ppc64el": "ppc64le", "riscv64": "riscv64"}
ANY = "all"
"""The architecture of a wheel that is for every machine, in Debian's word for it."""


class Place(NamedTuple):
    """What wheels are for, in the lock's words."""

    origin: str
    architecture: str


class Unsolved(Problem):
    """The wheels that are asked for do not go together, whatever index is asked."""


Find = Callable[[Sequence["Root"], "Interpreter", Place], tuple[LockedWheel, ...] | Problem]
"""All that some projects need, the projects themselves included."""


def wheels(
    asked: Roles, closed: Closed, place: Place, find: Find
) -> Wheels | tuple[Diagnostic, ...]:
    """One version of each for both roles: what is built with one does not run with another."""
    every = (*asked.build, *asked.run)
    if not every:
        return Wheels()
    if wrong := tuple(_without_python(asked, closed)):
        return wrong
    python = interpreter(closed.blocks, closed.run if asked.run else closed.build, place)
    found = find(tuple(dict.fromkeys(map(_root, every))), python, place)
    if isinstance(found, Problem):
        rule = rules.NOT_INSTALLABLE if isinstance(found, Unsolved) else rules.ORIGIN_REFUSED
        return (Diagnostic(rule, found.message, tuple(_labels(every)), help=found.help),)
    build, run = (tuple(map(wheel_spelled, _below(role, found))) for role in asked)
    return Wheels(build, run, found)


def interpreter(blocks: Iterable[Block], names: Sequence[str], place: Place) -> "Interpreter":
    """The Python among some names, each with its version, and the glibc below it."""
    from envc.sources.pypi.wheels import Interpreter

    there = {
        each.name: each
        for each in blocks
        if isinstance(each, LockedDeb)
        and each.name in (PYTHON, LIBC)
        and each.architecture in (place.architecture, ANY)
        and f"{each.name}={each.version}" in names
    }
    major, minor, *_ = upstream(there[LIBC].version).split(".")
    return Interpreter(
        upstream(there[PYTHON].version), MACHINES[place.architecture], (int(major), int(minor))
    )


def pythons(
    environments: Iterable[LockedEnvironment], blocks: Sequence[Block]
) -> Iterator["Interpreter"]:
    """Those that some environments have, each once."""
    found = []
    for each in environments:
        if any(name.partition("=")[0] == PYTHON for name in each.run):
            place = Place(each.origin, each.architecture)
            found.append(interpreter(blocks, each.run, place))
    yield from dict.fromkeys(found)


def _root(asked: Asked) -> "Root":
    from envc.sources.pypi.closure import Root

    wanted = asked.root.wanted
    said = "" if wanted == versions.ANY else str(wanted)
    return Root(asked.root.name, said, asked.root.extras)


def _below(asked: Iterable[Asked], found: Iterable[LockedWheel]) -> Iterator[LockedWheel]:
    by_name = {each.name: each for each in found}
    waiting = [normalised(each.root.name) for each in asked]
    reached: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += by_name[name].depends
    yield from (by_name[name] for name in sorted(reached))


# ---- what is missing -----------------------------------------------------------------------------


def _without_python(asked: Roles, closed: Closed) -> Iterator[Diagnostic]:
    for role, wanted, names in zip(
        ("build", "run"), asked, (closed.build, closed.run), strict=True
    ):
        there = {name.partition("=")[0] for name in names}
        if wanted and PYTHON not in there:
            first = wanted[0]
            yield Diagnostic(
                rules.NO_SUPPLIER,
                f"`{first.component}` is a wheel, and this app has no Python to {role} with",
                tuple(_labels(wanted)),
                help="add `python` to its needs",
            )


def _labels(asked: Iterable[Asked]) -> Iterator[Label]:
    for place, component in dict.fromkeys((each.place, each.component) for each in asked):
        yield Label(place.source, place.span, f"`{component}` asked for here")
