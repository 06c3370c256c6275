"""Whether the embedded builder can work here: its bench is set up, and nothing is built on it."""

from collections.abc import Iterator, Mapping
from functools import cache

from envc.build.bench import bench
from envc.build.room import Identities
from envc.build.users import identities
from envc.doctor.model import Question
from envc.engines.model import Found
from envc.facts.problem import Problem
from envc.store.objects import Store, standard
from envc.store.progress import Silent

GROUP = "embedded builder"
NEEDED = ("users and groups", "namespaces")
"""Without the others it works too."""
_NAMESPACES = "a build sees no network, and of the machine nothing else"
_OVERLAY = "what a change does not touch is not built again"
_HERE = Found("", "")
"""It is no program and has no version."""


def questions(environ: Mapping[str, str]) -> Iterator[Question]:
    folder = standard(environ).folder
    yield Question(GROUP, NEEDED[0], _users, lambda _: _whose())
    yield Question(GROUP, NEEDED[1], lambda: _namespaces(folder), lambda _: _NAMESPACES)
    yield Question(GROUP, "overlay", lambda: _overlay(folder), lambda _: _OVERLAY)


@cache
def _identities() -> Identities | Problem | None:
    return identities()


def _users() -> Found | Problem:
    found = _identities()
    return found if isinstance(found, Problem) else _HERE


def _whose() -> str:
    found = _identities()
    if not isinstance(found, Identities):
        return "as root"
    return f"{sum(each.length for each in found.users):,} of this user's own"


@cache
def _overlays(folder: str) -> bool | Problem:
    """Where the store is: file systems differ."""
    with bench(Store(folder), Silent()) as there:
        return there if isinstance(there, Problem) else there.overlays


def _namespaces(folder: str) -> Found | Problem:
    found = _overlays(folder)
    return found if isinstance(found, Problem) else _HERE


def _overlay(folder: str) -> Found | Problem:
    found = _overlays(folder)
    if found is False:
        return Problem(
            f"the kernel lays no folders of `{folder}` over each other for this user",
            "builds work all the same; a change builds again what did not change",
        )
    return found if isinstance(found, Problem) else _HERE
