"""Packages that need each other, across the file and the library, and the graph without them."""

from collections.abc import Iterator
from itertools import pairwise

import networkx as nx

from envc.check.cycles import drawn
from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Label
from envc.graph.model import Edge, Graph, Node


def cycles(graph: Graph) -> Iterator[Diagnostic]:
    """One for each knot of packages: mending the shortest way round may leave another.

    What is needed for tests alone may need the package that it tests.
    """
    knots: nx.DiGraph[Node] = nx.DiGraph()
    knots.add_edges_from(
        (edge.parent, edge.child) for edge in graph.edges() if edge.roles != ("test",)
    )
    for knot in sorted(nx.strongly_connected_components(knots), key=_first):
        loop = _shortest(knots.subgraph(knot))
        if loop:
            yield _told(graph, loop)


def _first(knot: set[Node]) -> str:
    return min(node.name for node in knot)


def _shortest(knot: "nx.DiGraph[Node]") -> list[Node]:
    """Through its first package; empty where it is one package that does not need itself."""
    start = min(knot, key=lambda node: node.name)
    came_from: dict[Node, Node] = {}
    waiting = [start]
    for node in waiting:
        # A view of a graph is in no order of its own.
        for child in sorted(knot.successors(node), key=lambda each: each.name):
            if child not in came_from:
                came_from[child] = node
                waiting.append(child)
    if start not in came_from:
        return []
    loop = [start, came_from[start]]
    while loop[-1] != start:
        loop.append(came_from[loop[-1]])
    return loop[::-1]


def _told(graph: Graph, loop: list[Node]) -> Diagnostic:
    edges = [_edge(graph, *pair) for pair in pairwise(loop)]
    # It is told where the user can mend it, if it can be mended there.
    file = graph.app.place.source if graph.app.place is not None else None
    own = next((at for at, edge in enumerate(edges) if edge.place.source is file), -1)
    *edges, last = edges[own + 1 :] + edges[: own + 1]
    name = last.child.name
    return Diagnostic(
        rules.PACKAGE_CYCLE,
        f"`{name}` needs itself",
        (
            Label(last.place.source, last.place.span, f"needs `{name}` again"),
            *(Label(e.place.source, e.place.span, f"needs `{e.child.name}`") for e in edges),
        ),
        drawn([name, *(edge.child.name for edge in edges), name]),
        "one of these needs has to go, or to be `for test`",
    )


def _edge(graph: Graph, parent: Node, child: Node) -> Edge:
    lines = next(edges for node, edges in graph.below(parent) if node == child)
    return next(edge for edge in lines if edge.roles != ("test",))


def acyclic(graph: Graph) -> "nx.DiGraph[Node]":
    """The graph without the edges that would lead back, so that it can be laid out and counted."""
    plain: nx.DiGraph[Node] = nx.DiGraph()
    plain.add_nodes_from(graph.network.nodes)
    finished: set[Node] = set()
    path = {graph.app: iter(list(graph.network.successors(graph.app)))}
    while path:
        parent, children = next(reversed(path.items()))
        child = next(children, None)
        if child is None:
            finished.add(parent)
            del path[parent]
        elif child not in path:
            plain.add_edge(parent, child)
            if child not in finished:
                path[child] = iter(list(graph.network.successors(child)))
    return plain
