"""Takes out of a store what was not used for long.

What a lock needs may be kept whatever its age. What a build has found since it began stays, and so
does a folder in which a program runs. Everything is renamed or unlinked while nobody can find it,
notes before what they tell of: killed at any moment, a store is left that the next build trusts.
"""

import os
import tempfile
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

from envc.build import users
from envc.build.bench import begun, remove, scratch
from envc.build.entering import call
from envc.build.room import Call, Identities, Room
from envc.cleaning import census
from envc.cleaning.census import Entry, Kind
from envc.facts.problem import Problem
from envc.store import turns
from envc.store.objects import Store


class Sized(NamedTuple):
    entry: Entry
    size: int
    """In bytes of the disk."""


def everything(store: Store) -> tuple[Sized, ...]:
    return _sized(census.entries(store))


def unused(store: Store, before: float, keep: Collection[str] = ()) -> tuple[Sized, ...]:
    """What nobody has used since then, by the seconds of `os.stat`, but for objects to keep."""
    before = min((before, *begun(store)))
    return _sized(each for each in census.entries(store) if _may_go(each, before, keep))


def clean(store: Store, before: float, keep: Collection[str] = ()) -> tuple[Sized, ...] | Problem:
    """What was removed."""
    found = unused(store, before, keep)
    if not found:
        return ()
    identities = _identities()
    with scratch(store, identities) as folder:
        if isinstance(folder, Problem):
            return folder
        broom = _Broom(store.folder, folder, identities)
        return tuple(each for each in found if broom.takes(each.entry))


def _may_go(entry: Entry, before: float, keep: Collection[str]) -> bool:
    kept = entry.kind is Kind.OBJECT and entry.name in keep
    return entry.used < before and not kept and _is_free(entry.lock)


def _is_free(lock: str) -> bool:
    taken = turns.taken(lock) if lock else None
    if taken is not None:
        os.close(taken)
    return taken is not None or not os.path.lexists(lock)


@dataclass(frozen=True, slots=True)
class _Broom:
    store: str
    scratch: str
    """Where folders go, to be removed in peace."""
    identities: Identities | None

    def takes(self, entry: Entry) -> bool:
        """Whether it is gone: not where somebody has it, or used it meanwhile."""
        lock = turns.taken(entry.lock) if entry.lock else None
        if lock is None:
            return not os.path.lexists(entry.lock) and self._takes(entry)
        try:
            return self._takes(entry)
        finally:
            os.close(lock)

    def _takes(self, entry: Entry) -> bool:
        with turns.gate(self.store):
            if census.last_used(entry.kind, entry.paths[0]) != entry.used:
                return False
            folders = [folder for path in entry.paths if (folder := self._away(path))]
            _unlink(entry.lock)
        for folder in folders:
            remove(folder, self.identities)
        return True

    def _away(self, path: str) -> str:
        """Where a folder is now; nothing else is anywhere."""
        if not os.path.isdir(path) or os.path.islink(path):
            _unlink(path)
            return ""
        place = tempfile.mkdtemp(dir=self.scratch)
        os.rename(path, place)
        return place


def _unlink(path: str) -> None:
    with suppress(FileNotFoundError):
        os.unlink(path)


# ---- what belongs to other users of a room -------------------------------------------------------


def _identities() -> Identities | None:
    """Where this user may have none, nothing in the store belongs to others."""
    found = users.identities()
    return None if isinstance(found, Problem) else found


def _sized(entries: Iterable[Entry]) -> tuple[Sized, ...]:
    every = tuple(entries)
    paths = [each.paths for each in every]
    identities = _identities()
    found = None if identities is None else call(Room(), Call(census.sizes, (paths,)), identities)
    return tuple(map(Sized, every, found if isinstance(found, list) else census.sizes(paths)))
