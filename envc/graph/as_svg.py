"""The graph as a picture that stands alone: columns of boxes, lines that say what a need is for."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import networkx as nx

from envc.diagnostics.screen import cells, visible
from envc.graph.cycles import acyclic
from envc.graph.layers import Layout, Slot, lay_out, own
from envc.graph.model import Edge, Graph, Kind, Node, labelled
from envc.graph.tree import heading
from envc.vocabulary import ROLES

LETTER = 7.3
"""The width of a letter of 12 px in the widest of the common monospaced fonts, in px."""
LINE, PADDING, GAP, CORRIDOR, MARGIN, PASSAGE = 16.0, 9.0, 14.0, 64.0, 20.0, 6.0

_KINDS = {
    Kind.APP: "application",
    Kind.PACKAGE: "package",
    Kind.TOOL: "brought by the toolchain",
    Kind.HOST: "taken from the site",
}
_DRAWN_AS = ("link", "run", "build", "test")
"""A line looks like the first of its roles."""

_STYLE = """\
text { font: 12px "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #1f2937 }
.name { font-weight: bold }
.heading { font-weight: bold; font-size: 14px }
.more { fill: #4b5563 }
rect { fill: #ffffff; stroke: #64748b }
.app rect { fill: #1e3a5f; stroke: #1e3a5f }
.app text { fill: #ffffff }
.tool rect { fill: #fef3c7; stroke: #b7791f }
.host rect { fill: #dcfce7; stroke: #2f855a }
path { fill: none; stroke-width: 1.4 }
.link path { stroke: #475569 }
.run path { stroke: #0f766e; stroke-width: 2.4 }
.build path { stroke: #b45309; stroke-dasharray: 7 4 }
.test path { stroke: #7c3aed; stroke-dasharray: 2 3 }
path.tip { stroke: none }
.link .tip { fill: #475569 } .run .tip { fill: #0f766e }
.build .tip { fill: #b45309 } .test .tip { fill: #7c3aed }
"""


def render(graphs: Iterable[Graph]) -> str:
    drawings = [_draw(graph) for graph in graphs]
    width = max([420.0, *(each.width for each in drawings)]) + 2 * MARGIN
    body: list[str] = []
    top = MARGIN
    for each in drawings:
        body += [f'<g transform="translate({_px(MARGIN)} {_px(top)})">', *each.lines, "</g>"]
        top += each.height + 2 * MARGIN
    legend = list(_legend(drawings))
    body += [f'<g transform="translate({_px(MARGIN)} {_px(top)})">', *legend, "</g>"]
    height = top + LINE * 2.5 + MARGIN
    size = f'width="{_px(width)}" height="{_px(height)}" viewBox="0 0 {_px(width)} {_px(height)}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">'
    ground = f'<path d="M0 0H{_px(width)}V{_px(height)}H0Z" style="fill:#ffffff"/>'
    return "\n".join([head, f"<style>\n{_STYLE}</style>", ground, *body, "</svg>"]) + "\n"


class _Drawing(NamedTuple):
    width: float
    height: float
    lines: list[str]
    kinds: frozenset[Kind]
    roles: frozenset[str]


def _draw(graph: Graph) -> _Drawing:
    boxes = {_key(node): _box(graph, node) for node in graph.network}
    plain: nx.DiGraph[str] = nx.DiGraph()
    plain.add_nodes_from(boxes)
    plain.add_edges_from((_key(one), _key(other)) for one, other in acyclic(graph).edges)
    layout = lay_out(plain, lambda key: boxes[key].height, PASSAGE, GAP)
    places = _places(layout, boxes)
    edges = {
        (_key(node), _key(child)): why for node in graph.network for child, why in graph.below(node)
    }
    lines = [_text(0, LINE * 0.7, heading(graph), "heading")]
    for pair, way in layout.ways.items():
        lines += _line(way, places, edges[pair])
    for key, box in boxes.items():
        lines += _boxed(box, places[own(key)])
    return _Drawing(
        max(place.right for place in places.values()),
        max(place.middle + place.height / 2 for place in places.values()),
        lines,
        frozenset(node.kind for node in graph.network),
        frozenset(_look(why) for why in edges.values()),
    )


def _key(node: Node) -> str:
    """The app may be called like a package; nothing else holds a blank."""
    return f"app {node.name}" if node.kind is Kind.APP else node.name


# ---- boxes ---------------------------------------------------------------------------------------


class _Box(NamedTuple):
    node: Node
    lines: tuple[tuple[str, str], ...]
    """Each with its class."""
    width: float
    height: float


class _Place(NamedTuple):
    left: float
    right: float
    middle: float
    height: float


def _box(graph: Graph, node: Node) -> _Box:
    name = labelled(node.name, node.version, ())
    options = [labelled("", "", (choice,)).strip() for choice in node.choices]
    said = [*options, *_conditions(graph, node)]
    lines = ((visible(name), "name"), *((visible(line), "more") for line in said))
    width = max(cells(line) for line, _ in lines) * LETTER + 2 * PADDING
    return _Box(node, lines, width, len(lines) * LINE + PADDING)


def _conditions(graph: Graph, node: Node) -> list[str]:
    """Under which it is there at all, where one asks for it: each speaks of variants of its own."""
    edges: list[Edge] = [data["edge"] for _, _, data in graph.network.in_edges(node, data=True)]
    conditions = dict.fromkeys(edge.condition for edge in edges)
    return list(conditions) if len({e.parent for e in edges}) == 1 and all(conditions) else []


def _places(layout: Layout, boxes: dict[str, _Box]) -> dict[Slot, _Place]:
    heights = {
        slot: PASSAGE if slot[1] else boxes[slot[0]].height
        for column in layout.columns
        for slot in column
    }
    top = min(layout.middles[slot] - heights[slot] / 2 for slot in heights)
    shift = LINE * 1.8 - top
    places: dict[Slot, _Place] = {}
    left = 0.0
    for column in layout.columns:
        right = left + max((boxes[s[0]].width for s in column if not s[1]), default=0.0)
        for slot in column:
            end = right if slot[1] else left + boxes[slot[0]].width
            places[slot] = _Place(left, end, layout.middles[slot] + shift, heights[slot])
        left = right + CORRIDOR
    return places


def _boxed(box: _Box, place: _Place) -> Iterator[str]:
    node, top = box.node, place.middle - box.height / 2
    yield f'<g class="{node.kind.value}">'
    if node.roles:
        told = f"{node.label}: for {', '.join(node.roles)}"
        yield f"<title>{_escaped(told)}</title>"
    where = f'x="{_px(place.left)}" y="{_px(top)}"'
    yield f'<rect {where} width="{_px(box.width)}" height="{_px(box.height)}" rx="4"/>'
    for number, (line, kind) in enumerate(box.lines):
        yield _text(place.left + PADDING, top + LINE * (number + 1), line, kind)
    yield "</g>"


# ---- lines ---------------------------------------------------------------------------------------


def _line(way: tuple[Slot, ...], places: dict[Slot, _Place], why: list[Edge]) -> Iterator[str]:
    first, *rest = (places[slot] for slot in way)
    end = rest[-1]
    drawn = [f"M{_px(first.right)} {_px(first.middle)}"]
    here = first
    for place in rest:
        reach = place.left - (6 if place is end else 0)
        half = (place.left - here.right) / 2
        drawn.append(
            f"C{_px(here.right + half)} {_px(here.middle)} {_px(reach - half)} "
            f"{_px(place.middle)} {_px(reach)} {_px(place.middle)}"
        )
        if place is not end:
            drawn.append(f"H{_px(place.right)}")
        here = place
    yield f'<g class="{_look(why)}">'
    yield f"<title>{_escaped('; '.join(map(_said, why)))}</title>"
    yield f'<path d="{"".join(drawn)}"/>'
    yield _tip(end.left, end.middle)
    yield "</g>"


def _tip(x: float, y: float) -> str:
    return f'<path class="tip" d="M{_px(x)} {_px(y)}l-8 -4v8z"/>'


def _said(edge: Edge) -> str:
    how = f" as {', '.join(edge.languages)} of {edge.toolchain}" if edge.toolchain else ""
    source = f" from {edge.origin}" if edge.origin else ""
    needs = f"{edge.parent.name} needs {edge.asked} for {', '.join(edge.roles)}"
    return f"{needs}{source}{how} {edge.condition}".rstrip()


def _look(why: Iterable[Edge]) -> str:
    roles = {role for edge in why for role in edge.roles}
    return next(role for role in _DRAWN_AS if role in roles)


# ---- what the looks mean -------------------------------------------------------------------------


def _legend(drawings: list[_Drawing]) -> Iterator[str]:
    roles = frozenset[str]().union(*(each.roles for each in drawings))
    kinds = frozenset[Kind]().union(*(each.kinds for each in drawings)) - {Kind.APP}
    x = 0.0
    for role in (each for each in ROLES if each in roles):
        yield f'<g class="{role}"><path d="M{_px(x)} 8h34"/>{_tip(x + 40, 8)}</g>'
        yield _text(x + 48, 12, role, "more")
        x += 48 + len(role) * LETTER + 24
    x = 0.0
    for kind in (each for each in Kind if each in kinds):
        box = f'<rect x="{_px(x)}" y="24" width="22" height="14" rx="3"/>'
        yield f'<g class="{kind.value}">{box}</g>'
        yield _text(x + 30, 36, _KINDS[kind], "more")
        x += 30 + len(_KINDS[kind]) * LETTER + 24


def _text(x: float, y: float, said: str, kind: str) -> str:
    shown = _escaped(visible(said))
    return f'<text class="{kind}" x="{_px(x)}" y="{_px(y)}">{shown}</text>'


def _escaped(text: str) -> str:
    for letter, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(letter, name)
    return visible(text)


def _px(number: float) -> str:
    """One decimal at most, and no `-0`: the same text for what looks the same."""
    return f"{round(number * 10) / 10 + 0.0:g}" if abs(number) < 1e5 else f"{round(number)}"
