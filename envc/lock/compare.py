"""Whether a lock says what a spec says: block by block, so that a comment never makes it stale.

Nothing is solved here and nothing read but the spec, the library and the folders that are sources.
What was chosen follows from what was asked, from the library's words and from the origins; where
those are what they were, so is the choice.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from envc.lock.model import Block, Lock, LockedEnvironment, LockedModule, LockedRequest


class Difference(NamedTuple):
    sentence: str
    block: Block | None = None
    """Which of the lock's blocks it is about; None where none is."""


class Wanted(NamedTuple):
    """What a lock of a spec has to hold, as far as that can be told without solving."""

    lock: Lock
    """Its data, modules, requests, targets and sources; no packages."""
    builds: tuple[tuple[str, tuple[str, ...], str], ...]
    """Each app, choice and target that is built."""
    suppliers: tuple[tuple[str, frozenset[str]], ...] = ()
    """Of each app whose spec says so: `debian`, `guix`."""


def differences(locked: Lock, wanted: Wanted) -> Iterator[Difference]:
    """What the lock would have to change; nothing where it is fresh."""
    want = wanted.lock
    if (locked.archspec, locked.archspec_digest) != (want.archspec, want.archspec_digest):
        yield Difference(f"it was made with other data on CPUs: archspec {locked.archspec}")
    yield from _requests(locked.requests, want.requests)
    yield from _modules(locked.modules, want.modules)
    yield from _builds(locked.environments, wanted.builds)
    yield from _suppliers(locked.environments, wanted.suppliers)
    yield from _tools(locked.environments)
    yield from _blocks(locked.targets, want.targets, "gets other options")
    yield from _blocks(locked.sources, want.sources, "is not what it was")
    yield from _blocks(locked.patches, want.patches, "is not what it was")
    yield from _images(locked, want)


def _requests(
    locked: Sequence[LockedRequest], wanted: Sequence[LockedRequest]
) -> Iterator[Difference]:
    """A need whose words changed is one difference, not two."""
    gone, new = sorted(set(locked) - set(wanted)), sorted(set(wanted) - set(locked))
    for each in new:
        before = next((old for old in gone if _same_need(old, each)), None)
        if before is not None:
            gone.remove(before)
            yield Difference(f"{each.app} asks for `{each}`, and it has `{before}`", before)
        else:
            yield Difference(f"{each.app} asks for `{each}`, which is not in the lock")
    for each in gone:
        yield Difference(f"`{each}` is no longer asked for by {each.app}", each)


def _same_need(old: LockedRequest, new: LockedRequest) -> bool:
    return (old.app, old.name) == (new.app, new.name)


def _modules(
    locked: Sequence[LockedModule], wanted: Sequence[LockedModule]
) -> Iterator[Difference]:
    have = {each.name: each for each in locked}
    want = {each.name: each for each in wanted}
    for name in sorted(have.keys() | want.keys()):
        if name not in have:
            yield Difference(f"`{name}` is taken in, and the lock does not know it")
        elif name not in want:
            yield Difference(f"`{name}` is no longer taken in", have[name])
        elif have[name] != want[name]:
            yield Difference(f"`{name}` says something else than when it was locked", have[name])


def _builds(
    locked: Sequence[LockedEnvironment], wanted: Sequence[tuple[str, tuple[str, ...], str]]
) -> Iterator[Difference]:
    have = {(each.app, each.choices, target): each for each in locked for target in each.targets}
    for build in sorted(set(wanted) - have.keys()):
        yield Difference(f"{_build(build)} is not in the lock")
    for build in sorted(have.keys() - set(wanted)):
        yield Difference(f"{_build(build)} is no longer built", have[build])


def _suppliers(
    locked: Sequence[LockedEnvironment], wanted: Sequence[tuple[str, frozenset[str]]]
) -> Iterator[Difference]:
    """Of apps that are in the lock at all."""
    have = {each.app: dict[str, LockedEnvironment]() for each in locked}
    for each in locked:
        have[each.app].setdefault(each.origin.partition("/")[0], each)
    for app, names in wanted:
        there = have.get(app)
        for name in sorted(names - there.keys()) if there is not None else ():
            yield Difference(f"{app} is to be made from {name}, too, and is not locked for that")
        for name in sorted(there.keys() - names) if there is not None and names else ():
            yield Difference(f"{app} is no longer made from {name}", have[app][name])


def _tools(locked: Sequence[LockedEnvironment]) -> Iterator[Difference]:
    """Locks of an envc that built no images have none."""
    for each in locked:
        if each.origin.startswith("debian/") and not each.tools:
            yield Difference(f"{each} has no tools that make images", each)


def _build(build: tuple[str, tuple[str, ...], str]) -> str:
    app, choices, target = build
    return " ".join((app, *choices, "for", target))


def _blocks(locked: Sequence[Block], wanted: Sequence[Block], other: str) -> Iterator[Difference]:
    have = {each.key: each for each in locked}
    want = {each.key: each for each in wanted}
    for key in sorted(have.keys() | want.keys()):
        if key not in have:
            yield Difference(f"{want[key]} is not in the lock")
        elif key not in want:
            yield Difference(f"{have[key]} is no longer asked for", have[key])
        elif have[key] != want[key]:
            yield Difference(f"{want[key]} {other}", have[key])


def _images(locked: Lock, wanted: Lock) -> Iterator[Difference]:
    """Which image a name means is not asked again."""
    have, want = (
        {each.reference for each in locked.images},
        {each.reference for each in wanted.images},
    )
    for reference in sorted(want - have):
        yield Difference(f"the image `{reference}` is not in the lock")
    for each in locked.images:
        if each.reference not in want:
            yield Difference(f"no image starts from `{each.reference}` any more", each)


# ---- a lock by itself ----------------------------------------------------------------------------


def gaps(lock: Lock) -> Iterator[Difference]:
    """What a merge can leave behind: an environment with a package that nobody locked."""
    from envc.lock.contents import Contents

    contents = Contents(lock)
    for each in lock.environments:
        for name in sorted({*each.build, *each.run, *each.tools}):
            if contents.find(each, name) is None:
                yield Difference(f"{each} has {name}, which is not in the lock", each)
        for name in sorted({*each.build_wheels, *each.run_wheels}):
            if contents.wheel(each, name) is None:
                yield Difference(f"{each} has {name}, which is not in the lock", each)
    used: set[Block] = {block for each in lock.environments for block in contents.of(each)}
    for block in (*lock.debs, *lock.items, *lock.wheels):
        if block not in used:
            yield Difference(f"{block} is in no environment", block)
