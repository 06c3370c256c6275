"""Whether the embedded builder can work here: it tries what a build does, with nothing in it."""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from envc.build.entering import call
from envc.build.room import Call, Identities, Laid, Memory, Overlay, Processes, Room
from envc.build.users import identities
from envc.doctor.model import Question
from envc.engines.model import Found
from envc.facts.problem import Problem
from envc.store.objects import standard

GROUP = "embedded builder"
NEEDED = ("users and groups", "namespaces")
"""Without the others it works too."""
_NAMESPACES = "a build sees no network, and of the machine nothing else"
_OVERLAY = "what a change does not touch is not built again"


def questions(environ: Mapping[str, str]) -> Iterator[Question]:
    yield Question(GROUP, NEEDED[0], _users, lambda _: _whose())
    yield Question(GROUP, NEEDED[1], lambda: _tried(_bare, environ), lambda _: _NAMESPACES)
    yield Question(GROUP, "overlay", lambda: _tried(_overlaid, environ), lambda _: _OVERLAY)


@cache
def _identities() -> Identities | Problem | None:
    return identities()


def _users() -> Found | Problem:
    found = _identities()
    return found if isinstance(found, Problem) else Found("", "")


def _whose() -> str:
    found = _identities()
    if not isinstance(found, Identities):
        return "as root"
    return f"{sum(each.length for each in found.users):,} of this user's own"


def _tried(room: Callable[[str], Room], environ: Mapping[str, str]) -> Found | Problem:
    whose = _identities()
    if isinstance(whose, Problem):
        return whose
    # File systems differ: where the store is, a build has its folders too.
    place = _there(standard(environ).folder)
    try:
        with tempfile.TemporaryDirectory(prefix=".envc-doctor.", dir=place) as folder:
            said = call(room(folder), Call(_nothing), whose)
    except OSError as error:
        return Problem(f"`{place}` cannot be written to: {(error.strerror or str(error)).lower()}")
    return said if isinstance(said, Problem) else Found("", "")


def _there(path: str) -> str:
    """The folder, or the nearest above that exists."""
    while not os.path.isdir(path):
        path = os.path.dirname(path)
    return path


def _nothing() -> None: ...


def _bare(folder: str) -> Room:
    return Room(mounts=(Memory(os.path.join(folder, "memory")), Processes(f"{folder}/proc")))


def _overlaid(folder: str) -> Room:
    for name in ("lower", "upper", "work", "seen"):
        os.mkdir(os.path.join(folder, name))
    overlay = Overlay(folder, ("lower",), "upper", "work")
    return Room(mounts=(Laid(overlay, os.path.join(folder, "seen")),))
