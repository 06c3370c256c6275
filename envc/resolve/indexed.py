"""The wheels that an index has for a Python, as a lock holds them."""

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from envc.facts.problem import Problem
from envc.lock.model import LockedWheel
from envc.resolve.wheels import ANY, Place, Unsolved
from envc.sources.asking import World
from envc.sources.pypi.closure import Held, Impossible, Root, Wheel, closure
from envc.sources.pypi.index import Listed
from envc.sources.pypi.places import lasting
from envc.sources.pypi.wheels import Interpreter
from envc.store.trouble import NotStoredError

_SHA256 = "sha256:"


class Asked(NamedTuple):
    roots: Sequence[Root]
    python: Interpreter
    place: Place
    upgrade: frozenset[str]
    """The names of wheels that may move."""
    before: Sequence[LockedWheel]
    """Those of the same origin that were locked."""


def locked(asked: Asked, world: World, indexes: Sequence[str]) -> tuple[LockedWheel, ...] | Problem:
    here = (asked.place.architecture, ANY)
    before = [each for each in asked.before if each.architecture in here]
    held = {each.name: _held(each, asked.upgrade) for each in before}
    try:
        found = closure(asked.roots, world, indexes, asked.python, held)
    except NotStoredError as error:
        return error.problem
    if isinstance(found, Impossible):
        return Unsolved(found.message, found.help)
    if isinstance(found, Problem):
        return found
    return tuple(_locked(found, asked.place, world))


def _held(before: LockedWheel, upgrade: frozenset[str]) -> Held:
    url = next(iter(before.urls), "")
    file = Listed(before.file, url, _SHA256 + before.sha256, before.size)
    return Held(before.version, file, before.name in upgrade)


def _locked(found: Iterable[Wheel], place: Place, world: World) -> Iterator[LockedWheel]:
    for each in found:
        path = world.store.find(each.sha256)
        if path is None:
            raise NotStoredError(Problem(f"{each.file.name} is no longer in the store"))
        yield LockedWheel(
            origin=place.origin,
            name=each.project,
            architecture=ANY if each.file.name.endswith("-any.whl") else place.architecture,
            version=each.version,
            file=each.file.name,
            size=os.stat(path).st_size,
            sha256=each.sha256.removeprefix(_SHA256),
            urls=(lasting(each.file.url, each.file.name, path),),
            depends=each.needs,
        )
