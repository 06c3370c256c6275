"""`envc lock FILE`: writes `envc.lock` beside a spec; `--check` says whether it is still true."""

import argparse
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from envc import exits
from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Label, Rule
from envc.reading import STDIN
from envc.source import Source, Span

if TYPE_CHECKING:
    from envc.check import Checked
    from envc.lock.compare import Difference
    from envc.lock.model import Lock
    from envc.resolve.make import Resolution

NAME = "envc.lock"
START = Span(0, 0)
UNTRUSTED = frozenset({rules.ORIGIN_REFUSED, rules.SOURCE_REFUSED})
"""What is wrong with the world, not with the spec."""


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "lock",
        help="write down what was chosen, to the byte, so that it stays",
        description="Writes envc.lock beside a spec: every package, source and compiler option. "
        "What a lock holds stays until the spec asks for another thing or an upgrade is asked for.",
        epilog="exit codes: 0 fine, 1 mistakes in the spec or no solution, 3 the lock is stale or "
        "missing, 4 an input is not to be had or not what it has to be",
    )
    parser.add_argument("file", metavar="FILE", help="a spec")
    parser.add_argument("--check", action="store_true", help="compare, and write nothing")
    parser.add_argument("--offline", action="store_true", help="use what is in the store alone")
    parser.add_argument(
        "--upgrade",
        metavar="NAME",
        action="append",
        default=[],
        help="move a package of Debian to its newest version, or an app to its source as it is now",
    )
    parser.add_argument(
        "--upgrade-origin",
        metavar="ORIGIN",
        action="append",
        default=[],
        help="move all of an archive or an image to what it is now: debian/trixie",
    )
    parser.add_argument(
        "--allow-expired", action="store_true", help="take a release that is past its date"
    )


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
    return _compare(path, checked, args) if args.check else _lock(path, checked, args)


def _overridden() -> tuple[Diagnostic, ...]:
    """archspec's own variables do not reach a lock, and whoever set them should know."""
    from envc.cpu.archspec_json import overrides
    from envc.cpu.findings import overridden

    source = Source("environment", "")
    return tuple(
        Diagnostic(each.rule, each.message, (Label(source, START),), each.notes, each.help)
        for each in overridden(overrides(os.environ))
    )


# ---- writing -------------------------------------------------------------------------------------


def _lock(path: str, checked: "Checked", args: argparse.Namespace) -> int:
    from envc import writing
    from envc.lock.text import write

    before = _before(path)
    moves = args.upgrade or args.upgrade_origin
    if before is not None and not moves and not _differences(before, checked, args):
        if not args.quiet:
            print(f"{path} says what the spec says", file=sys.stderr)
        return exits.FINE
    found = _resolved(checked, before, args)
    if isinstance(found, int):
        return found
    for note in found.notes:
        print(f"envc lock: {note}", file=sys.stderr)
    if found.diagnostics:
        untrusted = any(each.rule in UNTRUSTED for each in found.diagnostics)
        return _tell(found.diagnostics, exits.INPUT_CHANGED if untrusted else exits.DIAGNOSTICS)
    writing.write(path, write(found.lock))
    if not args.quiet:
        print(f"{path}: {_summary(found.lock)}", file=sys.stderr)
    return exits.FINE


def _before(path: str) -> "Lock | None":
    """What stands there, as far as it can be read: what was chosen once, stays."""
    from envc.lock.model import Lock
    from envc.lock.text import parse

    text = _text(path)
    found = parse(text) if text is not None else None
    return found if isinstance(found, Lock) else None


def _resolved(
    checked: "Checked", before: "Lock | None", args: argparse.Namespace
) -> "Resolution | int":
    from envc.debian.archive import Archive
    from envc.facts.problem import Problem
    from envc.library import standard
    from envc.resolve.make import resolve
    from envc.resolve.origins import Origins, Upgrade
    from envc.sources.asking import World
    from envc.store.objects import standard as store_of
    from envc.store.places import places
    from envc.store.progress import shown

    found = places(os.environ)
    if isinstance(found, Problem):
        return _say(found, exits.USAGE)
    store = store_of(os.environ)
    with shown(sys.stderr, "envc lock", quiet=args.quiet) as show:
        world = World(os.path.dirname(args.file) or os.curdir, store, args.offline, show)
        archive = Archive(store, found, offline=args.offline, show=show)
        upgrade = Upgrade(frozenset(args.upgrade_origin), frozenset(args.upgrade))
        origins = Origins(archive, world, before, upgrade, args.allow_expired)
        return resolve(checked, standard(), origins, before)


def _summary(lock: "Lock") -> str:
    apps = len({each.app for each in lock.requests} | {each.app for each in lock.environments})
    counts = (
        (apps, "app", "apps"),
        (len(lock.debs), "package of Debian", "packages of Debian"),
        (len(lock.items), "of Guix", "of Guix"),
        (len(lock.sources), "source", "sources"),
    )
    said = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
    return "locked " + ", ".join(said)


# ---- comparing -----------------------------------------------------------------------------------


def _compare(path: str, checked: "Checked", args: argparse.Namespace) -> int:
    from envc.facts.problem import Problem
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
    stale = tuple(_stale(source, each) for each in _differences(locked, checked, args))
    if stale:
        return _tell(stale, exits.LOCK_STALE)
    if not args.quiet:
        print(f"{path} says what the spec says", file=sys.stderr)
    return exits.FINE


def _differences(
    locked: "Lock", checked: "Checked", args: argparse.Namespace
) -> "list[Difference]":
    from envc.lock.compare import differences, gaps
    from envc.resolve.beside import changed_in
    from envc.resolve.wanted import wanted

    folder = os.path.dirname(args.file) or os.curdir
    want = wanted(checked, locked, *changed_in(folder))
    return [*differences(locked, want), *gaps(locked)]


def _stale(source: Source, difference: "Difference") -> Diagnostic:
    from envc.lock.text import place_of

    place = place_of(source.text, difference.block) if difference.block is not None else None
    span = Span(*place) if place is not None else START
    help_ = "bring it up to date with `envc lock`"
    return _diagnostic(rules.LOCK_STALE, source, difference.sentence, help_, span)


def _text(path: str) -> str | None:
    """None where there is no file; bytes that are no text are no lock either."""
    try:
        with open(path, encoding="utf-8", errors="replace", newline="") as file:
            return file.read()
    except FileNotFoundError:
        return None


def _diagnostic(
    rule: Rule, source: Source, message: str, help_: str, span: Span = START
) -> Diagnostic:
    return Diagnostic(rule, message, (Label(source, span),), help=help_)


def _say(problem: Any, code: int) -> int:
    print(f"envc lock: {problem.message}", file=sys.stderr)
    if problem.help:
        print(f"  help: {problem.help}", file=sys.stderr)
    return code


def _tell(told: Iterable[Diagnostic], code: int) -> int:
    from envc.diagnostics import text
    from envc.diagnostics.colour import paint_for

    told = tuple(told)
    print(text.render(told, paint_for(sys.stderr, os.environ)), file=sys.stderr)
    print(text.summary(told), file=sys.stderr)
    return code
