"""Everything whose bytes a rebuild needs, and where each may be had."""

from collections.abc import Iterable, Iterator

from envc.lock.contents import Contents, archive
from envc.lock.model import Block, Lock, LockedDeb, LockedWheel
from envc.store.fetch import Wanted
from envc.store.places import Places

REMADE = ("dir", "git")
"""Sources that envc packs itself: only mirrors have the file that is locked."""


def inputs(lock: Lock, places: Places, target: str | None = None) -> tuple[Wanted, ...]:
    """For one target, or for all; each object once, in the order of the lock."""
    blocks = tuple((*lock.debs, *lock.wheels) if target is None else _blocks_of(lock, target))
    debs = (each for each in blocks if isinstance(each, LockedDeb))
    wheels = (each for each in blocks if isinstance(each, LockedWheel))
    found = (*_debs(lock, debs, places), *_wheels(wheels, places), *_sources(lock, places))
    return tuple({each.digest: each for each in found}.values())


def _debs(lock: Lock, debs: Iterable[LockedDeb], places: Places) -> Iterator[Wanted]:
    snapshots = {each.name: each.snapshot for each in lock.archives}
    for deb in debs:
        digest = f"sha256:{deb.sha256}"
        kind = archive(deb.origin).partition("/")[0]
        bases = places.bases(kind, snapshots.get(deb.origin))
        urls = tuple(f"{base}/{deb.path}" for base in bases)
        yield Wanted(str(deb), digest, deb.size, places.urls(digest, urls))


def _wheels(wheels: Iterable[LockedWheel], places: Places) -> Iterator[Wanted]:
    for wheel in wheels:
        digest = f"sha256:{wheel.sha256}"
        yield Wanted(str(wheel), digest, wheel.size, places.urls(digest, wheel.urls))


def _sources(lock: Lock, places: Places) -> Iterator[Wanted]:
    for source in lock.sources:
        digest = f"sha256:{source.sha256}"
        urls = () if source.kind in REMADE else source.urls
        yield Wanted(str(source), digest, source.size, places.urls(digest, urls))
    for patch in lock.patches:
        digest = f"sha256:{patch.sha256}"
        yield Wanted(str(patch), digest, patch.size, places.urls(digest))


def _blocks_of(lock: Lock, target: str) -> Iterator[Block]:
    contents = Contents(lock)
    for environment in lock.environments:
        if target in environment.targets:
            yield from contents.of(environment)
