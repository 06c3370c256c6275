"""The graph: components, and on each edge why one needs the other.

A networkx multigraph; its nodes are `Node`s, and each edge holds an `Edge` under `edge`. Nodes and
edges are added in an order that no file and no hash seed has a part in.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import networkx as nx

from envc import choices
from envc.facts import versions
from envc.graph import roles
from envc.graph.conditions import written
from envc.graph.expand import APP, Expanded
from envc.graph.merged import Request
from envc.spec import App, Place

Pairs = tuple[tuple[str, str], ...]


class Kind(StrEnum):
    APP = "app"
    PACKAGE = "package"
    TOOL = "tool"
    """A package that a toolchain of the app brings."""
    HOST = "host"
    """A package that all who need it take from the site."""


@dataclass(frozen=True, slots=True)
class Node:
    """A component, with what all that need it ask of it taken together."""

    kind: Kind
    name: str
    version: str
    """The app's version; else the range that is left when all have spoken, empty for any."""
    choices: Pairs
    """What somebody chose of its variants."""
    defaults: Pairs
    """Its own choice of the others."""
    roles: tuple[str, ...]
    """What the app as a whole needs it for; nothing for the app itself."""
    place: Place | None
    """Where it is declared; None for what only a provider knows."""

    @property
    def label(self) -> str:
        return labelled(self.name, self.version, self.choices)


@dataclass(frozen=True, slots=True)
class Edge:
    """One line of a spec by which `parent` needs `child`."""

    parent: Node
    child: Node
    version: str
    choices: Pairs
    roles: tuple[str, ...]
    origin: str
    condition: str
    toolchain: str
    languages: tuple[str, ...]
    place: Place
    using: Place | None

    @property
    def asked(self) -> str:
        return labelled(self.child.name, self.version, self.choices)


@dataclass(frozen=True, slots=True)
class Graph:
    app: Node
    target: str | None
    network: "nx.MultiDiGraph[Node]"

    def edges(self) -> Iterator[Edge]:
        for _, _, data in self.network.edges(data=True):
            yield data["edge"]

    def below(self, node: Node) -> Iterator[tuple[Node, list[Edge]]]:
        """What a component needs, each with all the lines that say so."""
        for child in self.network.successors(node):
            yield child, [data["edge"] for data in self.network[node][child].values()]


def labelled(name: str, version: str, chosen: Pairs) -> str:
    """As a spec says it: `hdf5@1.10: +mpi api=v18`."""
    at = f"@{version}" if version else ""
    return " ".join([f"{name}{at}", *(_option(*each) for each in chosen)])


def _option(variant: str, choice: str) -> str:
    if choice in choices.YES_NO:
        return f"{'+' if choice == 'yes' else '~'}{variant}"
    return f"{variant}={choice}"


# ---- from what was found to the graph ------------------------------------------------------------


def build(app: App, chosen: choices.Choices, target: str | None, found: Expanded) -> Graph:
    needed = [each for name in sorted(found.requests) for each in found.requests[name]]
    needed_for = roles.composed((r.parent, r.want.name, roles.of(r.want)) for r in needed)
    root = Node(Kind.APP, app.name, app.version, _pairs(chosen), (), (), app.place)
    nodes = {APP: root}
    for name in sorted(found.requests):
        nodes[name] = _node(name, found, needed_for[name])
    network: nx.MultiDiGraph[Node] = nx.MultiDiGraph()
    network.add_nodes_from(nodes.values())
    for request in sorted(needed, key=lambda each: each.parent):
        edge = _edge(nodes[request.parent], nodes[request.want.name], request)
        network.add_edge(edge.parent, edge.child, edge=edge)
    return Graph(root, target, network)


def _node(name: str, found: Expanded, needed_for: tuple[str, ...]) -> Node:
    merged, requests, package = found.merged[name], found.requests[name], found.packages[name]
    return Node(
        _kind(requests),
        name,
        "" if merged.versions == versions.ANY else str(merged.versions),
        _pairs(merged.asked),
        _pairs(merged.defaults),
        needed_for,
        package.place if package is not None else None,
    )


def _kind(requests: Iterable[Request]) -> Kind:
    asked = list(requests)
    if any(each.toolchain for each in asked):
        return Kind.TOOL
    if all(each.want.origin == "host" for each in asked):
        return Kind.HOST
    return Kind.PACKAGE


def _edge(parent: Node, child: Node, request: Request) -> Edge:
    want = request.want
    return Edge(
        parent,
        child,
        want.versions,
        want.choices,
        roles.of(want),
        want.origin or "",
        written(request.guard),
        request.toolchain,
        request.languages,
        want.place,
        request.using,
    )


def _pairs(chosen: Mapping[str, str]) -> Pairs:
    return tuple(sorted(chosen.items()))
