"""`envc submit FILE RUN --site SITE`: hands a run to the scheduler of a site."""

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from envc import exits
from envc.diagnostics.telling import show
from envc.reading import STDIN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from envc.facts.problem import Problem
    from envc.jobs.model import Job
    from envc.plan.model import Plan
    from envc.submit.hand_in import Counter, Ticket
    from envc.submit.record import Entry

NAME = "envc submit"


def add_parser(subparsers: Any) -> None:
    from envc.submit.options import add_patience

    parser = subparsers.add_parser(
        "submit",
        help="hand a run to the scheduler of a site",
        description="Hands a run of a locked spec to the scheduler of a site, on this machine or "
        "over ssh, and first the runs that it comes after. Its scripts and inputs are put into "
        "a folder of its own at the site, and `envc.jobs` beside the lock keeps a record of it.",
        epilog="exit codes: 0 it was handed in, 1 mistakes in the spec, or an input or an image is "
        "missing, 2 wrong usage, 3 the lock is stale or missing, 5 the site or its scheduler does "
        "not answer, or refuses it",
    )
    parser.add_argument("file", metavar="FILE", help="a spec, with its lock beside it")
    parser.add_argument("run", metavar="RUN", help="a run of it; APP/RUN where several have one")
    parser.add_argument("-s", "--site", metavar="SITE", required=True, help="where")
    parser.add_argument(
        "-t",
        "--target",
        metavar="TARGET",
        action="append",
        default=[],
        help="only an image for this CPU target",
    )
    parser.add_argument(
        "-c",
        "--choice",
        metavar="CHOICE",
        action="append",
        default=[],
        help="where an app is built in several ways: the one with this choice",
    )
    parser.add_argument(
        "-a",
        "--after",
        metavar="ID",
        action="append",
        default=[],
        help="only once this job, handed in before, has succeeded",
    )
    parser.add_argument(
        "-n", "--dry-run", action="store_true", help="print what would be handed in, and do nothing"
    )
    parser.add_argument(
        "-o",
        "--out",
        metavar="DIR",
        help="where the images are that `envc build` made (default: envc-out beside the spec)",
    )
    add_patience(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(args: argparse.Namespace) -> int:
    if args.file == STDIN:
        print(f"{NAME}: a lock stands beside a file, and `-` is none", file=sys.stderr)
        return exits.USAGE
    found = _found(args)
    if isinstance(found, int):
        return found
    return _shown(found.jobs, args) if args.dry_run else _handed_in(found, args)


class _Found(NamedTuple):
    jobs: "tuple[Job, ...]"
    plans: "tuple[Plan, ...]"


def _found(args: argparse.Namespace) -> "_Found | int":
    """Or how it ended."""
    from envc.check import Checked, check_path
    from envc.facts.problem import Problem
    from envc.jobs.sites import find
    from envc.library import standard
    from envc.lock.model import Lock
    from envc.plan.make import plans
    from envc.resolve.fresh import fresh
    from envc.submit.choose import Wanted, choose

    checked = check_path(args.file)
    if not isinstance(checked, Checked):
        return show(checked, exits.DIAGNOSTICS)
    if not checked.is_good:
        return show(checked.diagnostics, exits.DIAGNOSTICS)
    lock = fresh(args.file, checked)
    if not isinstance(lock, Lock):
        return show(lock, exits.LOCK_STALE)
    site = find(checked.spec, args.site)
    if isinstance(site, Problem):
        return _say(site, exits.USAGE)
    planned = plans(checked, lock, standard())
    wanted = Wanted(args.run, args.choice, args.target)
    chosen = choose(checked, lock, planned.plans, site, wanted)
    if isinstance(chosen, Problem):
        return _say(chosen, exits.USAGE)
    told = (*planned.diagnostics, *chosen.told)
    if any(each.rule.severity == "error" for each in told):
        return show(told, exits.DIAGNOSTICS)
    if told:
        show(told, exits.FINE)
    return _Found(chosen.jobs, planned.plans)


# ---- handing in ----------------------------------------------------------------------------------


def _handed_in(found: _Found, args: argparse.Namespace) -> int:
    from envc.facts.problem import Problem
    from envc.submit.hand_in import Counter
    from envc.submit.model import client
    from envc.submit.place import Place
    from envc.submit.ready import before, bring_images, tickets
    from envc.submit.record import record

    where = found.jobs[-1].where
    made = tickets(found.jobs, args.file)
    if isinstance(made, Problem):
        return _say(made, exits.DIAGNOSTICS)
    kept = record(os.path.dirname(args.file), create=True)
    if isinstance(kept, Problem):
        return _say(kept, exits.DIAGNOSTICS)
    counter = Counter(kept, Place(where.login), client(where.scheduler), args.patience)
    numbers = before(counter, where.site, args.after)
    if isinstance(numbers, Problem):
        return _say(numbers, exits.USAGE)
    out = args.out or os.path.join(os.path.dirname(args.file), "envc-out")
    lacking = bring_images(found.jobs, found.plans, out, counter, _teller(args))
    if lacking is not None:
        return _say(lacking.problem, lacking.code)
    *first, last = made
    return _all((*first, last._replace(before=numbers)), counter, args)


def _teller(args: argparse.Namespace) -> "Callable[[str], None]":
    def tell(sentence: str) -> None:
        if not args.quiet:
            print(f"{NAME}: {sentence}", file=sys.stderr)

    return tell


def _all(tickets: "Sequence[Ticket]", counter: "Counter", args: argparse.Namespace) -> int:
    """One after the other: the scheduler tells of each what the next one waits for."""
    from envc.facts.problem import Problem
    from envc.submit.hand_in import hand_in

    made: dict[str, Entry] = {}
    for ticket in tickets:
        job = ticket.job
        names = job.after.value if job.after is not None else ()
        numbers = (*(made[name].number for name in names), *ticket.before)
        entry = hand_in(ticket._replace(before=numbers), counter)
        if isinstance(entry, Problem):
            _print(made.values(), args)
            return _say(entry, exits.TOOL_FAILED)
        made[job.run] = entry
    _print(made.values(), args)
    return exits.FINE


# ---- telling -------------------------------------------------------------------------------------


def _shown(jobs: "Sequence[Job]", args: argparse.Namespace) -> int:
    """The files, and the words that would hand them in."""
    from envc.jobs.backend import backend

    if args.json:
        _print_json({"schema": 1, "jobs": [_planned(job) for job in jobs]})
        return exits.FINE
    for job in jobs:
        print(f"# at {job.where.login or 'this machine'}: {_planned(job)['command']}")
        for file in backend(job.where.scheduler).files(job):
            print(f"# {file.path}\n{file.text}", end="")
    return exits.FINE


def _planned(job: "Job") -> dict[str, object]:
    from envc.jobs.backend import backend
    from envc.quoting import sh
    from envc.submit.hand_in import Ticket, order
    from envc.submit.model import client

    files = backend(job.where.scheduler).files(job)
    names = job.after.value if job.after is not None else ()
    ticket = Ticket(job, files, (), tuple(f"ID-OF-{name}" for name in names), job.spec)
    known = client(job.where.scheduler)
    is_here = job.where.scheduler == "local"
    words = ("sh", files[0].path) if is_here else known.hand_in(order("ID", ticket))
    return {
        "run": job.run,
        "site": job.where.site,
        "login": job.where.login,
        "command": sh.words(words),
        "files": {file.path: file.text for file in files},
    }


def _print(entries: "Iterable[Entry]", args: argparse.Namespace) -> None:
    if args.json:
        _print_json({"schema": 1, "jobs": [_document(each) for each in entries]})
        return
    for each in entries:
        # Without a scheduler its number tells nobody anything.
        number = "" if each.number.startswith(each.id) else f", job {each.number}"
        print(each.id if args.quiet else f"{each.id}: {each.run} at {each.site}{number}")


def _document(entry: "Entry") -> dict[str, object]:
    from envc.submit.told import document

    return document(entry)


def _print_json(document: dict[str, object]) -> None:
    import json

    print(json.dumps(document, indent=2, ensure_ascii=False))


def _say(problem: "Problem", code: int) -> int:
    from envc.store.progress import tell

    tell(NAME, problem, sys.stderr)
    return code
