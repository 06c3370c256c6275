"""`envc forget ID`: removes what jobs that are over have left, at their site and in the record."""

import argparse
import sys
from typing import TYPE_CHECKING, Any

from envc import exits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from envc.facts.problem import Problem
    from envc.submit.forget import Forgotten
    from envc.submit.record import Entry, Record

NAME = "envc forget"


def add_parser(subparsers: Any) -> None:
    from envc.submit.options import add_folder, add_patience, days

    parser = subparsers.add_parser(
        "forget",
        help="remove what jobs that are over have left",
        description="Removes the folders of jobs at their sites, with the output that they left "
        "there, and what the record `envc.jobs` has of them. Only of jobs that are over.",
        epilog="exit codes: 0 they are forgotten, 1 there is no such job, or it is not over, "
        "2 wrong usage, 5 a site or its scheduler does not answer",
    )
    parser.add_argument("id", metavar="ID", nargs="+", help="a job, or `all` that are over")
    parser.add_argument(
        "--older",
        metavar="DAYS",
        type=days,
        help="only those that were handed in longer ago: `30d`, or `8w` for weeks",
    )
    parser.add_argument(
        "-n", "--dry-run", action="store_true", help="print what would be removed, and do nothing"
    )
    add_folder(parser)
    add_patience(parser)


def run(args: argparse.Namespace) -> int:
    from envc.facts.problem import Problem
    from envc.submit.record import record

    kept = record(args.folder, create=False)
    if isinstance(kept, Problem):
        return _say(kept, exits.DIAGNOSTICS)
    chosen = _chosen(kept.entries(), args)
    if isinstance(chosen, Problem):
        return _say(chosen, exits.DIAGNOSTICS)
    return _forgotten(chosen, kept, args)


def _chosen(entries: "Sequence[Entry]", args: argparse.Namespace) -> "list[Entry] | Problem":
    from envc.facts.problem import Problem
    from envc.submit.told import since, wanted

    chosen: dict[str, Entry] = {}
    for name in args.id:
        found = wanted(entries, name)
        if isinstance(found, Problem):
            return found
        chosen |= {each.id: each for each in found}
    if args.older is None:
        return list(chosen.values())
    return [each for each in chosen.values() if since(each) >= args.older]


def _forgotten(chosen: "Sequence[Entry]", kept: "Record", args: argparse.Namespace) -> int:
    from envc.submit.forget import forget, over
    from envc.submit.place import Place
    from envc.submit.told import ALL

    looked = over(chosen, kept, Place, args.patience)
    fit = [each.entry for each in looked if each.problem is None]
    # Of all, those that go on are not meant.
    told = _told([each for each in looked if ALL not in args.id or _is_lost(each)])
    if args.dry_run:
        _show(fit)
        return told
    done = []
    for each in forget(fit, kept, Place, args.patience):
        done.append(each)
        if each.problem is None and not args.quiet:
            print(f"{each.entry.id}: forgotten", file=sys.stderr)
    failed = _told(done)
    return exits.TOOL_FAILED if failed else told


def _told(found: "Sequence[Forgotten]") -> int:
    """Says why some are not forgotten."""
    code = exits.FINE
    for each in found:
        if each.problem is not None:
            told = exits.TOOL_FAILED if _is_lost(each) else exits.DIAGNOSTICS
            code = max(code, _say(each.problem, told))
    return code


def _is_lost(found: "Forgotten") -> bool:
    """Whether nobody answers who knows what has become of it."""
    return found.entry.state == "unknown"


def _show(entries: "Sequence[Entry]") -> None:
    from envc.submit.bring import FOLDER

    for each in entries:
        where = f"{each.login}:" if each.login else ""
        print(f"{each.id}: {each.run} at {each.site}, {where}~/{FOLDER}/{each.id}")


def _say(problem: "Problem", code: int) -> int:
    from envc.store.progress import tell

    tell(NAME, problem, sys.stderr)
    return code
