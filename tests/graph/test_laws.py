"""Laws of graphs, on generated specs."""

import json
from collections.abc import Iterable
from itertools import pairwise, product
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
from hypothesis import assume, given
from hypothesis import strategies as st

from envc.check import check_source
from envc.diagnostics.model import Diagnostic
from envc.graph import as_dot, as_json, as_svg, graph, roles, tree, why
from envc.graph.cycles import acyclic
from envc.graph.layers import lay_out
from envc.graph.model import Graph, Kind, Node
from envc.library import Nothing
from envc.source import Source
from envc.spec import Recipe, Spec

Block = tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""How it opens, its needs, its other lines, and its provider."""

CHOICES = ("", "", " +v", " ~v")
CONDITIONS = ("", "", " when v", " when not v", " on has avx2", " when v on x86_64_v2")
ROLES = ("", "", " for build", " for run", " for test", " for build, run")
VERSIONS = ("", "", "@1.2:", "@:2", "@1")


class NoLibrary:
    def names(self) -> tuple[str, ...]:
        return ()

    def signature(self, name: str) -> None:
        del name

    def package(self, name: str) -> None:
        del name


@st.composite
def specs(draw: st.DrawFn, *, cyclic: bool = False) -> list[Block]:
    """An app `a` and packages that need later ones, or any where cycles are wanted."""
    count = draw(st.integers(1, 6))
    blocks: list[Block] = []
    for number in range(-1, count):
        others = range(count) if cyclic else range(number + 1, count)
        needs = draw(st.lists(_needs(others), max_size=4, unique=True)) if others else []
        opening = "app a@1" if number < 0 else f"package p{number}"
        more = () if number < 0 else ("version 1.1, 1.3, 2.0", "provider debian { it }")
        blocks.append((opening, tuple(needs), ("variant v default no",), more))
    return blocks


def _needs(others: Iterable[int]) -> st.SearchStrategy[str]:
    names = [f"p{other}" for other in others]
    parts = (names, VERSIONS, CHOICES, ROLES, CONDITIONS)
    return st.tuples(*map(st.sampled_from, parts)).map("".join)


def written(blocks: Iterable[Block]) -> Spec:
    texts = [
        "\n".join([f"{opening} {{", *more, "needs {", *needs, "}", *last, "}"])
        for opening, needs, more, last in blocks
    ]
    text = "\n\n".join(["envc 1", *texts, ""])
    return check_source(Source("a.envc", text), NoLibrary(), Nothing()).spec


def graphed(blocks: Iterable[Block], v: str = "no") -> tuple[Graph, list[Diagnostic]]:
    spec = written(blocks)
    return graph(spec.apps[0], spec, NoLibrary(), {"v": v}, "x86_64_v3")


def settled(told: list[Diagnostic]) -> bool:
    return not any("depends on its variants" in each.message for each in told)


@given(specs(cyclic=True), st.randoms(use_true_random=False))
def test_order_in_the_file_changes_nothing(blocks: list[Block], random: Any) -> None:
    shuffled = [
        (opening, tuple(random.sample(needs, len(needs))), more, last)
        for opening, needs, more, last in random.sample(blocks, len(blocks))
    ]
    one, other = graphed(blocks)[0], graphed(shuffled)[0]
    assert _without_places(one) == _without_places(other)
    for render in (tree.render, lambda each: as_dot.render([each]), lambda e: as_svg.render([e])):
        assert render(one) == render(other)


def _without_places(drawn: Graph) -> Any:
    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: bare(each) for key, each in value.items() if key not in ("place", "using")}
        return [bare(each) for each in value] if isinstance(value, list) else value

    return bare(json.loads(as_json.render([drawn])))


@given(specs(cyclic=True), st.sampled_from(["yes", "no"]))
def test_edges_are_the_needs_that_hold_and_no_others(blocks: list[Block], v: str) -> None:
    spec = written(blocks)
    drawn, told = graph(spec.apps[0], spec, NoLibrary(), {"v": v}, "x86_64_v3")
    assume(settled(told))
    recipes: dict[str, Recipe] = {each.name: each for each in (*spec.packages, *spec.apps)}
    for node in drawn.network:
        chosen = {**dict(node.defaults), **dict(node.choices)}
        holding = [
            want.place
            for want in recipes[node.name].wants
            if want.guard.holds(chosen, drawn.target)
        ]
        edges = [edge for _, edges in drawn.below(node) for edge in edges]
        assert sorted(edge.place.span for edge in edges) == sorted(p.span for p in holding)
        assert node == drawn.app or nx.has_path(drawn.network, drawn.app, node)


@given(specs())
def test_paths_are_all_paths(blocks: list[Block]) -> None:
    drawn, _ = graphed(blocks)
    plain = acyclic(drawn)
    for node in list(drawn.network)[1:]:
        found = [_nodes(path) for path in why.paths(drawn, node)]
        expected = [tuple(path) for path in nx.all_simple_paths(plain, drawn.app, node)]
        assert sorted(map(_names, found)) == sorted(map(_names, expected))
        assert [len(path) for path in found] == sorted(len(path) for path in found)
        assert why.count(drawn, node) == len(found)


def _nodes(path: why.Path) -> tuple[Node, ...]:
    return (path[0][0].parent, *(edges[0].child for edges in path))


def _names(nodes: Iterable[Node]) -> list[str]:
    return [node.name for node in nodes]


@given(specs())
def test_roles_are_those_of_the_paths(blocks: list[Block]) -> None:
    drawn, _ = graphed(blocks)
    for node in list(drawn.network)[1:]:
        ways = [
            _composed([edge.roles for edge in way])
            for path in why.paths(drawn, node)
            for way in product(*path)
        ]
        together = {role for way in ways for role in way}
        if "link" in together:
            together.discard("build")
        assert set(node.roles) == together


def _composed(steps: list[tuple[str, ...]]) -> frozenset[str]:
    through = frozenset(steps[0])
    for step in steps[1:]:
        through = roles._through(through, step)
    return through


@given(specs(cyclic=True))
def test_every_cycle_is_told(blocks: list[Block]) -> None:
    drawn, told = graphed(blocks)
    hard: nx.DiGraph[Node] = nx.DiGraph()
    hard.add_edges_from((e.parent, e.child) for e in drawn.edges() if e.roles != ("test",))
    cyclic = any(each.rule.code == "E0305" for each in told)
    assert cyclic != nx.is_directed_acyclic_graph(hard)
    assert nx.is_directed_acyclic_graph(acyclic(drawn))


@given(specs(cyclic=True))
def test_boxes_do_not_touch(blocks: list[Block]) -> None:
    drawn, _ = graphed(blocks)
    root = ET.fromstring(as_svg.render([drawn]))
    boxes = [
        (float(r.attrib["x"]), float(r.attrib["y"]), float(r.attrib["height"]))
        for r in root.iter("{http://www.w3.org/2000/svg}rect")
        if float(r.attrib["height"]) > 14
    ]
    assert len(boxes) == len(drawn.network)
    for (x, y, height), (other_x, other_y, _) in pairwise(sorted(boxes)):
        assert x != other_x or y + height < other_y


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=20), st.integers(5, 40))
def test_slots_of_a_column_keep_their_distance(pairs: list[tuple[int, int]], height: int) -> None:
    plain: nx.DiGraph[str] = nx.DiGraph()
    plain.add_node("0")
    plain.add_edges_from((str(min(p)), str(max(p))) for p in pairs if p[0] != p[1])
    layout = lay_out(plain, lambda _: height, 6.0, 10.0)
    for column in layout.columns:
        for upper, lower in pairwise(column):
            least = sum((6.0 if slot[1] else height) + 10.0 for slot in (upper, lower)) / 2
            assert layout.middles[lower] - layout.middles[upper] >= least - 1e-6


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


@given(TEXT, TEXT)
def test_no_text_breaks_out(name: str, option: str) -> None:
    network: nx.MultiDiGraph[Node] = nx.MultiDiGraph()
    app = Node(Kind.APP, name, "1", ((option, "x"),), (), (), None)
    network.add_node(app)
    drawn = Graph(app, name, network)
    root = ET.fromstring(as_svg.render([drawn]))
    assert len(list(root.iter("{http://www.w3.org/2000/svg}text"))) == 3
    assert json.loads(as_json.render([drawn]))["graphs"][0]["app"]["name"] == name
    dot = as_dot.render([drawn])
    assert dot.replace("\\\\", "").replace('\\"', "").count('"') % 2 == 0
