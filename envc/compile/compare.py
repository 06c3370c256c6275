"""What a tree would change of what stands on the disk; nothing is written here."""

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from envc.compile.make import Tree
from envc.compile.tree import RECORD, Entry, Folder, known
from envc.store import content


class Kind(StrEnum):
    """The mark that stands before a path where it is told."""

    NEW = "+"
    CHANGED = "~"
    GONE = "-"
    IN_THE_WAY = "!"
    """Not written by envc, or changed since: nothing that it may replace."""


class Change(NamedTuple):
    kind: Kind
    path: str
    """Below its folder; below the tree's where it is told."""


class Compared(NamedTuple):
    folder: Folder
    changes: tuple[Change, ...]


def compare(out: str, tree: Tree) -> list[Compared]:
    """Every folder: those that are to go, those of the tree, and the one around them."""
    folders = (*gone(out, tree), *tree.leaves, tree.top)
    return [Compared(each, tuple(_changes(out, each))) for each in folders]


def told(compared: Iterable[Compared]) -> list[Change]:
    """In the order of their paths; records follow from what they tell of."""
    found = [
        Change(each.kind, os.path.join(folder.path, each.path))
        for folder, changes in compared
        for each in changes
        if os.path.basename(each.path) != RECORD
    ]
    return sorted(found, key=lambda each: each.path)


def gone(out: str, tree: Tree) -> tuple[Folder, ...]:
    """Folders that were written once and hold nothing any more."""
    stays = {each.path for each in tree.leaves}
    once = {os.path.dirname(path) for path in record(out) if os.path.basename(path) == RECORD}
    found = sorted(once - stays)
    return tuple(Folder(path, ()) for path in found if not _leads_elsewhere(out, path))


def record(folder: str) -> Mapping[str, frozenset[str]]:
    """What envc wrote there."""
    try:
        with content.open_plain(os.path.join(folder, RECORD), follow=False) as file:
            return known(file.read().decode(errors="replace"))
    except OSError:
        return {}


def digest(path: str) -> str | None:
    """Of a plain file; None for what is none."""
    try:
        with content.open_plain(path, follow=False) as file:
            return content.digits(content.of_chunks(content.chunks(file)).digest)
    except OSError:
        return None


def has_mode(path: str, entry: Entry) -> bool:
    return bool(os.stat(path).st_mode & stat.S_IXUSR) == entry.executable


def _changes(out: str, folder: Folder) -> Iterator[Change]:
    place = os.path.join(out, folder.path)
    written = record(place)
    for entry in folder.entries:
        path = os.path.join(folder.path, entry.path)
        blocked = _leads_elsewhere(out, os.path.dirname(path))
        kind = Kind.IN_THE_WAY if blocked else _kind(place, entry, written)
        if kind is not None:
            yield Change(kind, entry.path)
    for path in sorted(written.keys() - {entry.path for entry in folder.entries}):
        found = digest(os.path.join(place, path))
        if found is not None and os.path.basename(path) != RECORD:
            yield Change(Kind.GONE if found in written[path] else Kind.IN_THE_WAY, path)


def _leads_elsewhere(out: str, path: str) -> bool:
    """Whether something that is no folder stands where a folder has to be; a link is none."""
    parts = path.split("/")
    for count in range(1, len(parts) + 1):
        try:
            mode = os.lstat(os.path.join(out, *parts[:count])).st_mode
        except FileNotFoundError:
            return False
        if not stat.S_ISDIR(mode):
            return bool(path)
    return False


def _kind(place: str, entry: Entry, written: Mapping[str, frozenset[str]]) -> Kind | None:
    path = os.path.join(place, entry.path)
    if not os.path.lexists(path):
        return Kind.NEW
    found = digest(path)
    if found == entry.digest:
        return None if has_mode(path, entry) else Kind.CHANGED
    is_own = found is not None and (entry.path == RECORD or found in written.get(entry.path, ()))
    return Kind.CHANGED if is_own else Kind.IN_THE_WAY
