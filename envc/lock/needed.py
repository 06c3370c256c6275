"""The lock that a command is about, and what of it has to be in the store."""

import os
from collections.abc import Mapping
from typing import NamedTuple

from envc import exits
from envc.facts.problem import Problem
from envc.lock.model import Lock
from envc.store.fetch import Wanted

NAME = "envc.lock"


class Needed(NamedTuple):
    path: str
    """Of the lock."""
    wanted: tuple[Wanted, ...]


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
        return Refused(known, exits.DIAGNOSTICS)
    path = _path(file)
    lock = _read(path)
    if isinstance(lock, Problem):
        return Refused(lock, exits.LOCK_STALE)
    if target is not None and (refused := _unknown(target, lock, path)):
        return refused
    return Needed(path, inputs(lock, known, target))


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


def _unknown(target: str, lock: Lock, path: str) -> Refused | None:
    from envc.facts.words import listed

    names = {name for each in lock.environments for name in each.targets}
    names |= {each.target for each in lock.targets}
    if target in names:
        return None
    has = f"it has {listed(sorted(names), 'and')}" if names else "it has none"
    return Refused(Problem(f"`{path}` has nothing for `{target}`", has), exits.USAGE)
