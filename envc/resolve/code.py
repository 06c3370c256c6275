"""Code as a lock holds it, and as the stage that fetches and unpacks it knows it."""

from envc.facts.problem import Problem
from envc.lock import asked
from envc.lock.model import LockedPatch, LockedSource
from envc.sources import patches, resolve
from envc.sources.asking import World
from envc.sources.resolved import Resolved
from envc.spec import Patch, SourceCode

_SHA256 = "sha256:"


def locked_source(
    code: SourceCode, of: str, world: World, before: LockedSource | None
) -> LockedSource | Problem:
    known = resolved(before) if before is not None else None
    found = resolve.resolve(code, world, locked=known)
    if isinstance(found, Problem):
        return found
    return LockedSource(
        of=of,
        kind=found.kind,
        place=asked.code(code),
        name=found.name,
        file=found.file,
        size=found.size,
        sha256=found.sha256.removeprefix(_SHA256),
        swhid=found.swhid,
        nar=found.nar.removeprefix(_SHA256),
        urls=found.urls,
        commit=found.commit,
        version=found.version,
    )


def resolved(locked: LockedSource) -> Resolved:
    return Resolved(
        kind=locked.kind,
        name=locked.name,
        file=locked.file,
        urls=locked.urls,
        sha256=_SHA256 + locked.sha256,
        size=locked.size,
        swhid=locked.swhid,
        nar=_SHA256 + locked.nar,
        commit=locked.commit,
        version=locked.version,
    )


def locked_patch(patch: Patch, of: str, world: World) -> LockedPatch | Problem:
    found = patches.resolve(patch, world)
    if isinstance(found, Problem):
        return found
    digest = found.sha256.removeprefix(_SHA256)
    return LockedPatch(of=of, place=asked.change(patch), size=found.size, sha256=digest)
