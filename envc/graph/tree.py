"""The graph as a tree of text; what was shown above with all below it is marked `(*)`."""

from collections.abc import Iterator

from envc.graph.model import Edge, Graph, Node, labelled

SHOWN_ABOVE = "(*)"


def render(graph: Graph) -> str:
    return "".join(f"{line}\n" for line in (heading(graph), *_lines(graph)))


def heading(graph: Graph) -> str:
    """`gromacs@2025.2 gpu=none for zen2`: which of its graphs this is."""
    app = graph.app
    said = labelled(app.name, app.version, app.choices)
    return f"{said} for {graph.target}" if graph.target is not None else said


def _lines(graph: Graph) -> Iterator[str]:
    """Depth first without recursion: a chain of packages may be longer than Python's stack."""
    shown = {graph.app}
    waiting = [("", _below(graph, graph.app))]
    while waiting:
        margin, rest = waiting[-1]
        if not rest:
            waiting.pop()
            continue
        node, edges = rest.pop()
        children = _below(graph, node)
        mark = f" {SHOWN_ABOVE}" if node in shown and children else ""
        yield f"{margin}{'├──' if rest else '└──'} {node.label}{_why(edges)}{mark}"
        if node not in shown:
            shown.add(node)
            waiting.append((f"{margin}{'│   ' if rest else '    '}", children))


def _below(graph: Graph, node: Node) -> list[tuple[Node, list[Edge]]]:
    return list(graph.below(node))[::-1]


def _why(edges: list[Edge]) -> str:
    """Each way in which it is needed here: what for, when, from where, by which toolchain."""
    return f"  {', '.join(dict.fromkeys(map(way, edges)))}"


def way(edge: Edge) -> str:
    parts = [f"[{', '.join(edge.roles)}]", edge.condition]
    if edge.toolchain:
        parts.append(f"as {', '.join(edge.languages)} of {edge.toolchain}")
    if edge.origin:
        parts.append(f"from {edge.origin}")
    return " ".join(part for part in parts if part)
