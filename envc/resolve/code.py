"""Code as a lock holds it, and as the stage that fetches and unpacks it knows it."""

from collections.abc import Sequence

from envc.facts.problem import Problem
from envc.lock import asked
from envc.lock.model import LockedPatch, LockedSource
from envc.resolve.kept_code import SHA256, resolved
from envc.sources import patches, resolve
from envc.sources.asking import World
from envc.sources.resolve import PUBLIC_PYPI, Pypi
from envc.spec import Patch, SourceCode


def locked_source(
    code: SourceCode, of: str, world: World, before: LockedSource | None, pypi: Pypi = PUBLIC_PYPI
) -> LockedSource | Problem:
    known = resolved(before) if before is not None else None
    found = resolve.resolve(code, world, pypi=pypi, locked=known)
    if isinstance(found, Problem):
        return found
    return LockedSource(
        of=of,
        kind=found.kind,
        place=asked.code(code),
        name=found.name,
        file=found.file,
        size=found.size,
        sha256=found.sha256.removeprefix(SHA256),
        swhid=found.swhid,
        nar=found.nar.removeprefix(SHA256),
        urls=found.urls,
        commit=found.commit,
        version=found.version,
        modules=found.modules,
    )


def unfit(
    made: Sequence[LockedPatch], source: LockedSource, code: SourceCode, world: World
) -> tuple[int, Problem] | None:
    """The first of the patches that cannot be made, one after the other, and why."""
    found = patches.unfit([_resolved_patch(each) for each in made], resolved(source), code, world)
    if found is None:
        return None
    number, problem = found
    return number, Problem(f"the patch cannot be made: {problem.message}", problem.help)


def _resolved_patch(locked: LockedPatch) -> patches.ResolvedPatch:
    return patches.ResolvedPatch(locked.place, SHA256 + locked.sha256, locked.size)


def locked_patch(patch: Patch, of: str, world: World) -> LockedPatch | Problem:
    found = patches.resolve(patch, world)
    if isinstance(found, Problem):
        return found
    digest = found.sha256.removeprefix(SHA256)
    return LockedPatch(of=of, place=asked.change(patch), size=found.size, sha256=digest)
