"""Whether a lock says what a spec says: block by block, so that a comment never makes it stale."""

from collections.abc import Iterator
from typing import NamedTuple

from envc.lock.model import Lock


class Difference(NamedTuple):
    sentence: str
    block: int | None = None
    """Which of the lock's targets it is about, counted from 0; None where none is."""


def differences(locked: Lock, wanted: Lock) -> Iterator[Difference]:
    """What the lock would have to change; nothing where it is fresh."""
    if (locked.archspec, locked.archspec_digest) != (wanted.archspec, wanted.archspec_digest):
        yield Difference(f"it was made with other data on CPUs: archspec {locked.archspec}")
    have = {each.key: (place, each) for place, each in enumerate(locked.targets)}
    want = {each.key: each for each in wanted.targets}
    for key in sorted(have.keys() | want.keys()):
        if key not in have:
            yield Difference(f"{want[key]} is not in the lock")
        elif key not in want:
            place, old = have[key]
            yield Difference(f"{old} is no longer asked for", place)
        elif have[key][1] != want[key]:
            told = f"{want[key]} gets other options: {_said(want[key].flags)}"
            yield Difference(told, have[key][0])


def _said(flags: tuple[str, ...]) -> str:
    return f"`{' '.join(flags)}`" if flags else "none"
