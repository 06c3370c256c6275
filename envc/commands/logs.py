"""`envc logs ID`: what a job's program has written, and with `--follow` what it writes."""

import argparse
import sys
import time
from typing import TYPE_CHECKING, Any

from envc import exits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from envc.facts.problem import Problem
    from envc.submit.output import Piece, Read
    from envc.submit.record import Entry, Record

NAME = "envc logs"
_PAUSE = 2.0
"""Seconds between two questions to a site; a fourth of it on this machine."""


def add_parser(subparsers: Any) -> None:
    from envc.submit.options import add_folder, add_patience

    parser = subparsers.add_parser(
        "logs",
        help="what the program of a job has written",
        description="Prints what the program of a job has written so far: of an array, for each "
        "number. A line with the name of its file stands above each text.",
        epilog="exit codes: 0 fine, 1 there is no such job, 2 wrong usage, 5 the site does not "
        "answer",
    )
    parser.add_argument("id", metavar="ID", help="a job, as `envc submit` calls it")
    parser.add_argument("-f", "--follow", action="store_true", help="go on until the job is over")
    add_folder(parser)
    add_patience(parser)


def run(args: argparse.Namespace) -> int:
    from envc.facts.problem import Problem
    from envc.submit.record import record
    from envc.submit.told import ALL, wanted

    kept = record(args.folder, create=False)
    if isinstance(kept, Problem):
        return _say(kept, exits.DIAGNOSTICS)
    found = wanted(kept.entries(), args.id)
    if args.id == ALL or isinstance(found, Problem):
        problem = found if isinstance(found, Problem) else Problem("name one job")
        return _say(problem, exits.DIAGNOSTICS)
    return _told(found[0], kept, args)


def _told(entry: "Entry", kept: "Record", args: argparse.Namespace) -> int:
    from envc.facts.problem import Problem
    from envc.submit.look import look
    from envc.submit.model import OVER, State
    from envc.submit.output import hear
    from envc.submit.place import Place

    place = Place(entry.login)
    read: Read = {}
    shown = ""
    while True:
        # First its state, then its output: what it wrote at its end is not missed.
        (seen,) = look((entry,), kept, Place, args.patience)
        if seen.problem is not None:
            return _say(seen.problem, exits.TOOL_FAILED)
        heard = hear(seen.entry, place, read, args.patience)
        if isinstance(heard, Problem):
            return _say(heard, exits.TOOL_FAILED)
        shown = _print(heard.pieces, shown)
        read = heard.read
        state = State(seen.entry.state)
        if not args.follow or state in {*OVER, State.VANISHED}:
            return exits.FINE
        time.sleep(_PAUSE if entry.login else _PAUSE / 4)


def _print(pieces: "Iterable[Piece]", shown: str) -> str:
    """The file whose text stands last."""
    from envc.submit.output import encoded

    for each in pieces:
        if each.file != shown:
            sys.stdout.buffer.write(f"==> {each.file}\n".encode() if each.file else b"")
        sys.stdout.buffer.write(encoded(each.text))
        shown = each.file
    sys.stdout.buffer.flush()
    return shown


def _say(problem: "Problem", code: int) -> int:
    from envc.store.progress import tell

    tell(NAME, problem, sys.stderr)
    return code
