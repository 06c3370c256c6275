"""What `envc lock` reads of Debian when it chooses again: locked releases, and their indexes.

Nobody needs them to build what is locked, and a mirror that has moved on has them no more.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from envc.debian.archive import Archive
from envc.facts.problem import Problem
from envc.lock.contents import archive as release_of
from envc.lock.model import Lock, LockedArchive
from envc.store.fetch import Wanted, fetch


class Afresh(NamedTuple):
    wanted: tuple[Wanted, ...] = ()
    """What is in the store now."""
    lacking: tuple[Problem, ...] = ()


def afresh(lock: Lock, archive: Archive, target: str | None = None) -> Afresh:
    """Brings them into the store, for one target or for all."""
    there: list[Wanted] = []
    lacking: list[Problem] = []
    for locked in lock.archives:
        architectures = _architectures(lock, locked, target)
        found = _wanted(locked, archive, architectures) if architectures else ()
        if isinstance(found, Problem):
            lacking.append(_only_with_network(locked, found))
            continue
        missing = fetch(archive.store, found, offline=archive.offline, show=archive.show)
        lacking += [_only_with_network(locked, each) for each in missing]
        there += [each for each in found if archive.store.find(each.digest) is not None]
    return Afresh(tuple(there), tuple(lacking))


def _wanted(
    locked: LockedArchive, archive: Archive, architectures: Iterable[str]
) -> tuple[Wanted, ...] | Problem:
    suite = release_of(locked.name).partition("/")[2]
    snapshot = archive.at(locked.release, suite=suite, snapshot=locked.snapshot)
    if isinstance(snapshot, Problem):
        return snapshot
    found = [Wanted(f"the release of {suite}", locked.release, None, ())]
    for architecture in architectures:
        indexes = snapshot.wanted(architecture, locked.components)
        if isinstance(indexes, Problem):
            return indexes
        found += indexes
    return tuple(found)


def _architectures(lock: Lock, locked: LockedArchive, target: str | None) -> tuple[str, ...]:
    found: Iterator[str] = (
        each.architecture
        for each in lock.environments
        if each.origin == release_of(locked.name) and target in (None, *each.targets)
    )
    return tuple(sorted(set(found)))


def _only_with_network(locked: LockedArchive, why: Problem) -> Problem:
    said = f"`envc lock` can choose anew from {locked.name} only with a network"
    return Problem(f"{said}: {why.message}", why.help)
