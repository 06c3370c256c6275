"""How two trees of files differ, each given as the lines of `envc.images.listing`."""

from collections.abc import Iterable
from typing import NamedTuple


class Change(NamedTuple):
    """The paths that two trees do not have in common, or have otherwise."""

    contents: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    """What it holds is the same; who may do what with it is not."""
    alone: tuple[str, ...] = ()
    """Only one of the trees has it."""

    @property
    def paths(self) -> int:
        return sum(map(len, self))

    def without(self, other: "Change") -> "Change":
        """The paths that `other` has nothing of."""
        known = {path for paths in other for path in paths}
        return Change(*(tuple(path for path in paths if path not in known) for paths in self))


def change(one: Iterable[str], other: Iterable[str]) -> Change:
    here, there = _read(one), _read(other)
    both = sorted(path for path in here.keys() & there.keys() if here[path] != there[path])
    contents = [path for path in both if _held(here[path]) != _held(there[path])]
    rights = [path for path in both if _held(here[path]) == _held(there[path])]
    return Change(tuple(contents), tuple(rights), tuple(sorted(here.keys() ^ there.keys())))


def _read(lines: Iterable[str]) -> dict[str, str]:
    found = {}
    for line in lines:
        said, _, path = line.rstrip("\n").rpartition(" ")
        found[path] = said
    return found


def _held(said: str) -> tuple[str, str]:
    """Its kind, and what it holds or where it leads."""
    kind, _rights, _user, _group, what = said.split(" ")
    return kind, what
