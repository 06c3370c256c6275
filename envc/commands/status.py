"""`envc status [ID]`: what has become of the jobs that were handed in."""

import argparse
import sys
from typing import TYPE_CHECKING, Any

from envc import exits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from envc.facts.problem import Problem
    from envc.submit.look import Seen

NAME = "envc status"


def add_parser(subparsers: Any) -> None:
    from envc.submit.options import add_folder, add_patience

    parser = subparsers.add_parser(
        "status",
        help="what has become of jobs that were handed in",
        description="Asks the schedulers of the record `envc.jobs` what has become of its jobs. "
        "A job is waiting, running, done, failed, cancelled or timed out; vanished where its "
        "scheduler does not know it, and unknown where nobody answers.",
        epilog="exit codes: 0 fine, 1 there is no such job or no record, 2 wrong usage, 5 a site "
        "or its scheduler does not answer",
    )
    parser.add_argument("id", metavar="ID", nargs="?", default="all", help="a job; else all")
    add_folder(parser)
    add_patience(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(args: argparse.Namespace) -> int:
    from envc.facts.problem import Problem
    from envc.submit.look import look
    from envc.submit.place import Place
    from envc.submit.record import record
    from envc.submit.told import wanted

    kept = record(args.folder, create=False)
    if isinstance(kept, Problem):
        return _say(kept, exits.DIAGNOSTICS)
    entries = wanted(kept.entries(), args.id)
    if isinstance(entries, Problem):
        return _say(entries, exits.DIAGNOSTICS)
    seen = look(entries, kept, Place, args.patience)
    _print(seen, args)
    problems = dict.fromkeys(each.problem for each in seen if each.problem is not None)
    for problem in problems:
        _say(problem, exits.TOOL_FAILED)
    return exits.TOOL_FAILED if problems else exits.FINE


def _print(seen: "Sequence[Seen]", args: argparse.Namespace) -> None:
    import json

    from envc.submit.told import document, table

    entries = [each.entry for each in seen]
    if args.json:
        found = {"schema": 1, "jobs": [document(each) for each in entries]}
        print(json.dumps(found, indent=2, ensure_ascii=False))
    elif entries:
        print(table(entries), end="")
    elif not args.quiet:
        print(f"{NAME}: no job was handed in from here", file=sys.stderr)


def _say(problem: "Problem", code: int) -> int:
    from envc.store.progress import tell

    tell(NAME, problem, sys.stderr)
    return code
