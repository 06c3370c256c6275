"""The world that a lock is made from: archives, channels, folders, registries, and one store."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from envc.debian.archive import Archive
from envc.debian.index import Index
from envc.debian.snapshot import Snapshot
from envc.diagnostics.model import Diagnostic
from envc.facts.problem import Problem
from envc.guix.channels import DEFAULT, official
from envc.guix.index import default
from envc.guix.machine import ask
from envc.lock.asked import code as said
from envc.lock.contents import archive as release_of
from envc.lock.model import (
    Block,
    Lock,
    LockedArchive,
    LockedImage,
    LockedPatch,
    LockedSource,
    LockedWheel,
)
from envc.resolve.asked_of_guix import Question
from envc.resolve.choose import GUIX
from envc.resolve.code import locked_patch, locked_source, unfit
from envc.resolve.debian import DebianClosure, Moments
from envc.resolve.environments import Closure
from envc.resolve.guix import GuixClosure, locked
from envc.resolve.settle import Settled
from envc.resolve.wheels import Place as WheelPlace
from envc.sources.asking import World
from envc.sources.pypi.index import PUBLIC
from envc.sources.resolve import Pypi
from envc.spec import Patch, SourceCode

if TYPE_CHECKING:
    from envc.sources.pypi.closure import Root
    from envc.sources.pypi.wheels import Interpreter


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What may move; the rest stays as it is locked."""

    origins: frozenset[str] = frozenset()
    """Wholly, to what they are now."""
    names: frozenset[str] = frozenset()
    """Packages of Debian, each with what it forces to move, and apps whose code is looked at."""
    guix: str = ""
    """The commit that Guix' own channel moves to."""


def movable(lock: Lock) -> Upgrade:
    """All that an upgrade of a lock could be asked for."""
    origins = {release_of(each.name) for each in lock.archives}
    origins |= {each.reference for each in lock.images} | {each.name for each in lock.channels}
    apps = {name for each in lock.sources for name in (each.of, each.of.partition("@")[0])}
    packages = {each.name for each in lock.debs} | {each.name for each in lock.wheels}
    return Upgrade(frozenset(origins), frozenset(packages | apps))


@dataclass
class Origins:
    """Asks nothing of the world before something is asked of it, and nothing twice."""

    archive: Archive
    code: World
    question: Callable[[], Question]
    """What a Guix of another commit than the shipped one would be asked."""
    before: Lock | None = None
    upgrade: Upgrade = Upgrade()
    allow_expired: bool = False
    indexes: Sequence[str] = (PUBLIC,)
    """Of the Python Package Index, or others like it."""
    _closures: dict[str, Closure | Problem] = field(default_factory=dict, init=False)
    _asked: dict[str, Block] = field(default_factory=dict, init=False)
    _wheels: dict[object, tuple[LockedWheel, ...] | Problem] = field(
        default_factory=dict, init=False
    )

    def closure(self, origin: str) -> Closure | Problem:
        if origin not in self._closures:
            self._closures[origin] = self._closure(origin)
        return self._closures[origin]

    def _closure(self, origin: str) -> Closure | Problem:
        if origin != GUIX:
            return self._debian(origin)
        if isinstance(self._guix, Problem):
            return self._guix
        for channel in self._guix.channels:
            self._asked[channel.name] = locked(channel)
        return self._guix

    def objections(self, settled: Settled) -> frozenset[str]:
        if settled.origin != GUIX or isinstance(self._guix, Problem):
            return frozenset()
        return self._guix.objections(settled)

    def clashes(self, settled: Settled) -> tuple[Diagnostic, ...]:
        return () if isinstance(self._guix, Problem) else self._guix.clashes(settled)

    def locked(self) -> Iterable[Block]:
        return self._asked.values()

    # ---- Guix --------------------------------------------------------------------------------

    @cached_property
    def _guix(self) -> GuixClosure | Problem:
        """Of the commit that is asked for or locked; only the shipped one needs no Guix."""
        commit = self.upgrade.guix or self._locked_commit()
        if commit == DEFAULT.commit:
            return GuixClosure(default())
        channel = official(commit)
        if isinstance(channel, Problem):
            return channel
        names, systems, tunings = self.question()
        folder = self.code.store.folder
        found = ask([channel], names, systems, tunings, keep=folder)
        return found if isinstance(found, Problem) else GuixClosure(found)

    def _locked_commit(self) -> str:
        kept = self.before.channels if self.before and GUIX not in self.upgrade.origins else ()
        return next((each.commit for each in kept if each.name == DEFAULT.name), DEFAULT.commit)

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
        if not self.upgrade.names.isdisjoint(self._kept(origin)):
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

    # ---- wheels ------------------------------------------------------------------------------

    def wheels(
        self, roots: Sequence["Root"], python: "Interpreter", place: WheelPlace
    ) -> tuple[LockedWheel, ...] | Problem:
        # Few specs need it, and it takes more imports than all the rest.
        from envc.resolve import indexed

        key = (tuple(sorted(roots)), python, place)
        if key not in self._wheels:
            held = [each for each in self._wheels_before() if each.origin == place.origin]
            asked = indexed.Asked(roots, python, place, self.upgrade.names, held)
            self._wheels[key] = indexed.locked(asked, self.code, self.indexes)
        return self._wheels[key]

    def _wheels_before(self) -> tuple[LockedWheel, ...]:
        return self.before.wheels if self.before is not None else ()

    # ---- code and images ---------------------------------------------------------------------

    def source(
        self, code: SourceCode, of: str, pythons: Sequence["Interpreter"]
    ) -> LockedSource | Problem:
        """A wheel has to be the same one for every Python that it is for."""
        before = {each.key: each for each in self.before.sources} if self.before else {}
        kept = before.get((of, code.kind, said(code)))
        moves = not self.upgrade.names.isdisjoint({of, of.partition("@")[0]})
        before_it = None if moves else kept
        found: list[LockedSource] = []
        for python in pythons or (None,):
            each = locked_source(code, of, self.code, before_it, Pypi(self.indexes, python))
            if isinstance(each, Problem):
                return each
            found.append(each)
        if len(set(found)) > 1:
            files = " and ".join(each.file for each in found)
            return Problem(
                f"{code.where} has a wheel for each machine: {files}",
                f'ask for it with `needs pypi/{code.where}`, or take its `kind "sdist"`',
            )
        return found[0]

    def patch(self, patch: Patch, of: str) -> LockedPatch | Problem:
        return locked_patch(patch, of, self.code)

    def unfit(
        self, patches: Sequence[LockedPatch], source: LockedSource, code: SourceCode
    ) -> tuple[int, Problem] | None:
        return unfit(patches, source, code, self.code)

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
