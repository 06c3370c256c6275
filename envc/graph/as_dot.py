"""The graph in the language of Graphviz."""

from collections.abc import Iterable, Iterator

from envc.graph.model import Edge, Graph, Kind, Node, labelled
from envc.graph.tree import heading

_SHAPES = {
    Kind.APP: "doubleoctagon",
    Kind.PACKAGE: "box",
    Kind.TOOL: "component",
    Kind.HOST: "house",
}
_STYLES = (("link", "solid"), ("run", "bold"), ("build", "dashed"), ("test", "dotted"))
"""An edge looks like the first of its roles."""
_FONT = 'fontname="DejaVu Sans Mono"'


def render(graphs: Iterable[Graph]) -> str:
    return "\n".join("".join(f"{line}\n" for line in _lines(graph)) for graph in graphs)


def _lines(graph: Graph) -> Iterator[str]:
    yield f"digraph {_quoted(graph.app.name)} {{"
    label = _label([heading(graph)])
    yield f"  graph [{_FONT}, fontsize=11, rankdir=LR, labelloc=t, label={label}]"
    yield f"  node [{_FONT}, fontsize=10]"
    yield f"  edge [{_FONT}, fontsize=8]"
    for node in graph.network:
        yield f"  {_id(node)} [shape={_SHAPES[node.kind]}, label={_label(_said(node))}]"
    for node in graph.network:
        for child, edges in graph.below(node):
            look = f"style={_style(edges)}, label={_label(_why(edges))}"
            yield f"  {_id(node)} -> {_id(child)} [{look}]"
    yield "}"


def _said(node: Node) -> list[str]:
    """The name with its version, and each choice in a line of its own."""
    options = (labelled("", "", (choice,)).strip() for choice in node.choices)
    return [labelled(node.name, node.version, ()), *options]


def _why(edges: list[Edge]) -> list[str]:
    ways = (f"{', '.join(edge.roles)} {edge.condition}".strip() for edge in edges)
    return list(dict.fromkeys(ways))


def _style(edges: list[Edge]) -> str:
    roles = {role for edge in edges for role in edge.roles}
    return next((style for role, style in _STYLES if role in roles), "solid")


def _id(node: Node) -> str:
    return _quoted(f"{'app' if node.kind is Kind.APP else 'package'} {node.name}")


def _label(lines: list[str]) -> str:
    return '"' + "\\n".join(map(_escaped, lines)) + '"'


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
