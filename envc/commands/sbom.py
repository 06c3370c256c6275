"""`envc sbom FILE`: lists what an image is made from, for programs that watch over software."""

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any

from envc import exits
from envc.diagnostics.telling import show
from envc.reading import STDIN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from envc.check import Checked
    from envc.facts.problem import Problem
    from envc.lock.model import Lock
    from envc.plan.model import Plan

NAME = "envc sbom"


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser(
        "sbom",
        help="list what an image is made from, as CycloneDX or SPDX",
        description="Prints the bill of materials of an image: packages, sources and patches by "
        "their digests, what is in the image told from what it was built with. It is made of the "
        "spec and its lock: nothing has to be built.",
        epilog="exit codes: 0 fine, 1 mistakes in the spec, 2 wrong usage, 3 the lock is stale or "
        "missing",
    )
    parser.add_argument("file", metavar="FILE", help="a spec, with its lock beside it")
    parser.add_argument("-t", "--target", metavar="TARGET", help="only this CPU target")
    parser.add_argument(
        "--from",
        dest="origin",
        metavar="ORIGIN",
        help="of which packages: `debian` or `guix` (default: Debian's where there are some)",
    )
    parser.add_argument(
        "--format",
        choices=("cyclonedx", "spdx"),
        default="cyclonedx",
        help="CycloneDX 1.6 (default) or SPDX 2.3",
    )
    parser.add_argument(
        "-o", "--out", metavar="DIR", help="write a file for each image, in folders as compile's"
    )


def run(args: argparse.Namespace) -> int:
    from envc.check import Checked, check_path

    if args.file == STDIN:
        print(f"{NAME}: a lock stands beside a file, and `-` is none", file=sys.stderr)
        return exits.USAGE
    checked = check_path(args.file)
    if not isinstance(checked, Checked):
        return show(checked, exits.DIAGNOSTICS)
    if not checked.is_good:
        return show(checked.diagnostics, exits.DIAGNOSTICS)
    return _list(checked, args)


def _list(checked: "Checked", args: argparse.Namespace) -> int:
    from envc.evidence.asked import chosen
    from envc.facts.problem import Problem
    from envc.library import standard
    from envc.lock.model import Lock
    from envc.plan.make import plans
    from envc.resolve.fresh import fresh

    lock = fresh(args.file, checked)
    if not isinstance(lock, Lock):
        return show(lock, exits.LOCK_STALE)
    planned = plans(checked, lock, standard())
    if planned.diagnostics:
        return show(planned.diagnostics, exits.DIAGNOSTICS)
    found = chosen(planned.plans, args.target, args.origin, one=args.out is None)
    if isinstance(found, Problem):
        return _say(found)
    texts = {path: _text(plan, lock, args.format) for path, plan in found.items()}
    return _print(texts) if args.out is None else _write(texts, args)


def _text(plan: "Plan", lock: "Lock", form: str) -> str:
    from envc.evidence.cyclonedx import cyclonedx
    from envc.evidence.spdx import spdx

    return cyclonedx(plan, lock) if form == "cyclonedx" else spdx(plan, lock)


def _print(texts: "Mapping[str, str]") -> int:
    for text in texts.values():
        print(text, end="")
    return exits.FINE


def _write(texts: "Mapping[str, str]", args: argparse.Namespace) -> int:
    from envc.diagnostics.text import counted
    from envc.evidence.write import CYCLONEDX, SPDX
    from envc.writing import write

    name = CYCLONEDX if args.format == "cyclonedx" else SPDX
    for folder, text in texts.items():
        os.makedirs(os.path.join(args.out, folder), exist_ok=True)
        write(os.path.join(args.out, folder, name), text)
    if not args.quiet:
        print(f"{args.out}: {counted(len(texts), 'list')}", file=sys.stderr)
    return exits.FINE


def _say(problem: "Problem") -> int:
    from envc.store.progress import tell

    tell(NAME, problem, sys.stderr)
    return exits.USAGE
