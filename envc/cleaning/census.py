"""What lies in a store, and when each thing was used last."""

import os
import stat
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from envc.store import folders, safety, turns
from envc.store.content import KIND, is_digits
from envc.store.folders import LOCK
from envc.store.objects import Store

_BLOCK = 512
"""What `st_blocks` counts, on every disk."""


class Kind(StrEnum):
    OBJECT = "objects"
    TREE = "trees"
    UNPACKED = "unpacked"
    RECORD = "records"
    INDEX = "indexes"
    PARTIAL = "partial"
    DAMAGED = "damaged"
    SCRATCH = "scratch"


ABOUT = {
    Kind.OBJECT: "what was fetched, and layers and images as they were packed",
    Kind.TREE: "file systems that the next build goes on from",
    Kind.UNPACKED: "images as folders, in which `envc run` starts programs",
    Kind.RECORD: "notes on what came out of what",
    Kind.INDEX: "tables of Debian's indexes, to be read in no time",
    Kind.PARTIAL: "what is on its way in",
    Kind.DAMAGED: "objects that no longer were what their names say",
    Kind.SCRATCH: "what is being made, or was left by builds that were ended",
}


class Entry(NamedTuple):
    kind: Kind
    name: str
    used: float
    """When it was used last, in seconds since 1970; 0 for what nobody can use any more."""
    paths: tuple[str, ...]
    """What it consists of; the first says when it was used."""
    lock: str = ""
    """What its user has locked."""


def entries(store: Store) -> Iterator[Entry]:
    """Folders that are links, or may be written by others, are left alone."""
    yield from _objects(store.folder)
    yield from _trees(store.folder)
    yield from _packed(store.folder)
    for kind, folder in (
        (Kind.UNPACKED, folders.UNPACKED),
        (Kind.PARTIAL, folders.PARTIAL),
        (Kind.SCRATCH, folders.SCRATCH),
    ):
        for name, path in _listed(store.folder, folder):
            yield Entry(kind, name, last_used(kind, path), (path,), path)
    for kind, folder in ((Kind.INDEX, folders.DERIVED), (Kind.DAMAGED, folders.DAMAGED)):
        for name, path in _listed(store.folder, folder):
            yield Entry(kind, name, turns.used(path), (path,))


def last_used(kind: Kind, path: str) -> float:
    """Folders that are not whole are of use to nobody but the process that has locked them."""
    unfinished = kind is Kind.UNPACKED and not is_digits(os.path.basename(path))
    return 0.0 if unfinished or kind is Kind.SCRATCH else turns.used(path)


def _objects(top: str) -> Iterator[Entry]:
    for _, folder in _listed(top, KIND):
        for name, path in _listed(top, os.path.relpath(folder, top)):
            if is_digits(name):
                yield Entry(Kind.OBJECT, f"{KIND}:{name}", turns.used(path), (path,))


def _trees(top: str) -> Iterator[Entry]:
    """A tree is there by the note on it."""
    trees = dict(_listed(top, folders.TREES))
    notes = dict(_listed(top, folders.BUILT))
    for name in sorted({*trees, *(each.removesuffix(LOCK) for each in notes)}):
        note = os.path.join(top, folders.BUILT, name)
        kind = Kind.TREE if name in trees else Kind.RECORD
        paths = (note, trees[name]) if name in trees else (note,)
        yield Entry(kind, name, turns.used(note), paths, note + LOCK)


def _packed(top: str) -> Iterator[Entry]:
    for _, folder in _listed(top, folders.PACKED):
        notes = dict(_listed(top, os.path.relpath(folder, top)))
        for name in sorted({each.removesuffix(LOCK) for each in notes}):
            note = os.path.join(folder, name)
            yield Entry(Kind.RECORD, name, turns.used(note), (note,), note + LOCK)


def _listed(top: str, folder: str) -> list[tuple[str, str]]:
    """Names and paths of what a folder of the store holds."""
    place = os.path.join(top, folder)
    if safety.refusal_inside(place):
        return []
    try:
        return [(name, os.path.join(place, name)) for name in sorted(os.listdir(place))]
    except (FileNotFoundError, NotADirectoryError):
        return []


# ---- how much it takes ---------------------------------------------------------------------------


def sizes(every: Iterable[tuple[str, ...]]) -> list[int]:
    """Of the disk, for each; what has several names counts where it comes first."""
    seen: set[tuple[int, int]] = set()
    return [sum(_size(path, seen) for path in paths) for paths in every]


def _size(path: str, seen: set[tuple[int, int]]) -> int:
    total = _own(path, seen)
    for folder, below, names in os.walk(path):
        total += sum(_own(os.path.join(folder, name), seen) for name in (*below, *names))
    return total


def _own(path: str, seen: set[tuple[int, int]]) -> int:
    try:
        found = os.lstat(path)
    except OSError:
        return 0
    place = (found.st_dev, found.st_ino)
    if found.st_nlink > 1 and not stat.S_ISDIR(found.st_mode):
        if place in seen:
            return 0
        seen.add(place)
    return found.st_blocks * _BLOCK
