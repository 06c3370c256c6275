"""`envc graph FILE`: what an app depends on, as a tree, a picture or data."""

import argparse
import sys
from typing import TYPE_CHECKING, Any

from envc import exits
from envc.graph import asked, checked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from envc.graph.model import Graph

FORMATS = ("text", "dot", "svg", "json")


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser(
        "graph",
        help="draw what an app depends on",
        description="Draws what an app depends on, for one choice of its variants and one target.",
        epilog="In the tree, (*) marks what was shown above with all that it needs.",
    )
    parser.add_argument("file", metavar="FILE", help="a spec; `-` is standard input")
    asked.add_options(parser)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--format", choices=FORMATS, default="text", help="default: text")
    form.add_argument("--json", action="store_const", const="json", dest="format")
    parser.add_argument(
        "--all", action="store_true", help="every app, choice and target of the matrix"
    )


def run(args: argparse.Namespace) -> int:
    spec = checked.read(args.file)
    if spec is None:
        return exits.DIAGNOSTICS
    try:
        wanted = list(asked.every(spec, args)) if args.all else [asked.one(spec, args)]
    except asked.RefusedError as reason:
        print(f"envc graph: {reason}", file=sys.stderr)
        return exits.USAGE
    graphs, good = checked.graphs(spec, wanted)
    sys.stdout.write(_rendered(graphs, args.format))
    return exits.FINE if good else exits.DIAGNOSTICS


def _rendered(graphs: "Iterable[Graph]", form: str) -> str:
    match form:
        case "dot":
            from envc.graph import as_dot

            return as_dot.render(graphs)
        case "svg":
            from envc.graph import as_svg

            return as_svg.render(graphs)
        case "json":
            from envc.graph import as_json

            return as_json.render(graphs)
        case _:
            from envc.graph import tree

            return "\n".join(map(tree.render, graphs))
