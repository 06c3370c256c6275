"""Where the components of a graph stand in a drawing: in columns, each right of what needs it.

Columns are the longest ways from the app. An edge over several columns gets a slot in each column
between, so that it is led around boxes; slots are ordered to cross little and moved to bend little.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

SWEEPS = 12
"""More change nothing that is seen."""

Slot = tuple[str, str, int]
"""A component's own, by its name, with "" and 0; else of the edge from and to, and its column."""


@dataclass(frozen=True, slots=True)
class Layout:
    columns: tuple[tuple[Slot, ...], ...]
    middles: Mapping[Slot, float]
    """The height of each slot's middle; the least may be negative."""
    ways: Mapping[tuple[str, str], tuple[Slot, ...]]
    """The slots that an edge goes through, both ends included."""


def own(name: str) -> Slot:
    return name, "", 0


def lay_out(
    graph: "nx.DiGraph[str]", height: Callable[[str], float], passage: float, gap: float
) -> Layout:
    """`passage` is the height of a slot that an edge passes; `gap` lies between two slots."""
    generations = [list(each) for each in nx.topological_generations(graph)]
    column = {name: number for number, names in enumerate(generations) for name in names}
    columns: list[list[Slot]] = [[own(name) for name in names] for names in generations]
    ways: dict[tuple[str, str], tuple[Slot, ...]] = {}
    for parent, child in graph.edges:
        between = [(parent, child, at) for at in range(column[parent] + 1, column[child])]
        for slot in between:
            columns[slot[2]].append(slot)
        ways[parent, child] = (own(parent), *between, own(child))
    before, after = _neighbours(ways.values())
    for number in range(SWEEPS):
        _order(columns, before if number % 2 == 0 else after, backward=number % 2 == 1)
    heights = {
        slot: (passage if slot[1] else height(slot[0])) + gap for each in columns for slot in each
    }
    middles = _settle(columns, heights, before, after)
    return Layout(tuple(map(tuple, columns)), middles, ways)


Neighbours = Mapping[Slot, Sequence[Slot]]


def _neighbours(ways: Iterable[tuple[Slot, ...]]) -> tuple[Neighbours, Neighbours]:
    before: dict[Slot, list[Slot]] = {}
    after: dict[Slot, list[Slot]] = {}
    for way in ways:
        for left, right in pairwise(way):
            before.setdefault(right, []).append(left)
            after.setdefault(left, []).append(right)
    return before, after


def _order(columns: list[list[Slot]], beside: Neighbours, *, backward: bool) -> None:
    """Each slot to the middle of those that it is joined to, column by column."""
    rank = {slot: float(at) for column in columns for at, slot in enumerate(column)}
    for column in columns[::-1] if backward else columns:
        column.sort(key=lambda slot: (_mean(slot, rank, beside), rank[slot]))
        rank.update({slot: float(at) for at, slot in enumerate(column)})


def _mean(slot: Slot, values: Mapping[Slot, float], beside: Neighbours) -> float:
    joined = beside.get(slot, ())
    return sum(values[each] for each in joined) / len(joined) if joined else values[slot]


# ---- heights -------------------------------------------------------------------------------------


def _settle(
    columns: list[list[Slot]],
    heights: Mapping[Slot, float],
    before: Neighbours,
    after: Neighbours,
) -> dict[Slot, float]:
    middles: dict[Slot, float] = {}
    for column in columns:
        middles.update(_spread(column, heights, [0.0] * len(column)))
    for number in range(SWEEPS):
        backward = number % 2 == 0
        for column in columns[::-1] if backward else columns:
            beside = after if backward else before
            wished = [_mean(slot, middles, beside) for slot in column]
            middles.update(_spread(column, heights, wished))
    return middles


def _spread(
    column: list[Slot], heights: Mapping[Slot, float], wished: list[float]
) -> dict[Slot, float]:
    """As near to the wishes as can be (least squares) in this order and without overlaps."""
    offsets: list[float] = []
    top = 0.0
    for slot in column:
        offsets.append(top + heights[slot] / 2)
        top += heights[slot]
    # Without the offsets the middles only have to rise: groups that fall are levelled.
    groups: list[tuple[float, int]] = []
    for wish, offset in zip(wished, offsets, strict=True):
        groups.append((wish - offset, 1))
        while len(groups) > 1 and groups[-2][0] > groups[-1][0]:
            (right, some), (left, more) = groups.pop(), groups.pop()
            groups.append(((left * more + right * some) / (more + some), more + some))
    level = [value for value, count in groups for _ in range(count)]
    return {slot: offset + base for slot, offset, base in zip(column, offsets, level, strict=True)}
