"""`envc verify FILE`: builds again under other conditions, and shows what differs and why."""

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from envc import exits
from envc.diagnostics.telling import refuse, show
from envc.reading import STDIN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from envc.build.bench import Bench, Bring
    from envc.build.jobs import Job
    from envc.facts.problem import Problem
    from envc.plan.model import Plan, Words
    from envc.resolve.needed import Needed
    from envc.store.objects import Store
    from envc.store.progress import Show
    from envc.verify.engine import Refused
    from envc.verify.report import ByEngine, FailedIn, Report, Verdict

NAME = "envc verify"
_TOLD = 3
"""Where `envc build` puts images, beside the spec."""


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "verify",
        help="build again under other conditions, and show what differs",
        description="Builds the images of a locked spec in worlds that have nothing in common but "
        "the lock: another day, path, user, host, language, zone, umask, number of processors, "
        "order of files and CPU. All of it has to come out the same to the bit. Of what does not "
        "it names the place, the likely cause and the fix.",
        epilog="exit codes: 0 all is the same, 1 mistakes in the spec, 2 wrong usage, 3 the lock "
        "is stale, missing or not canonical, 4 something that is locked is missing, or a signature "
        "is not good, 5 a step failed, or this machine cannot build, 6 something differs",
    )
    parser.add_argument("file", metavar="FILE", nargs="?", help="a spec, with its lock beside it")
    parser.add_argument(
        "-t", "--target", metavar="TARGET", action="append", default=[], help="only this target"
    )
    parser.add_argument(
        "--rounds",
        metavar="N",
        type=int,
        choices=range(2, 11),
        default=2,
        help="how many builds (default: 2)",
    )
    parser.add_argument(
        "--quick", action="store_true", help="make only anew what is built from sources"
    )
    parser.add_argument(
        "--unprotected",
        action="store_true",
        help="without what envc does against differences: shows what it has to hide",
    )
    parser.add_argument("--signed", action="store_true", help="refuse what is not signed, too")
    parser.add_argument(
        "--challenge",
        nargs=2,
        metavar=("A", "B"),
        help="build nothing: compare what two files of statements say came out",
    )
    parser.add_argument(
        "-e", "--engine", metavar="ENGINE", help="let this program build, such as podman"
    )
    parser.add_argument("--html", metavar="FILE", help="write the report as a page")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--offline", action="store_true", help="fetch nothing")


def run(args: argparse.Namespace) -> int:
    if args.challenge:
        return _challenge(args)
    if args.file is None or args.file == STDIN:
        print(f"{NAME}: name a spec that has its lock beside it", file=sys.stderr)
        return exits.USAGE
    asked = _asked(args)
    return asked if isinstance(asked, int) else _verify(asked, args)


def _challenge(args: argparse.Namespace) -> int:
    from envc.evidence.signatures import signers
    from envc.facts.problem import Problem
    from envc.verify import challenge

    trusted = signers(args.file or args.challenge[0], os.environ) if args.signed else None
    one, other = args.challenge
    found = challenge.between(one, other, trusted)
    if isinstance(found, Problem):
        return _say(found, exits.INPUT_CHANGED if args.signed else exits.DIAGNOSTICS)
    if args.json:
        _print_json(challenge.document(found))
    elif not args.quiet:
        print("\n".join(challenge.lines(found)))
    if found.differing:
        return exits.NOT_REPRODUCIBLE
    if not found.agreed:
        message = f"`{one}` and `{other}` speak of no image made from the same inputs"
        return _say(Problem(message), exits.DIAGNOSTICS)
    return exits.FINE


# ---- what is asked for ---------------------------------------------------------------------------


class _Asked(NamedTuple):
    needed: "Needed"
    jobs: "tuple[Job, ...]"


def _asked(args: argparse.Namespace) -> "_Asked | int":
    """Or how it ended."""
    from envc.build.jobs import jobs
    from envc.facts.problem import Problem
    from envc.plan.asked import Asked, asked

    found = asked(args.file, None, os.environ)
    if not isinstance(found, Asked):
        return refuse(NAME, found)
    every = jobs(found.plans, args.target, found.out, origin="debian")
    if isinstance(every, Problem):
        return _say(every, exits.USAGE)
    return _Asked(found.needed, every)


# ---- building and comparing ----------------------------------------------------------------------


def _verify(asked: _Asked, args: argparse.Namespace) -> int:
    from envc.build.bench import bench
    from envc.build.bringing import bringing
    from envc.facts.problem import Problem
    from envc.store.objects import standard
    from envc.store.progress import shown
    from envc.verify.inputs import signed

    who = signed(asked.needed, (job.folder for job in asked.jobs), os.environ, required=args.signed)
    if isinstance(who, Problem):
        return _say(who, exits.INPUT_CHANGED)
    store = standard(os.environ)
    with shown(sys.stderr, NAME, quiet=args.quiet) as show:
        bring = bringing(asked.needed, store, show, offline=args.offline)
        code = _whole(asked.needed, store, show, bring)
        if code != exits.FINE:
            return code
        with bench(store, show, bring) as there:
            if isinstance(there, Problem):
                return _say(there, exits.TOOL_FAILED)
            report = _report(there, asked, who, args)
    return report if isinstance(report, int) else _reported(report, args)


def _report(
    bench: "Bench", asked: _Asked, who: "Words", args: argparse.Namespace
) -> "Report | int":
    from envc.verify.report import Report

    if args.engine is not None:
        engines = _by_engine(bench, asked, args)
        if isinstance(engines, int):
            return engines
        return Report(args.file, who, (), tuple(engines))
    verdicts = _verdicts(bench, asked, args)
    return verdicts if isinstance(verdicts, int) else Report(args.file, who, tuple(verdicts))


def _whole(needed: "Needed", store: "Store", show: "Show", bring: "Bring") -> int:
    """Every input is read; what is missing is brought."""
    from envc.verify.inputs import damaged

    lacking = damaged(store, needed.wanted)
    problems = tuple(dict.fromkeys(bring(lacking).values())) if lacking else ()
    for problem in problems[:_TOLD]:
        _say(problem, exits.INPUT_CHANGED)
    if len(problems) > _TOLD:
        show.tells(f"and {len(problems) - _TOLD} more are missing")
    return exits.INPUT_CHANGED if problems else exits.FINE


def _verdicts(bench: "Bench", asked: _Asked, args: argparse.Namespace) -> "list[Verdict] | int":
    from envc.build.tools import Tools
    from envc.verify.conditions import machine, worlds
    from envc.verify.rebuild import verify
    from envc.verify.report import Verdict

    beside = os.path.dirname(os.path.abspath(args.html)) if args.html else ""
    found = []
    for job in asked.jobs:
        here = machine(job.plan.architecture, bench.scratch)
        every = worlds(job.plan, here, args.rounds, unprotected=args.unprotected, quick=args.quick)
        made = verify(Tools(bench, job.plan), job, asked.needed.lock, here, every, beside=beside)
        if not isinstance(made, Verdict):
            return _ended(made, job.plan)
        found.append(made)
    return found


def _by_engine(bench: "Bench", asked: _Asked, args: argparse.Namespace) -> "list[ByEngine] | int":
    from envc.build.tools import Tools
    from envc.engines.known import engine
    from envc.facts.problem import Problem
    from envc.verify.engine import verify
    from envc.verify.report import ByEngine

    program = engine(args.engine)
    if isinstance(program, Problem):
        return _say(program, exits.USAGE)
    if program.recipe == "guix" or args.unprotected:
        message = "`--engine` is for what builds from packages of Debian, with envc's care"
        return _say(Problem(message), exits.USAGE)
    found = []
    for job in asked.jobs:
        spec = os.path.basename(args.file)
        made = verify(program, Tools(bench, job.plan), job, spec, args.rounds)
        if not isinstance(made, ByEngine):
            return _ended_elsewhere(made, job.plan)
        found.append(made)
    return found


def _ended_elsewhere(made: "Refused", plan: "Plan") -> int:
    from envc.engines.model import Failed
    from envc.facts.problem import Problem
    from envc.verify.report import FailedIn

    if isinstance(made, Failed):
        print(made.end, file=sys.stderr)
        message = f"{made.engine} ended with {made.code}"
        return _say(Problem(message, f"see {made.log}"), exits.TOOL_FAILED)
    return _ended(made, plan) if isinstance(made, FailedIn | Problem) else show(made)


def _ended(made: "FailedIn | Problem", plan: "Plan") -> int:
    from envc.build.inputs import Missing
    from envc.diagnostics.screen import visible
    from envc.facts.problem import Problem
    from envc.verify.failing import problem

    if isinstance(made, Problem):
        missing = isinstance(made, Missing)
        return _say(made, exits.INPUT_CHANGED if missing else exits.TOOL_FAILED)
    print("\n".join(map(visible, made.failed.log_end.splitlines())), file=sys.stderr)
    return _say(problem(made, plan.name), exits.TOOL_FAILED)


# ---- telling -------------------------------------------------------------------------------------


def _reported(report: "Report", args: argparse.Namespace) -> int:
    from envc import writing
    from envc.verify.document import document
    from envc.verify.text import lines

    if args.json:
        _print_json(document(report))
    elif not args.quiet or not report.is_good:
        print("\n".join(lines(report)))
    if args.html:
        from envc.verify.page import page

        writing.write(args.html, page(report))
    return exits.FINE if report.is_good else exits.NOT_REPRODUCIBLE


def _print_json(document: "Mapping[str, Any]") -> None:
    import json

    print(json.dumps(document, indent=2, ensure_ascii=False))


def _say(problem: "Problem", code: int) -> int:
    from envc.store.progress import tell

    tell(NAME, problem, sys.stderr)
    return code
