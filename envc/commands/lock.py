"""`envc lock FILE`: writes `envc.lock` beside a spec; `--check` says whether it is still true."""

import argparse
import os
import sys
from typing import Any

from envc import exits
from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Label, Rule
from envc.lock.model import Lock
from envc.reading import STDIN
from envc.source import Source, Span
from envc.spec import Spec

NAME = "envc.lock"
BLOCK = "[[target]]"
START = Span(0, 0)
PARTLY = "locked: compilers and their options for each target; packages and sources not yet\n"


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "lock",
        help="write down what was chosen, so that it stays",
        description="Writes envc.lock beside a spec. So far it holds the compilers and their "
        "options for each target; packages and sources are not locked yet.",
        epilog="exit codes: 0 fine, 1 mistakes in the spec, 3 the lock is stale or missing",
    )
    parser.add_argument("file", metavar="FILE", help="a spec")
    parser.add_argument("--check", action="store_true", help="compare, and write nothing")


def run(args: argparse.Namespace) -> int:
    from envc.check import Checked, check_path

    if args.file == STDIN:
        print("envc lock: a lock stands beside a file, and `-` is none", file=sys.stderr)
        return exits.USAGE
    if found := _overridden():
        return _tell(found, exits.DIAGNOSTICS)
    checked = check_path(args.file)
    if not isinstance(checked, Checked):
        return _tell(checked, exits.DIAGNOSTICS)
    if not checked.is_good:
        return _tell(checked.diagnostics, exits.DIAGNOSTICS)
    path = os.path.join(os.path.dirname(args.file), NAME)
    wanted = _wanted(checked.spec)
    if args.check:
        return _compare(path, wanted, quiet=args.quiet)
    return _write(path, wanted, quiet=args.quiet)


def _overridden() -> tuple[Diagnostic, ...]:
    """archspec's own variables do not reach a lock, and whoever set them should know."""
    from envc.cpu.archspec_json import overrides
    from envc.cpu.findings import overridden

    source = Source("environment", "")
    return tuple(
        Diagnostic(each.rule, each.message, (Label(source, START),), each.notes, each.help)
        for each in overridden(overrides(os.environ))
    )


def _wanted(spec: Spec) -> Lock:
    from envc.check.signatures import signature_of
    from envc.library import standard
    from envc.lock.make import make

    own = {package.name: signature_of(package) for package in reversed(spec.packages)}
    return make(spec, lambda name: own.get(name) or standard().signature(name))


def _write(path: str, wanted: Lock, *, quiet: bool) -> int:
    from envc import writing
    from envc.lock.text import write

    text = write(wanted)
    if not os.path.lexists(path):
        writing.create(path, text)
    elif _text(path) != text:
        writing.replace(path, text)
    if not quiet:
        print(f"{path}: {PARTLY}", end="", file=sys.stderr)
    return exits.FINE


def _compare(path: str, wanted: Lock, *, quiet: bool) -> int:
    from envc.facts.problem import Problem
    from envc.lock import compare
    from envc.lock.text import NewerLock, read

    text = _text(path)
    source = Source(path, text or "")
    if text is None:
        help_ = "write it with `envc lock`"
        told = _diagnostic(rules.LOCK_MISSING, source, f"there is no `{NAME}` here", help_)
        return _tell((told,), exits.LOCK_STALE)
    locked = read(text)
    if isinstance(locked, Problem):
        rule = rules.NEWER_LOCK if isinstance(locked, NewerLock) else rules.NOT_A_LOCK
        return _tell((_diagnostic(rule, source, locked.message, locked.help),), exits.LOCK_STALE)
    stale = tuple(
        _diagnostic(
            rules.LOCK_STALE,
            source,
            each.sentence,
            "bring it up to date with `envc lock`",
            _block(text, each.block),
        )
        for each in compare.differences(locked, wanted)
    )
    if stale:
        return _tell(stale, exits.LOCK_STALE)
    if not quiet:
        print(f"{path} says what the spec says", file=sys.stderr)
    return exits.FINE


def _text(path: str) -> str | None:
    """None where there is no file; bytes that are no text are no lock either."""
    try:
        with open(path, encoding="utf-8", errors="replace", newline="") as file:
            return file.read()
    except FileNotFoundError:
        return None


def _block(text: str, number: int | None) -> Span:
    """Where a target of a lock begins; canonical text has them in their order."""
    if number is None:
        return START
    place = -1
    for _ in range(number + 1):
        place = text.index(BLOCK, place + 1)
    return Span(place, place + len(BLOCK))


def _diagnostic(
    rule: Rule, source: Source, message: str, help_: str, span: Span = START
) -> Diagnostic:
    return Diagnostic(rule, message, (Label(source, span),), help=help_)


def _tell(told: tuple[Diagnostic, ...], code: int) -> int:
    from envc.diagnostics import text
    from envc.diagnostics.colour import paint_for

    print(text.render(told, paint_for(sys.stderr, os.environ)), file=sys.stderr)
    print(text.summary(told), file=sys.stderr)
    return code
