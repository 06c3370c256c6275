"""`envc selector`: prints the script that picks, on its node, one of the built targets."""

import argparse
import sys
from typing import TYPE_CHECKING, Any

from envc import exits

if TYPE_CHECKING:
    from collections.abc import Iterable


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser(
        "selector",
        help="print the script that picks a target on its node",
        description="Prints a POSIX shell script that chooses, on the node where it runs, the best "
        "of these targets; with `all` it names what the node runs, with `common` it chooses for "
        "all nodes that have answered.",
    )
    parser.add_argument("targets", nargs="+", metavar="TARGET", help="a target that was built")
    parser.add_argument(
        "--prefer",
        action="append",
        default=[],
        metavar="TARGET",
        help="take this one wherever it runs; several, the fastest first",
    )


def run(args: argparse.Namespace) -> int:
    from envc.cpu.selector import NoRuleError, script

    targets, preferred = resolve(args.targets), resolve(args.prefer)
    if targets is None or preferred is None:
        return exits.DIAGNOSTICS
    try:
        text = script(targets, preference=preferred)
    except NoRuleError as reason:
        print(f"envc selector: {reason}", file=sys.stderr)
        return exits.DIAGNOSTICS
    sys.stdout.write(text)
    return exits.FINE


def resolve(written: "Iterable[str]") -> list[str] | None:
    """archspec's names for what was written; None where one of them is no target, which is said."""
    from envc.cpu import findings

    answers = [findings.target(each) for each in written]
    for finding in (each for _, found in answers for each in found):
        print(
            f"envc: {finding.rule.severity}[{finding.rule.code}]: {finding.message}",
            file=sys.stderr,
        )
        if finding.help:
            print(f"  help: {finding.help}", file=sys.stderr)
    names = [resolved.name for resolved, _ in answers if resolved is not None]
    return names if len(names) == len(answers) else None
