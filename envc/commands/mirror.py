"""`envc mirror`: carries what locks need to where there is no network."""

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any

from envc import exits

if TYPE_CHECKING:
    from envc.facts.problem import Problem
    from envc.store.objects import Store
    from envc.store.progress import Show

NAME = "envc mirror"
_MIRROR = "a folder, on a disk to carry or for a web server"


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser(
        "mirror",
        help="carry what locks need to where there is no network",
        description="Copies what a lock needs between the store and a folder that can be carried "
        "on a disk, or served: ENVC_MIRROR names such folders and their URLs.",
        epilog="exit codes: 0 fine, 1 the store cannot be used, 2 wrong usage, 3 the lock is stale "
        "or missing, 4 something is missing or is not what its name says",
    )
    asked = parser.add_subparsers(
        dest="asked", metavar="export DIR | import DIR | verify [DIR]", required=True
    )
    out = asked.add_parser("export", help="copy what a lock needs from the store to a folder")
    out.add_argument("folder", metavar="DIR", help=_MIRROR)
    out.add_argument(
        "file", nargs="?", metavar="FILE", help="a spec or its lock (default: envc.lock)"
    )
    out.add_argument("-t", "--target", metavar="TARGET", help="only what this target needs")
    into = asked.add_parser("import", help="take a folder's objects into the store")
    into.add_argument("folder", metavar="DIR", help=_MIRROR)
    verify = asked.add_parser("verify", help="read all again, and say what is damaged")
    verify.add_argument("folder", nargs="?", metavar="DIR", help="a mirror (default: the store)")


def run(args: argparse.Namespace) -> int:
    from envc.store.objects import standard
    from envc.store.progress import shown

    store = standard(os.environ)
    if args.asked != "export" and args.folder is not None and not os.path.isdir(args.folder):
        _say(f"{args.folder}: no such folder")
        return exits.USAGE
    with shown(sys.stderr, NAME, quiet=args.quiet) as show:
        match args.asked:
            case "export":
                return _export(store, args, show)
            case "import":
                return _import(store, args, show)
            case _ if args.folder is not None:
                return _verify_mirror(args, show)
            case _:
                return _verify_store(store, args, show)


# ---- export --------------------------------------------------------------------------------------


def _export(store: "Store", args: argparse.Namespace, show: "Show") -> int:
    from envc.diagnostics.text import counted
    from envc.facts.problem import Problem
    from envc.resolve.bases import World, bases
    from envc.resolve.needed import Refused, brought_afresh, needed
    from envc.store import mirror
    from envc.store.amounts import amount

    asked = needed(args.file, args.target, os.environ)
    if isinstance(asked, Refused):
        _tell(asked.problem)
        return asked.code
    again = brought_afresh(asked, os.environ, store, offline=True, show=show)
    for problem in again.lacking:
        _tell(problem)
    images = bases(asked.lock, asked.target, World(asked.places, store, offline=True, show=show))
    wanted = (*asked.wanted, *images.wanted, *again.wanted)
    parts = mirror.to_export(store, wanted, args.folder)
    if isinstance(parts, Problem):
        _tell(parts)
        return exits.INPUT_CHANGED
    if not args.quiet:
        size = sum(part.content.size for part in parts)
        there = len({each.digest for each in wanted}) - len(parts)
        had = f", {counted(there, 'other')} there already" if there else ""
        _say(f"{counted(len(parts), 'object')}, {amount(size)} to copy to {args.folder}{had}")
    problems = mirror.export(store, parts, args.folder, show)
    for problem in problems:
        _tell(problem)
    if not problems and not args.quiet:
        _say(f"`sha256sum -c {mirror.SUMS}` in {args.folder} checks it")
    return exits.INPUT_CHANGED if problems else exits.FINE


# ---- import --------------------------------------------------------------------------------------


def _import(store: "Store", args: argparse.Namespace, show: "Show") -> int:
    from envc.diagnostics.text import counted
    from envc.store import mirror

    if refused := store.refusal():
        _tell(refused)
        return exits.DIAGNOSTICS
    done = mirror.take_in(store, args.folder, show)
    for path in done.strange:
        _say(f"{path} is no object, and stays behind")
    for problem in done.problems:
        _tell(problem)
    if not args.quiet:
        there = "1 was" if len(done.there) == 1 else f"{len(done.there)} were"
        _say(f"{counted(len(done.came), 'object')} came, {there} there")
    return exits.INPUT_CHANGED if done.problems else exits.FINE


# ---- verify --------------------------------------------------------------------------------------


def _verify_mirror(args: argparse.Namespace, show: "Show") -> int:
    from envc.diagnostics.text import counted
    from envc.store import mirror

    found = mirror.listing(args.folder)
    damaged = mirror.damaged(args.folder, show)
    for digest in damaged:
        _say(f"{digest} is damaged in {args.folder}")
    if not args.quiet:
        whole = counted(len(found.objects) - len(damaged), "object")
        _say(f"{whole} in {args.folder} whole, {len(damaged)} damaged")
    return exits.INPUT_CHANGED if damaged else exits.FINE


def _verify_store(store: "Store", args: argparse.Namespace, show: "Show") -> int:
    from envc.diagnostics.text import counted
    from envc.store import mirror

    if refused := store.refusal():
        _tell(refused)
        return exits.DIAGNOSTICS
    objects = mirror.listing(store.folder).objects
    with show.row(f"reading {store.folder}", None):
        damaged = [found for each in objects if (found := store.damage(each)) is not None]
    for problem in damaged:
        _tell(problem)
    if not args.quiet:
        whole = counted(len(objects) - len(damaged), "object")
        _say(f"{whole} in {store.folder} whole, {len(damaged)} damaged")
    return exits.INPUT_CHANGED if damaged else exits.FINE


def _tell(problem: "Problem") -> None:
    from envc.store.progress import tell

    tell(NAME, problem, sys.stderr)


def _say(text: str) -> None:
    from envc.diagnostics.screen import visible

    print(f"{NAME}: {visible(text)}", file=sys.stderr)
