"""The world that a lock is made from: archives, channels, folders, registries, and one store."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from envc.debian.archive import Archive
from envc.debian.index import Index
from envc.debian.snapshot import Snapshot
from envc.facts.problem import Problem
from envc.guix.index import GuixIndex, default
from envc.lock.asked import code as said
from envc.lock.contents import archive as release_of
from envc.lock.model import (
    Block,
    Lock,
    LockedArchive,
    LockedImage,
    LockedPatch,
    LockedSource,
)
from envc.resolve.choose import GUIX, Objects
from envc.resolve.code import locked_patch, locked_source
from envc.resolve.debian import DebianClosure, Moments
from envc.resolve.environments import Closure
from envc.resolve.guix import GuixClosure, locked
from envc.sources.asking import World
from envc.spec import Patch, SourceCode


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What may move; the rest stays as it is locked."""

    origins: frozenset[str] = frozenset()
    """Wholly, to what they are now."""
    names: frozenset[str] = frozenset()
    """Packages of Debian, each with what it forces to move."""
    sources: frozenset[str] = frozenset()
    """Apps and components whose code is looked at again."""


@dataclass
class Origins:
    """Asks nothing of the world before something is asked of it, and nothing twice."""

    archive: Archive
    code: World
    before: Lock | None = None
    upgrade: Upgrade = Upgrade()
    allow_expired: bool = False
    _closures: dict[str, Closure | Problem] = field(default_factory=dict, init=False)
    _asked: dict[str, Block] = field(default_factory=dict, init=False)

    def closure(self, origin: str) -> Closure | Problem:
        if origin not in self._closures:
            self._closures[origin] = self._closure(origin)
        return self._closures[origin]

    def _closure(self, origin: str) -> Closure | Problem:
        if origin == GUIX:
            for channel in self._guix_index.channels:
                self._asked[channel.name] = locked(channel)
            return self._guix
        return self._debian(origin)

    def objections(self) -> Objects:
        return self._guix.objections

    def locked(self) -> Iterable[Block]:
        return self._asked.values()

    # ---- Guix --------------------------------------------------------------------------------

    @cached_property
    def _guix_index(self) -> GuixIndex:
        return default()

    @cached_property
    def _guix(self) -> GuixClosure:
        return GuixClosure(self._guix_index)

    # ---- Debian ------------------------------------------------------------------------------

    def _debian(self, origin: str) -> Closure | Problem:
        moments: dict[str, Snapshot] = {}
        for name, wanted in self._wanted(origin).items():
            snapshot = self._snapshot(origin, wanted)
            if isinstance(snapshot, Problem):
                return snapshot
            called = name or f"{origin}+{snapshot.snapshot}"
            moments[called] = snapshot
            self._asked[called] = _archive(called, snapshot)
        indexes: dict[str, Sequence[Index] | Problem] = {}

        def of(architecture: str) -> Sequence[Index] | Problem:
            if architecture not in indexes:
                indexes[architecture] = _indexes(moments.values(), architecture)
            return indexes[architecture]

        return DebianClosure(Moments(tuple(moments), of, self._kept(origin), self.upgrade.names))

    def _wanted(self, origin: str) -> Mapping[str, LockedArchive | None]:
        """The moments to look at: those that are locked, and now where something is to move."""
        if self.before is None or origin in self.upgrade.origins:
            return {origin: None}
        kept: dict[str, LockedArchive | None] = {
            each.name: each for each in self.before.archives if release_of(each.name) == origin
        }
        if not kept:
            return {origin: None}
        if self.upgrade.names:
            return {origin: kept[origin], "": None}
        return kept

    def _snapshot(self, origin: str, wanted: LockedArchive | None) -> Snapshot | Problem:
        suite = origin.partition("/")[2]
        if wanted is None:
            return self.archive.newest(suite, allow_expired=self.allow_expired)
        found = self.archive.at(wanted.release, suite=suite, snapshot=wanted.snapshot)
        if isinstance(found, Problem):
            help_ = f"`--upgrade-origin {origin}` locks what it is today"
            return Problem(found.message, found.help or help_)
        return found

    def _kept(self, origin: str) -> dict[str, str]:
        if self.before is None or origin in self.upgrade.origins:
            return {}
        return {
            each.name: each.version
            for each in self.before.debs
            if release_of(each.origin) == origin
        }

    # ---- code and images ---------------------------------------------------------------------

    def source(self, code: SourceCode, of: str) -> LockedSource | Problem:
        before = {each.key: each for each in self.before.sources} if self.before else {}
        kept = before.get((of, code.kind, said(code)))
        return locked_source(code, of, self.code, None if of in self.upgrade.sources else kept)

    def patch(self, patch: Patch, of: str) -> LockedPatch | Problem:
        return locked_patch(patch, of, self.code)

    def image(self, reference: str) -> LockedImage | Problem:
        before = {each.reference: each for each in self.before.images} if self.before else {}
        if reference in before and reference not in self.upgrade.origins:
            return before[reference]
        return _image(reference, offline=self.archive.offline)


def _archive(name: str, snapshot: Snapshot) -> LockedArchive:
    return LockedArchive(
        name=name, snapshot=snapshot.snapshot, release=snapshot.digest, keys=snapshot.keys
    )


def _indexes(moments: Iterable[Snapshot], architecture: str) -> Sequence[Index] | Problem:
    found = []
    for each in moments:
        index = each.index(architecture)
        if isinstance(index, Problem):
            return index
        found.append(index)
    return found


def _image(reference: str, *, offline: bool) -> LockedImage | Problem:
    from envc.registry import client
    from envc.registry.reference import read

    asked = read(reference)
    if isinstance(asked, Problem):
        return asked
    if offline:
        return Problem(f"which image `{reference}` is, only its registry knows", "lock online")
    found = client.resolve(asked)
    if isinstance(found, Problem):
        return found
    platforms = sorted(f"{platform} {digest}" for platform, digest in found.platforms.items())
    return LockedImage(reference, found.digest, tuple(platforms))
