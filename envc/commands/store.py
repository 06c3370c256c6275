"""`envc store`: what the store has, and `clean`, which takes out of it what nobody uses."""

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any

from envc import exits

if TYPE_CHECKING:
    from envc.facts.problem import Problem
    from envc.store.objects import Store

NAME = "envc store"
USUAL = "30d"


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser(
        "store",
        help="how much is kept, and how to be rid of it",
        description="Says what is in the store, how much of the disk it takes, and how much of it "
        f"nobody has used for {USUAL}.",
        epilog="exit codes: 0 fine, 1 the store cannot be used, 2 wrong usage, 3 a lock to keep is "
        "stale or missing",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    asked = parser.add_subparsers(dest="asked", metavar="[clean]")
    clean = asked.add_parser(
        "clean",
        help="remove what was not used for long",
        description="Removes what was not used for so long. All of it can be fetched and built "
        "again; what a build at work uses stays.",
    )
    clean.add_argument(
        "--older",
        metavar="TIME",
        default=USUAL,
        help=f"not used for 12h, 90d, 0d (default: {USUAL})",
    )
    clean.add_argument(
        "--keep",
        metavar="FILE",
        action="append",
        default=[],
        help="keep all that this lock, or the lock beside this spec, names; may be given again",
    )
    clean.add_argument("-n", "--dry-run", action="store_true", help="remove nothing, but say what")
    clean.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON document"
    )


def run(args: argparse.Namespace) -> int:
    from envc.store.objects import standard

    store = standard(os.environ)
    if refused := store.refusal():
        _tell(refused)
        return exits.DIAGNOSTICS
    return _clean(store, args) if args.asked else _show(store, args)


# ---- what there is -------------------------------------------------------------------------------


def _show(store: "Store", args: argparse.Namespace) -> int:
    import time

    from envc.cleaning import told
    from envc.cleaning.clean import everything

    before = time.time() - told.SECONDS
    found = everything(store)
    print(told.document(store, found, before) if args.json else told.table(store, found, before))
    return exits.FINE


# ---- clean ---------------------------------------------------------------------------------------


def _clean(store: "Store", args: argparse.Namespace) -> int:
    import time

    from envc.cleaning import clean, told
    from envc.cleaning.keeping import kept
    from envc.facts.problem import Problem
    from envc.resolve.needed import Refused

    age = told.age(args.older)
    if isinstance(age, Problem):
        _tell(age)
        return exits.USAGE
    keep = kept(args.keep, os.environ, store)
    if isinstance(keep, Refused):
        _tell(keep.problem)
        return keep.code
    before = time.time() - age
    found = (clean.unused if args.dry_run else clean.clean)(store, before, keep)
    if isinstance(found, Problem):
        _tell(found)
        return exits.DIAGNOSTICS
    if args.json:
        print(told.removed(store, found, dry_run=args.dry_run))
    elif not args.quiet:
        print(f"{NAME}: {told.sentence(found, dry_run=args.dry_run)}", file=sys.stderr)
    return exits.FINE


def _tell(problem: "Problem") -> None:
    from envc.store.progress import tell

    tell(NAME, problem, sys.stderr)
