"""Two changes of one lock, made into one: block by block, and only where the whole stays true.

A block that one side changed is taken from it; one that both changed alike, from either. Lists of
an environment are merged as the sets that they are, and then closed again: what nothing needs any
more goes, what something still needs stays. Where both sides changed one thing, or changes that
are apart in the text belong together (`envc.lock.together`), it is a clash, and nothing is guessed.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from envc.facts.problem import Problem
from envc.lock.loose import NewerLock, parse
from envc.lock.marks import marked
from envc.lock.model import BLOCKS, Block, Lock, LockedEnvironment
from envc.lock.text import write
from envc.lock.together import Group, Groups, Sides, clashes, group_name, grouped
from envc.lock.uses import closed, dangling, used

_EMPTY = Lock("", "")


class Merged(NamedTuple):
    text: str
    """A whole lock; with clashes, both sides and what they come from, between marks."""
    clashes: tuple[str, ...]


def merge(base: str, ours: str, theirs: str) -> Merged | Problem:
    """`base` is what both come from; empty where each side wrote a lock of its own."""
    locks: list[Lock] = []
    for side, text in (("base", base), ("our side", ours), ("their side", theirs)):
        lock = parse(text) if text.strip() else _EMPTY
        if isinstance(lock, Problem):
            again = type(lock) if isinstance(lock, NewerLock) else Problem
            return again(f"of the merge's three locks, {side}: {lock.message}", lock.help)
        locks.append(lock)
    sides = Sides(*locks)
    found, told = _merged(sides)
    told = (*clashes(sides), *told)
    if not told:
        told = dangling(found, sides)
    if told:
        return Merged(marked(sides), tuple(dict.fromkeys(told)))
    return Merged(write(found), ())


def _merged(sides: Sides) -> tuple[Lock, tuple[str, ...]]:
    base, ours, theirs = sides
    told: list[str] = []
    if ours.archspec_digest == base.archspec_digest:
        data = theirs
    else:
        data = ours
        if theirs.archspec_digest not in (base.archspec_digest, ours.archspec_digest):
            told.append("both sides have other data on CPUs")
    tables: dict[str, tuple[Block, ...]] = {}
    for name in BLOCKS:
        blocks, clashing = _table(name, grouped(sides, name))
        tables[name] = blocks
        told += clashing
    whole: dict[str, Any] = tables
    lock = Lock(data.archspec, data.archspec_digest, **whole)
    return (used(closed(lock, sides), sides) if not told else lock), tuple(told)


def _table(name: str, groups: Groups) -> tuple[tuple[Block, ...], list[str]]:
    found: list[Block] = []
    told: list[str] = []
    for group in groups.values():
        blocks = _group(group)
        if blocks is None:
            told.append(f"both sides changed {group_name(name, group)}")
        else:
            found += blocks
    return tuple(sorted(found)), told  # every block is ordered


def _group(group: Group) -> Iterable[Block] | None:
    """None where both sides changed it, and not alike."""
    base, ours, theirs = group
    if theirs in (ours, base):
        return ours
    if ours == base:
        return theirs
    match [*base], [*ours], [*theirs]:
        case [LockedEnvironment() as a], [LockedEnvironment() as b], [LockedEnvironment() as c]:
            return [_environment(a, b, c)]
        case _:
            return None


def _environment(
    base: LockedEnvironment, ours: LockedEnvironment, theirs: LockedEnvironment
) -> LockedEnvironment:
    return replace(
        base,
        targets=_list(base.targets, ours.targets, theirs.targets),
        components=_list(base.components, ours.components, theirs.components),
        build=_list(base.build, ours.build, theirs.build),
        run=_list(base.run, ours.run, theirs.run),
        untuned=_list(base.untuned, ours.untuned, theirs.untuned),
        build_wheels=_list(base.build_wheels, ours.build_wheels, theirs.build_wheels),
        run_wheels=_list(base.run_wheels, ours.run_wheels, theirs.run_wheels),
        tools=_list(base.tools, ours.tools, theirs.tools),
    )


def _list(base: tuple[str, ...], ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    kept = set(ours) & set(theirs)
    return tuple(sorted(kept | (set(ours) - set(base)) | (set(theirs) - set(base))))
