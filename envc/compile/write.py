"""Writes a tree: a folder at a time, each whole, and only where something changed."""

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import NamedTuple

from envc.compile.compare import (
    Change,
    Compared,
    Kind,
    compare,
    digest,
    gone,
    has_mode,
    record,
    told,
)
from envc.compile.make import Tree
from envc.compile.swap import forget, recover, replace, swap
from envc.compile.tree import RECORD, Copy, Folder, Text, recorded
from envc.facts.problem import Problem
from envc.store.objects import Store


class Refused(NamedTuple):
    """Nothing was written."""

    in_the_way: tuple[str, ...] = ()
    """Paths of what is not envc's own."""
    missing: tuple[Problem, ...] = ()
    """Inputs that the store does not have."""


def write(out: str, tree: Tree, store: Store) -> list[Change] | Refused:
    """What changed."""
    fresh = not os.path.isdir(out)
    os.makedirs(out, exist_ok=True)
    with _alone(out):
        for folder in (*tree.leaves, *gone(out, tree)):
            recover(os.path.join(out, folder.path))
        for entry in tree.top.entries:
            forget(os.path.join(out, entry.path))
        compared = compare(out, tree)
        found = told(compared)
        refused = Refused(
            tuple(os.path.join(out, c.path) for c in found if c.kind is Kind.IN_THE_WAY),
            tuple(_missing(out, compared, store)),
        )
        if any(refused):
            if fresh:
                os.rmdir(out)
            return refused
        _write(out, compared, store)
    return found


def _missing(out: str, compared: Sequence[Compared], store: Store) -> Iterator[Problem]:
    """Each input that is not in its place already, once."""
    wanted: dict[str, int] = {}
    for folder, changes in compared:
        changed = {change.path for change in changes}
        for entry in folder.entries:
            path = os.path.join(out, folder.path, entry.path)
            if isinstance(entry, Copy) and entry.path in changed and digest(path) != entry.digest:
                wanted[entry.digest] = entry.size
    for sha256, size in wanted.items():
        found = store.verified(f"sha256:{sha256}", size)
        if isinstance(found, Problem):
            yield found


def _write(out: str, compared: Sequence[Compared], store: Store) -> None:
    *leaves, (top, _) = compared
    if not any(each.changes for each in compared):
        return
    _say_both(out, top)
    for folder, changes in leaves:
        if changes or not folder.entries:
            swap(os.path.join(out, folder.path), folder, store)
        if not folder.entries:
            _prune(out, folder.path)
    stays = {entry.path for entry in top.entries}
    for path in record(out).keys() - stays:
        if os.path.basename(path) != RECORD:
            with suppress(FileNotFoundError):
                os.unlink(os.path.join(out, path))
            _prune(out, os.path.dirname(path))
    for entry in top.entries:
        path = os.path.join(out, entry.path)
        if isinstance(entry, Text) and (digest(path) != entry.digest or not has_mode(path, entry)):
            replace(path, entry.text)


def _say_both(out: str, top: Folder) -> None:
    """Until all is written, what was there and what will be there are both envc's own."""
    before = [(each, path) for path, digests in record(out).items() for each in digests]
    *pages, last = top.entries
    after = [(each.digest, each.path) for each in pages]
    if isinstance(last, Text):
        after += [(line[:64], line[66:]) for line in last.text.splitlines()]
    replace(os.path.join(out, RECORD), recorded([*before, *after]))


def _prune(out: str, path: str) -> None:
    """Removes folders that nothing is in any more."""
    while path:
        try:
            os.rmdir(os.path.join(out, path))
        except FileNotFoundError:
            pass
        except OSError:
            return
        path = os.path.dirname(path)


@contextmanager
def _alone(out: str) -> Iterator[None]:
    """One process at a time; the system lets go of the folder when the process ends."""
    descriptor = os.open(out, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with suppress(OSError):  # some network file systems lock no folders
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
