"""`envc lock FILE`: writes `envc.lock` beside a spec; `--check` says whether it is still true.

git calls it with `--merge` where two branches changed a lock.
"""

import argparse
import os
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

from envc import exits
from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Label
from envc.diagnostics.telling import show
from envc.reading import STDIN
from envc.source import Source, Span

if TYPE_CHECKING:
    from envc.check import Checked
    from envc.facts.problem import Problem
    from envc.lock.model import Lock
    from envc.resolve.make import Resolution
    from envc.resolve.origins import Origins
    from envc.store.progress import Show

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
    parser.add_argument("file", nargs="?", metavar="FILE", help="a spec")
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
        help="move all of an archive or an image to what it is now: debian/trixie; "
        "guix=COMMIT takes Guix at another commit, and asks a Guix that is installed here",
    )
    parser.add_argument(
        "--allow-expired", action="store_true", help="take a release that is past its date"
    )
    parser.add_argument(
        "--merge",
        nargs=3,
        metavar=("BASE", "OURS", "THEIRS"),
        help="merge three locks into the second one, as git asks for it; no FILE then",
    )


def run(args: argparse.Namespace) -> int:
    from envc.check import Checked, check_path
    from envc.resolve.fresh import beside

    if args.merge:
        return _merge(args)
    if args.file in (None, STDIN):
        said = "FILE is missing" if args.file is None else "a lock stands beside a file, not `-`"
        return _refused(said)
    if found := _overridden():
        return show(found, exits.DIAGNOSTICS)
    checked = check_path(args.file)
    if not isinstance(checked, Checked):
        return show(checked, exits.DIAGNOSTICS)
    if not checked.is_good:
        return show(checked.diagnostics, exits.DIAGNOSTICS)
    path = beside(args.file)
    return _compare(path, checked, args) if args.check else _lock(path, checked, args)


def _merge(args: argparse.Namespace) -> int:
    from envc.lock import driver

    if args.file is not None:
        return _refused(f"--merge takes three locks, and `{args.file}` is one word too many")
    return driver.run(*args.merge)


def _refused(said: str) -> int:
    print(f"envc lock: {said}\n  see `envc lock --help`", file=sys.stderr)
    return exits.USAGE


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
    from envc.lock.model import Lock
    from envc.lock.text import write
    from envc.resolve.fresh import fresh, readable

    moves = args.upgrade or args.upgrade_origin
    if not moves and isinstance(fresh(args.file, checked), Lock):
        if not args.quiet:
            print(f"{path} says what the spec says", file=sys.stderr)
        return exits.FINE
    before = readable(args.file)
    if (unknown := _unknown(before, args)) is not None:
        return _refused(unknown)
    found = _resolved(checked, before, args)
    if isinstance(found, int):
        return found
    for note in found.notes:
        print(f"envc lock: {note}", file=sys.stderr)
    if found.diagnostics:
        untrusted = any(each.rule in UNTRUSTED for each in found.diagnostics)
        return show(found.diagnostics, exits.INPUT_CHANGED if untrusted else exits.DIAGNOSTICS)
    writing.write(path, write(found.lock))
    if not args.quiet:
        print(f"{path}: {_summary(found.lock)}", file=sys.stderr)
    return exits.FINE


def _unknown(before: "Lock | None", args: argparse.Namespace) -> str | None:
    """What is to move, and is not in the lock."""
    from envc.facts.words import close, listed
    from envc.resolve.origins import movable

    if not args.upgrade and not args.upgrade_origin:
        return None
    if before is None:
        return "there is no lock yet of which something could move"
    known = movable(before)
    origins = [each.partition("=")[0] for each in args.upgrade_origin]
    for name, among in [(o, known.origins) for o in origins] + [
        (name, known.names) for name in args.upgrade
    ]:
        if name not in among:
            near = close(name, among)
            hint = f"; did you mean {listed(near)}?" if near else ""
            return f"the lock holds no `{name}`{hint}"
    return None


def _resolved(
    checked: "Checked", before: "Lock | None", args: argparse.Namespace
) -> "Resolution | int":
    from envc.facts.problem import Problem
    from envc.library import standard
    from envc.resolve.make import resolve
    from envc.store.progress import shown, tell
    from envc.store.trouble import NotStoredError

    try:
        with shown(sys.stderr, "envc lock", quiet=args.quiet) as show:
            origins = _origins(checked, before, args, show)
            if not isinstance(origins, Problem):
                return resolve(checked, standard(), origins, before)
    except NotStoredError as error:
        tell("envc lock", error.problem, sys.stderr)
        return exits.INPUT_CHANGED
    tell("envc lock", origins, sys.stderr)
    return exits.USAGE


def _origins(
    checked: "Checked", before: "Lock | None", args: argparse.Namespace, show: "Show"
) -> "Origins | Problem":
    """As the environment names them."""
    from envc import library
    from envc.debian import keyring
    from envc.debian.archive import Archive
    from envc.facts.problem import Problem
    from envc.resolve.asked_of_guix import question
    from envc.resolve.origins import Origins, Upgrade
    from envc.sources.asking import World
    from envc.sources.pypi.index import indexes
    from envc.store.objects import standard
    from envc.store.places import places

    found, keys = places(os.environ), keyring.trusted(os.environ)
    if isinstance(found, Problem):
        return found
    if isinstance(keys, Problem):
        return keys
    store = standard(os.environ)
    world = World(os.path.dirname(args.file) or os.curdir, store, args.offline, show)
    archive = Archive(store, found, keyring=keys, offline=args.offline, show=show)
    moves = dict(each.partition("=")[::2] for each in args.upgrade_origin)
    upgrade = Upgrade(frozenset(moves), frozenset(args.upgrade), guix=moves.get("guix", ""))
    ask = partial(question, checked.spec, library.standard())
    pypi = indexes(os.environ)
    return Origins(archive, world, ask, before, upgrade, args.allow_expired, pypi)


def _summary(lock: "Lock") -> str:
    apps = len({each.app for each in lock.requests} | {each.app for each in lock.environments})
    counts = (
        (apps, "app", "apps"),
        (len(lock.debs), "package of Debian", "packages of Debian"),
        (len(lock.items), "package of Guix", "packages of Guix"),
        (len(lock.wheels), "wheel", "wheels"),
        (len(lock.sources), "source", "sources"),
    )
    said = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
    return "locked " + ", ".join(said)


# ---- comparing -----------------------------------------------------------------------------------


def _compare(path: str, checked: "Checked", args: argparse.Namespace) -> int:
    from envc.lock.model import Lock
    from envc.resolve.fresh import fresh

    found = fresh(args.file, checked)
    if not isinstance(found, Lock):
        return show(found, exits.LOCK_STALE)
    if not args.quiet:
        print(f"{path} says what the spec says", file=sys.stderr)
    return exits.FINE
