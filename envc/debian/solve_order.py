"""The order in which packages can be configured."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from envc.debian.solve import Solution

Edges = Mapping[str, tuple[str, ...]]


def order(solution: "Solution") -> tuple[str, ...]:
    """What a package needs comes before it.

    Packages that need each other come next to each other: what has to be there before another is
    unpacked (`Pre-Depends`) first, then what has the fewest needs left, then by name.
    """
    found: list[str] = []
    for ring in rings(solution.edges):
        found += _within(ring, solution)
    return tuple(found)


def _within(ring: list[str], solution: "Solution") -> Iterable[str]:
    left = set(ring)
    while left:
        ready = [name for name in left if not left.intersection(solution.pre_edges[name])]
        chosen = min(
            ready or left, key=lambda name: (len(left.intersection(solution.edges[name])), name)
        )
        left.remove(chosen)
        yield chosen


class _Visit:
    """A name on the way down, its needs that are still ahead, and the highest it reaches up to."""

    __slots__ = ("ahead", "lowest", "name", "place")

    def __init__(self, name: str, place: int, needs: Iterable[str]) -> None:
        self.name: Final = name
        self.place: Final = place
        self.ahead: Final = iter(needs)
        self.lowest = place


def rings(edges: Edges) -> list[list[str]]:
    """Names that need each other, each ring after those that it needs (Tarjan 1972)."""
    places: dict[str, int] = {}
    open_names: list[str] = []
    rings: list[list[str]] = []
    for start in sorted(edges):
        way = [_Visit(start, len(places), edges[start])] if start not in places else []
        if way:
            places[start] = way[0].place
            open_names.append(start)
        while way:
            visit = way[-1]
            following = next(visit.ahead, None)
            if following is not None:
                if following not in places:
                    way.append(_Visit(following, len(places), edges[following]))
                    places[following] = way[-1].place
                    open_names.append(following)
                elif following in open_names:
                    visit.lowest = min(visit.lowest, places[following])
                continue
            way.pop()
            if way:
                way[-1].lowest = min(way[-1].lowest, visit.lowest)
            if visit.lowest == visit.place:
                cut = open_names.index(visit.name)
                rings.append(sorted(open_names[cut:]))
                del open_names[cut:]
    return rings
