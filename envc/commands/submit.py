"""`envc submit FILE RUN --site SITE`: hands a run to the scheduler of a site."""

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from envc import exits
from envc.reading import STDIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from envc.diagnostics.model import Diagnostic
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
        return _tell(checked, exits.DIAGNOSTICS)
    if not checked.is_good:
        return _tell(checked.diagnostics, exits.DIAGNOSTICS)
    lock = fresh(args.file, checked)
    if not isinstance(lock, Lock):
        return _tell(lock, exits.LOCK_STALE)
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
        return _tell(told, exits.DIAGNOSTICS)
    if told:
        _tell(told, exits.FINE)
    return _Found(chosen.jobs, planned.plans)


# ---- handing in ----------------------------------------------------------------------------------


def _handed_in(found: _Found, args: argparse.Namespace) -> int:
    from envc.facts.problem import Problem
    from envc.submit.hand_in import Counter
    from envc.submit.model import CLIENTS, client
    from envc.submit.place import Place
    from envc.submit.record import record

    where = found.jobs[-1].where
    if where.scheduler not in CLIENTS:
        return _say(_no_client(where.scheduler), exits.USAGE)
    kept = record(os.path.dirname(args.file), create=True)
    if isinstance(kept, Problem):
        return _say(kept, exits.DIAGNOSTICS)
    counter = Counter(kept, Place(where.login), client(where.scheduler), args.patience)
    before = _before(counter, where.site, args)
    if isinstance(before, Problem):
        return _say(before, exits.USAGE)
    tickets = _tickets(found, args)
    if isinstance(tickets, Problem):
        return _say(tickets, exits.DIAGNOSTICS)
    if problem := _images(found, counter, args):
        return _say(problem, exits.TOOL_FAILED if not problem.help else exits.DIAGNOSTICS)
    return _all(tickets, before, counter, args)


def _all(
    tickets: "Sequence[Ticket]",
    before: tuple[str, ...],
    counter: "Counter",
    args: argparse.Namespace,
) -> int:
    """One after the other: the scheduler tells of each what the next one waits for."""
    from envc.facts.problem import Problem
    from envc.submit.hand_in import hand_in

    made: dict[str, Entry] = {}
    for ticket in tickets:
        job = ticket.job
        names = job.after.value if job.after is not None else ()
        numbers = (
            *(made[name].number for name in names),
            *(before if job.run == tickets[-1].job.run else ()),
        )
        entry = hand_in(ticket._replace(before=numbers), counter)
        if isinstance(entry, Problem):
            _print(made.values(), args)
            return _say(entry, exits.TOOL_FAILED)
        made[job.run] = entry
    _print(made.values(), args)
    return exits.FINE


def _tickets(found: _Found, args: argparse.Namespace) -> "list[Ticket] | Problem":
    from envc.facts.problem import Problem
    from envc.jobs.backend import backend
    from envc.submit.bring import inputs
    from envc.submit.hand_in import Ticket

    tickets = []
    for job in found.jobs:
        brought = inputs(job, os.path.dirname(args.file))
        if isinstance(brought, Problem):
            return brought
        files = backend(job.where.scheduler).files(job)
        tickets.append(Ticket(job, files, brought, (), os.path.basename(args.file)))
    return tickets


def _before(counter: "Counter", site: str, args: argparse.Namespace) -> "tuple[str, ...] | Problem":
    """Numbers of the jobs that `--after` names."""
    from envc.facts.problem import Problem
    from envc.jobs.names import title

    known = {each.id: each for each in counter.record.entries()}
    for name in args.after:
        if name not in known or not known[name].number:
            return Problem(f"there is no job `{name}`", "`envc status` lists them")
        if known[name].site != site:
            return Problem(f"job `{name}` is at {known[name].site}, which {site} knows nothing of")
        if not counter.client.waits:
            scheduler = title(known[name].scheduler)
            return Problem(f"no job of {scheduler} can wait for the success of another")
    return tuple(known[name].number for name in args.after)


def _images(found: _Found, counter: "Counter", args: argparse.Namespace) -> "Problem | None":
    from envc.facts.problem import Problem
    from envc.submit import images

    out = args.out or os.path.join(os.path.dirname(args.file), "envc-out")
    looked: set[tuple[object, ...]] = set()
    for job in found.jobs:
        if (job.runtime, job.images) in looked:
            continue
        looked.add((job.runtime, job.images))
        gone = images.missing(job, found.plans, out, counter.place, counter.patience)
        if isinstance(gone, Problem):
            return gone
        if lost := [each for each in gone if not each.built]:
            return images.refusal(lost, job.where.site)
        for each in gone:
            if not args.quiet:
                print(f"{NAME}: bringing {each.built} to {each.path}", file=sys.stderr)
            if problem := images.brought(each, counter.place):
                return problem
    return None


def _no_client(scheduler: str) -> "Problem":
    from envc.facts.problem import Problem
    from envc.jobs.names import title

    return Problem(
        f"envc does not hand jobs to {title(scheduler)} by itself",
        "`envc compile --site` writes them, and the README beside them says how",
    )


# ---- telling -------------------------------------------------------------------------------------


def _shown(jobs: "Sequence[Job]", args: argparse.Namespace) -> int:
    """The files, and the words that would hand them in."""
    from envc.jobs.backend import backend
    from envc.submit.model import CLIENTS

    if jobs[-1].where.scheduler not in CLIENTS:
        return _say(_no_client(jobs[-1].where.scheduler), exits.USAGE)
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


def _tell(told: "Iterable[Diagnostic]", code: int) -> int:
    from envc.diagnostics import text
    from envc.diagnostics.colour import paint_for

    told = tuple(told)
    print(text.render(told, paint_for(sys.stderr, os.environ)), file=sys.stderr)
    print(text.summary(told), file=sys.stderr)
    return code
