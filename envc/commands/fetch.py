"""`envc fetch`: fills the store with all that a lock needs."""

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from envc import exits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from envc.facts.problem import Problem
    from envc.resolve.afresh import Afresh
    from envc.resolve.needed import Needed
    from envc.store.fetch import Wanted
    from envc.store.objects import Store
    from envc.store.progress import Show


NAME = "envc fetch"


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser(
        "fetch",
        help="fill the store with all that a lock needs",
        description="Brings everything that a lock names into the store, each held against its "
        "size and hash, and the indexes from which `envc lock --offline` chooses again. What is "
        "there already is not asked for.",
        epilog="exit codes: 0 all is there, 1 mistakes in the spec, 2 wrong usage, 3 the lock is "
        "stale or missing, 4 something is missing or is not what was locked",
    )
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="a spec or its lock (default: envc.lock)"
    )
    parser.add_argument("-t", "--target", metavar="TARGET", help="only what this target needs")
    parser.add_argument("--offline", action="store_true", help="ask no place; say what is missing")
    parser.add_argument(
        "--verify", action="store_true", help="read again what is there; bring anew what is damaged"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(args: argparse.Namespace) -> int:
    from envc.resolve.needed import Refused, needed
    from envc.store.objects import standard
    from envc.store.progress import shown, tell

    asked = needed(args.file, args.target, os.environ)
    if isinstance(asked, Refused):
        tell(NAME, asked.problem, sys.stderr)
        return asked.code
    store = standard(os.environ)
    with shown(sys.stderr, NAME, quiet=args.quiet) as show:
        done = _together(_fetched(store, asked, args, show), _bases(store, asked, args, show))
        again = _afresh(store, asked, args, show)
    for problem in dict.fromkeys((*done.missing.values(), *again.lacking)):
        tell(NAME, problem, sys.stderr)
    if args.json:
        _print_json(asked, store, done, again)
    elif not args.quiet:
        print(f"{NAME}: {_summary(done)}", file=sys.stderr)
    return exits.INPUT_CHANGED if done.missing else exits.FINE


class _Done(NamedTuple):
    there: "tuple[Wanted, ...]"
    came: "tuple[Wanted, ...]"
    damaged: "tuple[Wanted, ...]"
    """What was in the store with other bytes, and had to come again."""
    missing: "Mapping[Wanted, Problem]"


def _fetched(store: "Store", asked: "Needed", args: argparse.Namespace, show: "Show") -> _Done:
    from envc.resolve.needed import remake
    from envc.store.fetch import outcomes

    wanted = asked.wanted
    damaged = tuple(each for each in wanted if args.verify and _is_damaged(store, each, show))
    there = tuple(each for each in wanted if store.find(each.digest) is not None)
    unmade = remake(asked, store, offline=args.offline, show=show)
    found = outcomes(store, wanted, offline=args.offline, show=show)
    missing = {
        each: unmade.get(each.digest, found[each.digest]) for each in wanted if each.digest in found
    }
    came = tuple(each for each in wanted if each not in there and each not in missing)
    return _Done(there, came, damaged, missing)


def _bases(store: "Store", asked: "Needed", args: argparse.Namespace, show: "Show") -> _Done:
    """The images that others start from."""
    if not asked.lock.images:
        return _Done((), (), (), {})
    from envc.resolve.bases import World, bases

    world = World(asked.places, store, args.offline, show)
    found = bases(asked.lock, asked.target, world)
    damaged = tuple(each for each in found.there if args.verify and _is_damaged(store, each, show))
    if not damaged:
        return _Done(found.there, found.came, (), found.missing)
    again = bases(asked.lock, asked.target, world)
    there = tuple(each for each in found.there if each not in damaged)
    return _Done(there, (*found.came, *again.came), damaged, again.missing)


def _together(one: _Done, other: _Done) -> _Done:
    return _Done(
        (*one.there, *other.there),
        (*one.came, *other.came),
        (*one.damaged, *other.damaged),
        {**one.missing, **other.missing},
    )


def _afresh(store: "Store", asked: "Needed", args: argparse.Namespace, show: "Show") -> "Afresh":
    from envc.resolve.needed import brought_afresh

    again = brought_afresh(asked, os.environ, store, offline=args.offline, show=show)
    damaged = [each for each in again.wanted if args.verify and _is_damaged(store, each, show)]
    if damaged:
        return brought_afresh(asked, os.environ, store, offline=args.offline, show=show)
    return again


def _is_damaged(store: "Store", wanted: "Wanted", show: "Show") -> bool:
    if store.find(wanted.digest) is None:
        return False
    found = store.verified(wanted.digest, wanted.size)
    if isinstance(found, str):
        return False
    show.tells(f"{wanted.name}: {found.message}")
    return True


def _summary(done: _Done) -> str:
    from envc.diagnostics.text import counted
    from envc.store.amounts import amount

    total = len(done.there) + len(done.came) + len(done.missing)
    size = sum(each.size or 0 for each in done.came)
    came = f"{len(done.came)} came ({amount(size)})" if done.came else "none came"
    missing = f", {len(done.missing)} missing" if done.missing else ""
    there = "1 was" if len(done.there) == 1 else f"{len(done.there)} were"
    return f"{counted(total, 'object')}: {there} there, {came}{missing}"


def _print_json(asked: "Needed", store: "Store", done: _Done, again: "Afresh") -> None:
    import json

    missing = [{**_row(each), "why": why.message} for each, why in done.missing.items()]
    document = {
        "schema": 1,
        "lock": asked.path,
        "store": store.folder,
        "there": [_row(each) for each in done.there],
        "came": [_row(each) for each in done.came],
        "damaged": [_row(each) for each in done.damaged],
        "missing": missing,
        "to_lock_again": [_row(each) for each in again.wanted],
        "lacking_to_lock_again": [each.message for each in again.lacking],
    }
    print(json.dumps(document, indent=2, ensure_ascii=False))


def _row(wanted: "Wanted") -> dict[str, Any]:
    return {"name": wanted.name, "digest": wanted.digest, "size": wanted.size}
