"""The graphs as one JSON document."""

from collections.abc import Iterable
from typing import Any

from envc.graph.model import Edge, Graph, Kind, Node
from envc.spec import Place

SCHEMA = 1


def render(graphs: Iterable[Graph]) -> str:
    return text({"graphs": [_graph(graph) for graph in graphs]})


def text(said: dict[str, Any]) -> str:
    import json

    return json.dumps({"schema": SCHEMA, **said}, indent=2, ensure_ascii=False) + "\n"


def _graph(graph: Graph) -> dict[str, Any]:
    return {
        **of_what(graph),
        "nodes": [node(each) for each in graph.network if each != graph.app],
        "edges": [edge(each) for each in graph.edges()],
    }


def of_what(graph: Graph) -> dict[str, Any]:
    app = graph.app
    return {
        "app": {"name": app.name, "version": app.version, "place": _place(app.place)},
        "choices": dict(app.choices),
        "target": graph.target,
    }


def node(said: Node) -> dict[str, Any]:
    return {
        "kind": said.kind.value,
        "name": said.name,
        "versions": said.version or None,
        "choices": dict(said.choices),
        "defaults": dict(said.defaults),
        "roles": list(said.roles),
        "place": _place(said.place),
    }


def edge(said: Edge) -> dict[str, Any]:
    return {
        "from": _end(said.parent),
        "to": said.child.name,
        "versions": said.version or None,
        "choices": dict(said.choices),
        "roles": list(said.roles),
        "condition": said.condition or None,
        "origin": said.origin or None,
        "toolchain": said.toolchain or None,
        "languages": list(said.languages),
        "place": _place(said.place),
        "using": _place(said.using),
    }


def _end(node: Node) -> str | None:
    """None is the app, which may be called like a package."""
    return None if node.kind is Kind.APP else node.name


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    line, column = place.source.position(place.span.start)
    return {"file": place.source.name, "line": line, "column": column}
