"""`envc check FILE…`: every mistake of every file, in one go; `--fix` mends what it can."""

import argparse
import os
import sys
from collections.abc import Iterable
from typing import Any, NamedTuple

from envc import exits, reading
from envc.check import check_source
from envc.diagnostics.model import Diagnostic, Severity
from envc.source import Source

ROUNDS = 10
"""A fix may bring out another mistake with a fix; nobody needs more rounds than a few."""


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "check",
        help="say everything that is wrong with specs",
        description="Says everything that is wrong with specs, on standard error.",
        epilog="exit codes: 0 no errors, 1 errors, 2 wrong usage",
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="a spec; `-` is standard input")
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--format",
        choices=("text", "json", "sarif"),
        default="text",
        help="json and sarif go to standard output",
    )
    form.add_argument("--json", action="store_const", const="json", dest="format")
    parser.add_argument("--fix", action="store_true", help="mend in the files what has a fix")


def run(args: argparse.Namespace) -> int:
    paths = list(dict.fromkeys(args.files))
    if args.fix and reading.STDIN in paths:
        print("envc check: --fix needs a file, not standard input", file=sys.stderr)
        return exits.USAGE
    checked = [_mend(path) if args.fix else _check(path) for path in paths]
    told = [each for one in checked for each in one.diagnostics]
    if args.format == "text":
        _print_text(paths, checked, told, quiet=args.quiet)
    else:
        _print_document(told, args.format)
    failed = any(each.rule.severity is Severity.ERROR for each in told)
    return exits.DIAGNOSTICS if failed else exits.FINE


class _File(NamedTuple):
    source: Source | None
    diagnostics: tuple[Diagnostic, ...]
    mended: int = 0


def _check(path: str) -> _File:
    source, told = reading.read(path)
    if source is None:
        return _File(None, told)
    return _File(source, (*told, *check_source(source).diagnostics))


def _mend(path: str) -> _File:
    from envc import writing
    from envc.diagnostics import fixes

    file = _check(path)
    if file.source is None:
        return file
    for _ in range(ROUNDS):
        fixed = fixes.apply(file.source, file.diagnostics)
        if not fixed.applied:
            break
        source = Source(file.source.name, fixed.text)
        told = tuple(check_source(source).diagnostics)
        file = _File(source, told, file.mended + fixed.applied)
    if file.mended and file.source is not None:
        writing.replace(path, file.source.text)
    return file


def _has_fix(diagnostic: Diagnostic, paths: list[str]) -> bool:
    """Whether `--fix` would mend it: a file that is only taken in is not touched."""
    edits = diagnostic.fix
    return bool(edits) and all(edit.source.name in paths for edit in edits)


# ---- what is printed -----------------------------------------------------------------------------


def _print_text(
    paths: list[str], checked: Iterable[_File], told: list[Diagnostic], *, quiet: bool
) -> None:
    from envc.diagnostics import text
    from envc.diagnostics.colour import paint_for
    from envc.diagnostics.screen import visible

    said = [text.render(told, paint_for(sys.stderr, os.environ))] if told else []
    if not quiet:
        only = reading.STDIN_NAME if paths == [reading.STDIN] else visible(paths[0])
        files = only if len(paths) == 1 else f"{len(paths)} files"
        closing = f"{text.summary(told) if told else f'no mistakes in {files}'}\n"
        mended = sum(file.mended for file in checked)
        if mended:
            closing += f"{text.counted(mended, 'mistake')} mended\n"
        elif fixable := sum(_has_fix(each, paths) for each in told):
            closing += f"`envc check --fix` mends {fixable} of {len(told)}\n"
        said.append(closing)
    print("\n".join(said), end="", file=sys.stderr)


def _print_document(told: list[Diagnostic], form: str) -> None:
    from envc.diagnostics import as_json, as_sarif

    print((as_json if form == "json" else as_sarif).render(told), end="")
