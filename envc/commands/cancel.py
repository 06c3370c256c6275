"""`envc cancel ID`: asks a job to end."""

import argparse
import sys
from typing import TYPE_CHECKING, Any

from envc import exits

if TYPE_CHECKING:
    from envc.facts.problem import Problem
    from envc.submit.record import Entry, Record

NAME = "envc cancel"


def add_parser(subparsers: Any) -> None:
    from envc.submit.options import add_folder, add_patience

    parser = subparsers.add_parser(
        "cancel",
        help="end a job that was handed in",
        description="Asks the scheduler of a job to end it, whether it waits or runs.",
        epilog="exit codes: 0 it was asked to end, 1 there is no such job, or it is over already, "
        "2 wrong usage, 5 the site or its scheduler does not answer",
    )
    parser.add_argument("id", metavar="ID", help="a job, or `all`")
    add_folder(parser)
    add_patience(parser)


def run(args: argparse.Namespace) -> int:
    from envc.facts.problem import Problem
    from envc.submit.model import OVER, State
    from envc.submit.record import record
    from envc.submit.told import ALL, wanted

    kept = record(args.folder, create=False)
    if isinstance(kept, Problem):
        return _say(kept, exits.DIAGNOSTICS)
    found = wanted(kept.entries(), args.id)
    if isinstance(found, Problem):
        return _say(found, exits.DIAGNOSTICS)
    if args.id == ALL:
        found = tuple(each for each in found if State(each.state) not in OVER)
    return max((_cancelled(each, kept, args) for each in found), default=exits.FINE)


def _cancelled(entry: "Entry", kept: "Record", args: argparse.Namespace) -> int:
    from envc.facts.problem import Problem
    from envc.submit.end import Over, end

    ended = end(entry, kept, args.patience)
    if isinstance(ended, Problem):
        return _say(ended, exits.TOOL_FAILED)
    if isinstance(ended, Over):
        over = Problem(f"job `{entry.id}` is over already: it is {ended.entry.state}")
        return _say(over, exits.DIAGNOSTICS)
    if not args.quiet:
        print(f"{entry.id}: asked to end", file=sys.stderr)
    return exits.FINE


def _say(problem: "Problem", code: int) -> int:
    from envc.store.progress import tell

    tell(NAME, problem, sys.stderr)
    return code
