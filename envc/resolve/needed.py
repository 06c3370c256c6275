"""The lock that a command is about, and what of it has to be in the store."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from envc import exits
from envc.check import Checked, check_path
from envc.facts.problem import Problem
from envc.lock.compare import gaps
from envc.lock.model import Lock
from envc.spec import SourceCode, Spec
from envc.store.fetch import Wanted
from envc.store.objects import Store
from envc.store.places import Places
from envc.store.progress import Show
from envc.store.trouble import NotStoredError

if TYPE_CHECKING:
    from envc.resolve.afresh import Afresh
    from envc.sources.asking import World
    from envc.sources.resolved import Resolved

NAME = "envc.lock"


class Needed(NamedTuple):
    path: str
    """Of the lock."""
    wanted: tuple[Wanted, ...]
    spec: Spec | None
    """Where a spec was named: what no place has in one piece is made again by its words."""
    lock: Lock
    places: Places
    target: str | None = None


class Refused(NamedTuple):
    """Why there is nothing to do, and how envc ends."""

    problem: Problem
    code: int


def needed(file: str | None, target: str | None, environ: Mapping[str, str]) -> Needed | Refused:
    """`file` is a spec that has its lock beside it, or the lock; else the lock is here."""
    from envc.lock.inputs import inputs
    from envc.store.places import places

    known = places(environ)
    if isinstance(known, Problem):
        return Refused(known, exits.USAGE)
    path = _path(file)
    lock = _read(path)
    if isinstance(lock, Problem):
        return Refused(lock, exits.LOCK_STALE)
    checked = _checked(file) if file is not None and file != path else None
    if isinstance(checked, Refused):
        return checked
    if refused := _stale(path, lock, checked, file):
        return refused
    if target is not None and (refused := _unknown(target, lock, path)):
        return refused
    spec = checked.spec if checked is not None else None
    return Needed(path, inputs(lock, known, target), spec, lock, known, target)


def remake(needed: Needed, store: Store, *, offline: bool, show: Show) -> dict[str, Problem]:
    """Packs folders and repositories again that are missing, and reads the patches beside the spec;
    why not, by digest."""
    if needed.spec is None or store.refusal():
        return {}
    from envc.lock.asked import code, label
    from envc.resolve.kept_code import resolved
    from envc.sources.asking import World

    base = os.path.dirname(needed.path) or os.curdir
    world = World(base, store, offline, show)
    lines = {
        (label(app), source.kind, code(source)): source
        for app in needed.spec.apps
        for source in app.sources
    }
    problems: dict[str, Problem] = {}
    for locked in needed.lock.sources:
        known = resolved(locked)
        source = lines.get((locked.of, locked.kind, locked.place))
        if known.is_remade and source is not None:
            problem = _restored(known, source, world)
            if problem is not None:
                problems[known.sha256] = problem
    return problems | _patches_read(needed.lock, needed.spec, world)


def _patches_read(lock: Lock, spec: Spec, world: "World") -> dict[str, Problem]:
    """Those of the apps, which stand in their folder; a patch of the web is fetched."""
    from envc.lock.asked import change, label
    from envc.sources import patches

    known = {(each.of, each.place): f"sha256:{each.sha256}" for each in lock.patches}
    problems: dict[str, Problem] = {}
    for app in spec.apps:
        for patch in app.patches:
            digest = known.get((label(app), change(patch)))
            if digest is None or "://" in patch.path or world.store.find(digest) is not None:
                continue
            found = patches.resolve(patch, world)
            if isinstance(found, Problem):
                problems[digest] = found
    return problems


def brought_afresh(
    needed: Needed, environ: Mapping[str, str], store: Store, *, offline: bool, show: Show
) -> "Afresh":
    """Brings what the next `envc lock` reads of Debian into the store, as far as it is there."""
    from envc.debian import keyring
    from envc.debian.archive import Archive
    from envc.resolve.afresh import Afresh, afresh

    if not needed.lock.archives or store.refusal():
        return Afresh()
    keys = keyring.trusted(environ)
    if isinstance(keys, Problem):
        return Afresh(lacking=(keys,))
    archive = Archive(store, needed.places, keyring=keys, offline=offline, show=show)
    return afresh(needed.lock, archive, needed.target)


def _restored(locked: "Resolved", source: SourceCode, world: "World") -> Problem | None:
    from envc.sources.resolve import restore

    try:
        return restore(locked, source, world)
    except NotStoredError as error:
        return error.problem


def _path(file: str | None) -> str:
    if file is None or file.endswith(".lock"):
        return file or NAME
    return os.path.join(os.path.dirname(file), NAME)


def _read(path: str) -> Lock | Problem:
    from envc.lock.text import read

    try:
        with open(path, encoding="utf-8", errors="replace", newline="") as file:
            found = read(file.read())
    except FileNotFoundError:
        return Problem(f"there is no lock `{path}`", "write it with `envc lock`")
    if isinstance(found, Problem):
        return Problem(f"`{path}`: {found.message}", found.help)
    return found


def _stale(path: str, lock: Lock, checked: Checked | None, spec: str | None) -> Refused | None:
    """Whether the lock is whole and, where a spec is named, says what the spec says."""
    found = list(gaps(lock))
    if checked is not None and spec is not None:
        from envc.resolve.fresh import stale

        found += stale(lock, spec, checked)
    if not found:
        return None
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    help_ = f"bring it up to date with `envc lock {spec if checked is not None else 'SPEC'}`"
    return Refused(
        Problem(f"`{path}` is stale: {found[0].sentence}{more}", help_), exits.LOCK_STALE
    )


def _checked(spec: str) -> Checked | Refused:
    checked = check_path(spec)
    if isinstance(checked, Checked) and checked.is_good:
        return checked
    problem = Problem(f"`{spec}` has mistakes", f"see `envc check {spec}`")
    return Refused(problem, exits.DIAGNOSTICS)


def _unknown(target: str, lock: Lock, path: str) -> Refused | None:
    from envc.facts.words import listed

    names = {name for each in lock.environments for name in each.targets}
    names |= {each.target for each in lock.targets}
    if target in names:
        return None
    has = f"it has {listed(sorted(names), 'and')}" if names else "it has none"
    return Refused(Problem(f"`{path}` has nothing for `{target}`", has), exits.USAGE)
