"""`envc sign PATH…`: signs locks, images and statements with a key of ssh."""

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any

from envc import exits

if TYPE_CHECKING:
    from envc.evidence.sshsig import Signature
    from envc.facts.problem import Problem

NAME = "envc sign"


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser(
        "sign",
        help="sign a lock, an image or what is said of it, with a key of ssh",
        description="Signs with `ssh-keygen`: a lock byte for byte, an image by its digest. The "
        "signature lies beside, as PATH.sig. Statements of in-toto are sealed instead, into a "
        "file that ends with .intoto.jsonl.",
        epilog="exit codes: 0 fine, 1 there is nothing to sign, 2 wrong usage, 5 `ssh-keygen` is "
        "missing, or does not sign",
    )
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="a spec (its lock is signed), a lock, an image, a file of statements, or a folder "
        "with images as `envc build` writes it",
    )
    parser.add_argument(
        "-k",
        "--key",
        metavar="KEY",
        required=True,
        help="a private key of ssh, or a public one whose other half the agent has",
    )


def run(args: argparse.Namespace) -> int:
    from envc.evidence.signatures import LOCK, Subject
    from envc.evidence.signing import found, sign
    from envc.facts.problem import Problem

    things = found(args.paths)
    if isinstance(things, Problem):
        return _say(things, exits.DIAGNOSTICS)
    for thing in things:
        made = sign(thing, args.key)
        if isinstance(made, Problem):
            return _say(made, exits.TOOL_FAILED)
        if not args.quiet:
            print(f"{thing.signature}: {made.fingerprint} signed {thing.path}", file=sys.stderr)
        if not args.quiet and isinstance(thing, Subject) and thing.namespace == LOCK:
            _introduce(made, thing.path)
    return exits.FINE


def _introduce(made: "Signature", lock: str) -> None:
    """A signature says nothing to whoever does not know the key."""
    from envc.evidence.signatures import line_for, signers

    path = signers(lock, os.environ)
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            known = made.public_key in file.read()
    except OSError:
        known = False
    if not known:
        print(
            f"{path} does not have this key yet; who trusts it adds the line:\n{line_for(made)}",
            file=sys.stderr,
        )


def _say(problem: "Problem", code: int) -> int:
    from envc.store.progress import tell

    tell(NAME, problem, sys.stderr)
    return code
