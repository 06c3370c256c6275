"""`envc doctor`: what this machine has of all that envc can use."""

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any

from envc import exits

if TYPE_CHECKING:
    from envc.doctor.model import Finding, Group


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser(
        "doctor",
        help="what this machine has of all that envc can use",
        description="Says whether envc can build images here by itself, and which engines, "
        "runtimes, schedulers and tools are here and answer. Of what is missing it names the "
        "command that installs it here.",
        epilog="exit codes: 0 the embedded builder works here, 2 wrong usage, 5 it does not",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(args: argparse.Namespace) -> int:
    from envc.doctor.look import can_build, look

    groups = look(os.environ)
    if args.json:
        _print_json(groups)
    elif not args.quiet:
        from envc.diagnostics.colour import paint_for
        from envc.doctor.page import page

        print(page(groups, paint_for(sys.stdout, os.environ)))
    return exits.FINE if can_build(groups) else exits.TOOL_FAILED


def _print_json(groups: "tuple[Group, ...]") -> None:
    import json

    from envc.doctor.look import can_build

    document = {
        "schema": 1,
        "builds": can_build(groups),
        "groups": [
            {"group": group.name, "findings": [_as_json(each) for each in group.findings]}
            for group in groups
        ],
    }
    print(json.dumps(document, indent=2, ensure_ascii=False))


def _as_json(finding: "Finding") -> dict[str, str]:
    problem = finding.problem
    return {
        "name": finding.name,
        "state": finding.state,
        "version": finding.version,
        "path": finding.path,
        "about": finding.about,
        "message": problem.message if problem else "",
        "help": problem.help if problem else "",
    }
