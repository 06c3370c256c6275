"""The wheels that an index has for a Python, as a lock holds them."""

import os
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from envc.facts.problem import Problem
from envc.lock.model import LockedWheel
from envc.resolve.wheels import ANY, Place, Unsolved
from envc.sources.asking import World
from envc.sources.pypi.closure import Held, Impossible, Root, Wheel, closure
from envc.sources.pypi.index import Listed
from envc.sources.pypi.wheels import Interpreter
from envc.store.trouble import NotStoredError

FILES = "https://files.pythonhosted.org"
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
            urls=(_public(each.file, path),),
            depends=each.needs,
        )


def _public(file: Listed, path: str) -> str:
    """Where the world finds it: a mirror of the index is known by the paths that it keeps.

    The public index puts a file below its own BLAKE2 digest; what lies there, is that file.
    """
    with open(path, "rb") as opened:
        digest = blake2b(digest_size=32)
        while data := opened.read(1 << 20):
            digest.update(data)
    digits = digest.hexdigest()
    below = f"/packages/{digits[:2]}/{digits[2:4]}/{digits[4:]}/{quote(file.name)}"
    return f"{FILES}{below}" if urlsplit(file.url).path.endswith(below) else file.url
