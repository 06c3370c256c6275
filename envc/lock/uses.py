"""What in a merged lock is used: environments closed again, blocks that nothing uses left out."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import Any

from envc.lock.contents import Contents
from envc.lock.model import Block, Lock, LockedComponent, LockedDeb, LockedEnvironment
from envc.lock.together import Group, Sides, about, grouped


def closed(lock: Lock, sides: Sides) -> Lock:
    """With each environment's lists as long as what is asked for needs them, and no longer."""
    whole = _with_all(lock, sides.base)
    twice = _changed_twice(sides)
    environments = tuple(
        _closed(each, whole, twice[key], sides) if key in twice else each
        for each in lock.environments
        for key in (about("environments", each),)
    )
    return replace(whole, environments=environments)


def used(lock: Lock, sides: Sides) -> Lock:
    """Without what no environment uses, unless none did before."""
    now, before = _uses(lock), set[Block | tuple[str, str]]().union(*map(_uses, sides))
    gone = before - now
    return replace(
        lock,
        debs=tuple(each for each in lock.debs if each not in gone),
        items=tuple(each for each in lock.items if each not in gone),
        wheels=tuple(each for each in lock.wheels if each not in gone),
        components=tuple(
            each for each in lock.components if (each.origin, _plain(each)) not in gone
        ),
    )


def _uses(lock: Lock) -> set[Block | tuple[str, str]]:
    """Packages, and components by how environments call them."""
    contents = Contents(lock)
    found: set[Block | tuple[str, str]] = set()
    for each in lock.environments:
        found |= {(each.origin, name) for name in each.components}
        found |= set(contents.of(each))
    return found


def dangling(lock: Lock, sides: Sides) -> tuple[str, ...]:
    """Names that lead nowhere, or to more than one version, since the sides came together."""
    return tuple(sorted({*_missing(lock)} - {name for side in sides for name in _missing(side)}))


def _missing(lock: Lock) -> Iterator[str]:
    contents = Contents(lock)
    known = {(each.origin, _plain(each)) for each in lock.components}
    for each in lock.environments:
        for name in each.components:
            if (each.origin, name) not in known:
                yield f"one side uses component {name} of {each.origin}, the other side has none"
        for name in (*each.build, *each.run, *each.tools):
            if contents.find(each, name) is None:
                yield f"one side uses {name} of {each.origin}, the other side has none"
        for name in (*each.build_wheels, *each.run_wheels):
            if contents.wheel(each, name) is None:
                yield f"one side uses {name} of {each.origin}, the other side has none"


def _plain(component: LockedComponent) -> str:
    """As environments call it."""
    return str(replace(component, target=""))


def _changed_twice(sides: Sides) -> dict[tuple[object, ...], Group]:
    return {
        key: group
        for key, group in grouped(sides, "environments").items()
        if group.base != group.ours != group.theirs != group.base
    }


def _with_all(lock: Lock, base: Lock) -> Lock:
    """With what one side left out and the other may need: it is still in the same archive."""
    filled: dict[str, Any] = {}
    for name in ("debs", "items", "wheels", "components"):
        have = getattr(lock, name)
        known = {about(name, each) for each in have}
        more = [each for each in getattr(base, name) if about(name, each) not in known]
        filled[name] = tuple(sorted((*have, *more)))
    return replace(lock, **filled)


def _closed(
    environment: LockedEnvironment, whole: Lock, group: Group, sides: Sides
) -> LockedEnvironment:
    """Each list anew: what components ask for and all that brings with it, and what else was."""
    before = [
        (lock, block)
        for lock, blocks in zip(sides, group, strict=True)
        for block in blocks
        if isinstance(block, LockedEnvironment)
    ]

    def anew(role: str) -> tuple[str, ...]:
        lists = [getattr(side, role) for _, side in before]
        base, ours, theirs = (
            set(names) - _closure(side, role, names, lock)
            for names, (lock, side) in zip(lists, before, strict=True)
        )
        others = (ours & theirs) | (ours - base) | (theirs - base)
        known = (*chain.from_iterable(lists), *getattr(environment, role))
        return tuple(sorted(others | _closure(environment, role, known, whole)))

    return replace(environment, build=anew("build"), run=anew("run"))


def _closure(
    environment: LockedEnvironment, role: str, known: Iterable[str], lock: Lock
) -> set[str]:
    """What the components of an environment bring, of what is known to have been in it.

    A package names what serves it in any environment; what serves it in another was never here.
    """
    called = {name.partition("=")[0]: name for name in known}
    contents = Contents(lock)
    asked = set(environment.components)
    waiting = [
        called[name]
        for each in lock.components
        if each.origin == environment.origin and _plain(each) in asked
        for name in getattr(each, role)
        if name in called
    ]
    reached = set(waiting)
    while waiting:
        found = contents.find(environment, waiting.pop())
        needs = found.depends if isinstance(found, LockedDeb) else ()
        brought = {called[name] for name in needs if name in called} - reached
        reached |= brought
        waiting += brought
    return reached
