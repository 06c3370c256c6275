"""Every path by which a component is in the graph, the shortest first."""

from collections.abc import Iterator
from itertools import pairwise

import networkx as nx

from envc.graph.cycles import acyclic
from envc.graph.model import Edge, Graph, Node

Path = tuple[tuple[Edge, ...], ...]
"""From the app down: for each step all the lines that make it."""


def paths(graph: Graph, goal: Node) -> Iterator[Path]:
    """There may be more than anyone can read: take as many as are wanted."""
    plain = acyclic(graph)
    for nodes in _walks(plain, graph.app, goal):
        steps = pairwise(nodes)
        yield tuple(
            tuple(data["edge"] for data in graph.network[one][other].values())
            for one, other in steps
        )


def count(graph: Graph, goal: Node) -> int:
    plain = acyclic(graph)
    ways = dict.fromkeys(plain, 0)
    ways[graph.app] = 1
    for node in nx.topological_sort(plain):
        for child in plain.successors(node):
            ways[child] += ways[node]
    return ways[goal]


def _walks(plain: "nx.DiGraph[Node]", start: Node, goal: Node) -> Iterator[list[Node]]:
    """By length; a walk begins only where it can end, so none is begun in vain."""
    reach = [{goal}]
    while reach[-1]:
        reach.append({parent for node in reach[-1] for parent in plain.predecessors(node)})
    for length in range(1, len(reach)):
        if start in reach[length]:
            yield from _walks_of(plain, start, reach[length::-1])


def _walks_of(
    plain: "nx.DiGraph[Node]", start: Node, reach: list[set[Node]]
) -> Iterator[list[Node]]:
    """`reach[n]` are the nodes that may stand at step n."""
    walk = [start]
    waiting = [iter(_next(plain, start, reach, 1))]
    while waiting:
        node = next(waiting[-1], None)
        if node is None:
            waiting.pop()
            walk.pop()
        elif len(walk) + 1 == len(reach):
            yield [*walk, node]
        else:
            walk.append(node)
            waiting.append(iter(_next(plain, node, reach, len(walk))))


def _next(plain: "nx.DiGraph[Node]", node: Node, reach: list[set[Node]], step: int) -> list[Node]:
    return [child for child in plain.successors(node) if child in reach[step]]
