"""What a package brings into a profile may be there already, as another build.

Guix refuses such a profile when it computes it. The index tells before anybody has a Guix.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from envc.guix.index import GuixIndex, GuixPackage

Entry = tuple[GuixPackage, str]
"""A package and the output of it that lies in the profile."""


@dataclass(frozen=True, slots=True)
class Collision:
    """Two builds of one name and output, each with how it came in, what was asked for first."""

    left: tuple[GuixPackage, ...]
    right: tuple[GuixPackage, ...]

    @property
    def name(self) -> str:
        return self.left[-1].name

    @property
    def message(self) -> str:
        same = self.left[-1].version == self.right[-1].version
        what = f"build of {self.left[-1]}" if same else f"version of `{self.name}`"
        return f"one profile holds one {what}, not both {_way(self.left)}, and {_way(self.right)}"


def collisions(index: GuixIndex, entries: Iterable[Entry], system: str) -> list[Collision]:
    """One for each name and output that has more than one build."""
    ways = ways_in(index, entries, system)
    by_place: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for package, output in ways:
        by_place[package.name, output].append((package, output))
    found = []
    for same in by_place.values():
        first, *others = same
        for other in others:
            if _build(index, first, system) != _build(index, other, system):
                found.append(Collision(ways[first], ways[other]))
                break
    return found


def ways_in(
    index: GuixIndex, entries: Iterable[Entry], system: str
) -> dict[Entry, tuple[GuixPackage, ...]]:
    """Each that lies in the profile, with a shortest chain of packages that brings it."""
    ways: dict[Entry, tuple[GuixPackage, ...]] = {entry: (entry[0],) for entry in entries}
    waiting = deque(ways)
    while waiting:
        entry = waiting.popleft()
        for brought in index.propagated(entry[0], system):
            if brought not in ways:
                ways[brought] = (*ways[entry], brought[0])
                waiting.append(brought)
    return ways


def _build(index: GuixIndex, entry: Entry, system: str) -> object:
    """Two definitions may well be built alike."""
    return index.output_path(*entry, system) or entry


def _way(chain: Sequence[GuixPackage]) -> str:
    *brought_by, last = chain
    return "".join([str(last), *(f", which {each} brings" for each in reversed(brought_by))])
