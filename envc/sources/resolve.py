"""From a `source` line to verified bytes in the store, and back to them from a lock."""

from collections.abc import Sequence
from typing import NamedTuple

from envc.facts.problem import Problem
from envc.sources import archive, checkout, local
from envc.sources.asking import World, attribute, places, stated
from envc.sources.pypi import distribution
from envc.sources.pypi.index import PUBLIC
from envc.sources.pypi.wheels import Interpreter
from envc.sources.resolved import Resolved, wanted
from envc.sources.tree import NotReadError
from envc.spec import SourceCode
from envc.store.fetch import fetch
from envc.store.trouble import NotStoredError


class Pypi(NamedTuple):
    """Where distributions come from, and whom wheels are for."""

    indexes: Sequence[str] = (PUBLIC,)
    python: Interpreter | None = None


PUBLIC_PYPI = Pypi()


def resolve(
    source: SourceCode, world: World, *, pypi: Pypi = PUBLIC_PYPI, locked: Resolved | None = None
) -> Resolved | Problem:
    """What is locked stays as long as it serves the line; only a `dir` is looked at each time."""
    if locked is not None and source.kind != "dir" and serves(locked, source, pypi.python):
        missing = restore(locked, source, world)
        return missing or locked
    return _in_words(source, world, pypi)


def restore(locked: Resolved, source: SourceCode, world: World) -> Problem | None:
    """Brings the very bytes that are locked into the store, if they are not there."""
    if world.store.find(locked.sha256) is not None:
        return None
    if not locked.is_remade:
        problems = fetch(world.store, [wanted(locked)], offline=world.offline, show=world.show)
        return problems[0] if problems else None
    if locked.kind == "dir" and (problem := local.changed(source, locked, world.base)):
        return problem
    again = _in_words(source, world, PUBLIC_PYPI, locked.commit)
    if isinstance(again, Problem):
        return again
    if again.sha256 == locked.sha256:
        return None
    message = f"{locked.file} was made again as {again.sha256}, and {locked.sha256} is locked"
    return Problem(message, "the lock was edited, or made by an envc that packs differently")


def stale(
    locked: Resolved, source: SourceCode, world: World, *, python: Interpreter | None = None
) -> Problem | None:
    """Why the lock is no longer what the line means, as far as this machine alone can tell."""
    if not serves(locked, source, python):
        return Problem(f"the lock holds another source than `{source.where}`", "run `envc lock`")
    return local.changed(source, locked, world.base) if source.kind == "dir" else None


def serves(locked: Resolved, source: SourceCode, python: Interpreter | None = None) -> bool:
    """Whether what is locked is what the line asks for."""
    if locked.kind != source.kind:
        return False
    match source.kind:
        case "tar":
            hashes = (stated(source, "sha256:"), stated(source, "swh:1:dir:"))
            same = zip(hashes, (locked.sha256, locked.swhid), strict=True)
            return locked.urls == places(source) and all(want in ("", has) for want, has in same)
        case "git":
            commit, tag = attribute(source, "commit"), attribute(source, "tag")
            named = commit in ("", locked.commit) and tag == locked.version
            return named and locked.urls == places(source)
        case "pypi":
            return distribution.serves(locked, source, python)
        case _:
            return locked.urls == (source.where,)


def _in_words(source: SourceCode, world: World, pypi: Pypi, commit: str = "") -> Resolved | Problem:
    try:
        match source.kind:
            case "tar":
                return archive.resolve(source, world)
            case "git":
                return checkout.resolve(source, world, commit)
            case "pypi":
                return distribution.resolve(source, world, pypi.indexes, pypi.python)
            case _:
                return local.resolve(source, world)
    except (NotReadError, NotStoredError) as error:
        return error.problem
