"""`envc diff OLD NEW`: what changed between two locks, in words."""

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any

from envc import exits
from envc.facts.problem import Problem

if TYPE_CHECKING:
    from envc.lock.model import Lock
    from envc.lock.words import Change


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "diff",
        help="what changed between two locks, in words",
        description="Says what changed from one lock to another: what was added, removed or moved "
        "to another version, which options changed, which origin moved to which moment.",
        epilog="exit codes: 0 both were read, 1 they differ (with --exit-code), "
        "3 one of them is no lock",
    )
    parser.add_argument(
        "old", metavar="OLD", help="a lock; `HEAD~1:envc.lock` is the one of a commit of git"
    )
    parser.add_argument(
        "new", nargs="?", default="envc.lock", metavar="NEW", help="default: envc.lock"
    )
    parser.add_argument("--exit-code", action="store_true", help="end with 1 where they differ")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(args: argparse.Namespace) -> int:
    from envc.lock.words import changes, told

    old, new = _read(args.old), _read(args.new)
    for name, lock in ((args.old, old), (args.new, new)):
        if isinstance(lock, Problem):
            print(f"envc diff: `{name}`: {lock.message}", file=sys.stderr)
            if lock.help:
                print(f"  {lock.help}", file=sys.stderr)
    if isinstance(old, Problem) or isinstance(new, Problem):
        return exits.LOCK_STALE
    found = list(changes(old, new))
    if args.json:
        _print_json(args, found)
    elif found:
        print("\n".join(told(found)))
    elif not args.quiet:
        print("both locks say the same", file=sys.stderr)
    return exits.DIAGNOSTICS if found and args.exit_code else exits.FINE


def _read(name: str) -> "Lock | Problem":
    from envc.lock.text import read

    text = _text(name)
    return text if isinstance(text, Problem) else read(text)


def _text(name: str) -> str | Problem:
    if ":" in name and not os.path.exists(name):
        return _of_commit(name)
    try:
        with open(name, encoding="utf-8", errors="replace", newline="") as file:
            return file.read()
    except FileNotFoundError:
        return Problem("there is no such file", "`envc lock` writes one")


def _of_commit(name: str) -> str | Problem:
    """What git has under `REVISION:PATH`; the path counts from here, as that of a file does."""
    import subprocess

    revision, _, path = name.partition(":")
    here = path if path.startswith("./") else f"./{path}"
    words = ["git", "show", "--end-of-options", f"{revision}:{here}"]
    try:
        done = subprocess.run(words, capture_output=True, check=False)  # noqa: S603 - no shell
    except FileNotFoundError:
        return Problem("there is no such file, and no git to ask for a commit's")
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        return Problem(f"there is no such file, and git says: {said}")
    return done.stdout.decode(errors="replace")


def _print_json(args: argparse.Namespace, found: "list[Change]") -> None:
    import json

    document = {
        "schema": 1,
        "old": args.old,
        "new": args.new,
        "changes": [
            {
                "block": each.table,
                "change": each.verb,
                "what": each.what,
                "origin": each.origin or None,
                "facts": [fact._asdict() for fact in each.facts],
            }
            for each in found
        ],
    }
    print(json.dumps(document, indent=2, ensure_ascii=False))
