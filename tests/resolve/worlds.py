"""Worlds to lock in that ask nothing of the network: a Debian that has any name, and Guix."""

from collections.abc import Collection, Iterable, Sequence
from functools import cache

from envc.check import Checked, check_source
from envc.check.signatures import Library
from envc.diagnostics.model import Diagnostic
from envc.facts.problem import Problem
from envc.guix.index import default
from envc.library import Nothing, standard
from envc.lock.asked import change, code
from envc.lock.model import Block, Lock, LockedImage, LockedPatch, LockedSource, LockedWheel
from envc.resolve.choose import GUIX
from envc.resolve.environments import Asked, Closed, Closure, Roles
from envc.resolve.guix import GuixClosure
from envc.resolve.make import Resolution, resolve
from envc.resolve.settle import Settled
from envc.resolve.supply import Root
from envc.resolve.wheels import Place
from envc.source import Source
from envc.sources.pypi.closure import Root as Wanted
from envc.sources.pypi.wheels import Interpreter
from envc.spec import Patch, SourceCode


class AnyName:
    """A Debian that has every name, and each brings one more."""

    def close(self, asked: Roles, architecture: str, targets: Sequence[str]) -> Closed:
        del architecture, targets
        build, run = (_with_all(role) for role in asked)
        return Closed(build, run, (), ("squashfs-tools",))

    def version(self, roots: Sequence[Root], stated: str, architecture: str) -> str:
        del roots, architecture
        return stated


def _with_all(asked: Iterable[Asked]) -> tuple[str, ...]:
    names = {each.root.name for each in asked}
    return tuple(sorted({*names, *(f"{name}-data" for name in names)}))


class World:
    """All that a lock is made from; code has whatever hash."""

    def __init__(self) -> None:
        self._guix = GuixClosure(default())

    def closure(self, origin: str) -> Closure | Problem:
        return self._guix if origin == GUIX else AnyName()

    def objections(self, settled: Settled) -> Collection[str]:
        return self._guix.objections(settled)

    def clashes(self, settled: Settled) -> tuple[Diagnostic, ...]:
        return self._guix.clashes(settled)

    def wheels(
        self, roots: Sequence[Wanted], python: Interpreter, place: Place
    ) -> tuple[LockedWheel, ...] | Problem:
        return Problem("there is no index here")

    def locked(self) -> Iterable[Block]:
        return ()

    def source(
        self, source: SourceCode, of: str, pythons: Sequence[Interpreter]
    ) -> LockedSource | Problem:
        return LockedSource(of, source.kind, code(source), "source", "s.tar", 1, "0", "0", "0")

    def patch(self, patch: Patch, of: str) -> LockedPatch | Problem:
        return LockedPatch(of, change(patch), 1, "0")

    def unfit(
        self, patches: Sequence[LockedPatch], source: LockedSource, code: SourceCode
    ) -> tuple[int, Problem] | None:
        return None

    def image(self, reference: str) -> LockedImage | Problem:
        return LockedImage(reference, "0", ())


@cache
def library() -> Library:
    return standard()


def checked(text: str) -> Checked:
    found = check_source(Source("test.envc", f"envc 1\n{text}"), library(), Nothing())
    assert found.is_good, found.diagnostics
    return found


def resolved(text: str) -> Resolution:
    return resolve(checked(text), library(), World(), None)


def lock_of(text: str) -> Lock:
    found = resolved(text)
    assert found.diagnostics == ()
    return found.lock
