"""`envc why FILE NAME`: every path by which a package is needed."""

import argparse
import sys
from itertools import islice
from typing import TYPE_CHECKING, Any

from envc import exits
from envc.graph import asked, checked

if TYPE_CHECKING:
    from envc.graph.asked import Asked
    from envc.graph.model import Edge, Graph, Node
    from envc.spec import Spec

MOST_PATHS = 100
MOST_CHOICES = 3
"""Of the choices that would bring in what is absent."""
MOST_TRIED = 500


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser(
        "why",
        help="every path by which a package is needed",
        description="Says by which paths an app needs a package, where each step is written, and "
        "on what it depends. Where it is not needed, says which choice would need it.",
    )
    parser.add_argument("file", metavar="FILE", help="a spec; `-` is standard input")
    parser.add_argument("name", metavar="NAME", help="a package")
    asked.add_options(parser)
    parser.add_argument(
        "--most",
        type=int,
        default=MOST_PATHS,
        metavar="N",
        help=f"show so many paths, the shortest first (default: {MOST_PATHS})",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(args: argparse.Namespace) -> int:
    spec = checked.read(args.file)
    if spec is None:
        return exits.DIAGNOSTICS
    try:
        wanted = asked.one(spec, args)
    except asked.RefusedError as reason:
        print(f"envc why: {reason}", file=sys.stderr)
        return exits.USAGE
    (graph,), good = checked.graphs(spec, [wanted])
    node = _named(graph, args.name)
    if node is None:
        return _absent(spec, wanted, graph, args)
    print(_document(graph, node, args.most) if args.json else _text(graph, node, args.most), end="")
    return exits.FINE if good else exits.DIAGNOSTICS


def _named(graph: "Graph", name: str) -> "Node | None":
    return next((node for node in graph.network if node.name == name and node != graph.app), None)


# ---- why it is there -----------------------------------------------------------------------------


def _text(graph: "Graph", node: "Node", most: int) -> str:
    from envc.diagnostics.text import counted
    from envc.graph import why
    from envc.graph.tree import heading

    total = why.count(graph, node)
    roles = ", ".join(node.roles)
    lines = [f"{node.label} is in {heading(graph)} for {roles}, by {counted(total, 'path')}"]
    for path in islice(why.paths(graph, node), max(most, 0)):
        lines += ["", graph.app.label]
        for depth, edges in enumerate(path):
            first, *more = (_step(edge) for edge in edges)
            lines.append(f"{'   ' * depth}└─ {first}")
            lines += [f"{'   ' * depth}   {each}" for each in more]
    if total > most:
        lines += ["", f"… and {counted(total - most, 'more path')}"]
    return "\n".join(lines) + "\n"


def _step(edge: "Edge") -> str:
    from envc.graph.tree import way

    using = f" (chosen at {edge.using})" if edge.using is not None else ""
    return f"{edge.asked}  {way(edge)}  {edge.place}{using}"


def _document(graph: "Graph", node: "Node", most: int) -> str:
    from envc.graph import as_json, why

    return as_json.text(
        {
            **as_json.of_what(graph),
            "package": as_json.node(node),
            "count": why.count(graph, node),
            "paths": [
                [[as_json.edge(edge) for edge in edges] for edges in path]
                for path in islice(why.paths(graph, node), max(most, 0))
            ],
        }
    )


# ---- why it is not -------------------------------------------------------------------------------


def _absent(spec: "Spec", wanted: "Asked", graph: "Graph", args: argparse.Namespace) -> int:
    from envc.facts.words import close
    from envc.graph.tree import heading
    from envc.library import standard

    name = args.name
    known = {each.name for each in graph.network if each != graph.app}
    known |= {each.name for each in spec.packages}
    others, tried = _elsewhere(spec, wanted, name)
    lines = [f"envc why: {heading(graph)} does not need {name}"]
    lines += [f"  needed under: {' '.join(wanted.differences(other))}" for other in others]
    if not others and name not in known and standard().signature(name) is None:
        near = close(name, known) or close(name, standard().names())
        hint = f", did you mean {' or '.join(near)}?" if near else ""
        lines = [f"envc why: there is no package {name}{hint}"]
    elif not others:
        lines.append(f"  nor under {tried} other combinations of choices and target")
    print("\n".join(lines), file=sys.stderr)
    if args.json:
        print(_document_of_absence(graph, name, others), end="")
    return exits.DIAGNOSTICS


def _elsewhere(spec: "Spec", wanted: "Asked", name: str) -> "tuple[list[Asked], int]":
    """The choices and targets that need it, of those that change the least; and how many it saw."""
    from envc.graph.expand import expand
    from envc.library import standard

    found: list[Asked] = []
    tried = 0
    for other in islice(asked.nearest(wanted), MOST_TRIED):
        more = found and len(wanted.differences(other)) > len(wanted.differences(found[0]))
        if more or len(found) == MOST_CHOICES:
            break
        tried += 1
        expanded = expand(other.app, spec, standard(), other.choices, other.target)
        if name in expanded.requests:
            found.append(other)
    return found, tried


def _document_of_absence(graph: "Graph", name: str, others: "list[Asked]") -> str:
    from envc.graph import as_json

    return as_json.text(
        {
            **as_json.of_what(graph),
            "package": None,
            "name": name,
            "count": 0,
            "paths": [],
            "elsewhere": [
                {"choices": dict(sorted(each.choices.items())), "target": each.target}
                for each in others
            ],
        }
    )
