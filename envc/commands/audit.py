"""`envc audit`: do built files keep to the instructions of their target?"""

import argparse
import json
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from envc import exits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from envc.cpu.audit import Report
    from envc.cpu.audit.allow import Allowance


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser(
        "audit",
        help="find instructions beyond a target in built files",
        description="Scans ELF files and folders of them for instructions that the target's CPUs "
        "may lack and for records of -march=native. Code that asks the CPU first is allowed: by "
        "ifunc, by the built-in list of libraries, or by --allow.",
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file or a folder")
    parser.add_argument("-t", "--target", required=True, metavar="TARGET", help="built for this")
    parser.add_argument(
        "--allow",
        action="append",
        default=[],
        metavar="FILE[:FUNCTION]=REASON",
        help="a file, or a function in it, that asks the CPU first; shell patterns",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(args: argparse.Namespace) -> int:
    from envc.commands.selector import resolve
    from envc.cpu.audit import NotAuditedError, audit
    from envc.cpu.audit.model import ToolMissingError

    targets, allowances = resolve([args.target]), _allowances(args.allow)
    if targets is None:
        return exits.DIAGNOSTICS
    if allowances is None or not _all_exist(args.paths):
        return exits.USAGE
    try:
        report = audit(args.paths, targets[0], allowances)
    except NotAuditedError as problem:
        _say(str(problem))
        return exits.DIAGNOSTICS
    except ToolMissingError as problem:
        _say(str(problem))
        return exits.TOOL_FAILED
    if args.json:
        print(json.dumps(asdict(report), indent=2, ensure_ascii=False))
    else:
        _print(report)
    return exits.DIAGNOSTICS if report.findings else exits.FINE


def _allowances(texts: "Iterable[str]") -> "list[Allowance] | None":
    from envc.cpu.audit.allow import NoReasonError, parse

    try:
        return [parse(each) for each in texts]
    except NoReasonError as problem:
        _say(str(problem))
        return None


def _all_exist(paths: "Iterable[str]") -> bool:
    missing = [each for each in paths if not Path(each).exists()]
    for each in missing:
        _say(f"{each}: no such file or folder")
    return not missing


def _print(report: "Report") -> None:
    for each in report.findings:
        more = f" and {each.count - 1} more" if each.count > 1 else ""
        print(f"{each.file}: {each.place}: {each.feature} is beyond {each.target}")
        print(f"  0x{each.address:x}: {each.instruction}{more}")
    for skipped in report.skipped:
        _say(f"{skipped.file}: not judged: {skipped.reason}")
    reasons = Counter((each.finding.file, each.reason) for each in report.allowed)
    for (file, reason), count in sorted(reasons.items()):
        _say(f"{file}: {count} allowed: {reason}")
    _say(
        f"{report.files} ELF files, {len(report.findings)} findings beyond {report.target}, "
        f"{len(report.allowed)} allowed, {len(report.skipped)} not judged"
    )


def _say(text: str) -> None:
    print(f"envc audit: {text}", file=sys.stderr)
