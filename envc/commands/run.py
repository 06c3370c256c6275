"""`envc run FILE [RUN] [-- WORDS...]`: starts a run of a spec on this machine."""

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from envc import exits
from envc.diagnostics.telling import refuse, show
from envc.reading import STDIN

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from envc.facts.problem import Problem
    from envc.jobs.model import Job, Words
    from envc.plan.asked import Asked
    from envc.run.here import Here

NAME = "envc run"
TAKES_WORDS = True
OUT = "envc-out"
"""Beside the spec, where `envc build` puts images."""


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "run",
        help="start a run of a spec on this machine",
        usage="envc run [options] FILE [RUN] [-- WORD ...]",
        description="Starts a run of an app in the image that `envc build` made of it for the best "
        "target that this machine's CPU runs, by a container runtime that is here, or by envc "
        "itself. Runs that it waits for are started first. Words behind `--` are more arguments "
        "of the run; without a run they are a program of the image.",
        epilog="exit codes: that of the program; or 1 mistakes in the spec, 2 wrong usage, 3 the "
        "lock is stale or missing, 5 there is no image or no runtime for it, 66 an input is "
        "missing, 125 the runtime could not start anything",
    )
    parser.add_argument("file", metavar="FILE", help="a spec, with its lock beside it")
    parser.add_argument(
        "run", metavar="RUN", nargs="?", help="of the spec; its only one if left out"
    )
    parser.add_argument("-a", "--app", metavar="APP", help="where the spec has several")
    parser.add_argument(
        "-r", "--runtime", metavar="NAME", help="what starts it, such as podman or embedded"
    )
    parser.add_argument("-t", "--target", metavar="TARGET", help="the image of this CPU target")
    parser.add_argument(
        "-o", "--out", metavar="DIR", help=f"where images are (default: {OUT} beside the spec)"
    )
    parser.add_argument("--build", action="store_true", help="make the image if it is not there")
    parser.add_argument("-n", "--dry-run", action="store_true", help="print what would be started")
    parser.add_argument("--json", action="store_true", help="with --dry-run: one JSON document")


def run(args: argparse.Namespace) -> int:
    from envc.plan.asked import Asked, asked

    if args.file == STDIN:
        return _wrong("a lock stands beside a file, and `-` is none")
    if args.json and not args.dry_run:
        return _wrong("`--json` goes with `--dry-run`: otherwise a program prints what it prints")
    found = asked(args.file, args.out, os.environ)
    if not isinstance(found, Asked):
        return refuse(NAME, found)
    jobs = _jobs(found, args)
    if isinstance(jobs, int):
        return jobs
    ready: list[_Ready] = []
    for each in jobs:
        image = _image(found, each.job, args)
        if isinstance(image, int):
            return image
        ready.append(_Ready(each.job, each.ignored, image))
    if args.dry_run:
        _show(ready, args)
        return exits.FINE
    return _start(ready, args)


# ---- what is asked for ---------------------------------------------------------------------------


def _jobs(asked: "Asked", args: argparse.Namespace) -> "tuple[Here, ...] | int":
    """Each as this machine runs it."""
    from envc.facts.problem import Problem
    from envc.jobs.backend import backend
    from envc.run import by, here
    from envc.run.wanted import SCHEDULER, Wanted, Wish, wanted

    can = _targets(asked, args)
    if isinstance(can, Problem):
        return _refused(can)
    wish = Wish(args.run, tuple(args.words), args.app)
    found = wanted(asked.checked, asked.needed.lock, asked.plans, wish, can)
    if isinstance(found, Problem):
        _say(found)
        return exits.USAGE
    if not isinstance(found, Wanted):
        return show(found)
    made = []
    for job in found.jobs:
        name = by.chosen(args.runtime, job.runtime)
        if isinstance(name, Problem):
            return _refused(name)
        made.append(here.here(job, found, name))
    told = [each for one in made for each in backend(SCHEDULER).refusals(one.job)]
    return show(told) if told else tuple(made)


def _targets(asked: "Asked", args: argparse.Namespace) -> "Collection[str] | Problem":
    """What may be run here: what is asked for, or what the CPU runs."""
    from envc.cpu import host
    from envc.facts.problem import Problem
    from envc.facts.words import listed

    if args.target is not None:
        built = sorted({each.target for each in asked.plans})
        if args.target not in built:
            return Problem(f"the lock has nothing for `{args.target}`", f"here are {listed(built)}")
        return (args.target,)
    found = host.ask(os.uname().machine)
    if isinstance(found, host.Unknown):
        return Problem(found.reason, "name one with `--target`")
    return (*found.runs, *found.foreign)


# ---- images --------------------------------------------------------------------------------------


class _Ready(NamedTuple):
    job: "Job"
    ignored: "Words"
    image: str
    """The path, or what the runtime calls it; empty where none is needed."""


def _image(asked: "Asked", job: "Job", args: argparse.Namespace) -> str | int:
    """What `_Ready` has of it, or how it ended; it is where the runtime finds it."""
    from envc.facts.problem import Problem
    from envc.run import by, images
    from envc.runtimes.model import runtime
    from envc.store.objects import standard
    from envc.store.progress import shown

    if runtime(job.runtime).takes == "nothing":
        return ""
    place = images.folder(job, asked.plans, asked.out)
    if not isinstance(place, Problem) and job.runtime == "guix":
        place = images.recipes(place, args.file)
        return _refused(place) if isinstance(place, Problem) else place
    if isinstance(place, Problem):
        return _refused(place)
    found = images.built(job, place, args.file)
    if isinstance(found, Problem) and args.build:
        if code := _build(job, args):
            return code
        found = images.built(job, place, args.file)
    if isinstance(found, Problem):
        return _refused(found)
    if args.dry_run:
        return by.called(job, found, standard(os.environ).folder)
    with shown(sys.stderr, NAME, quiet=args.quiet) as show:
        image = by.given(job, found, standard(os.environ).folder, show)
    return _refused(image) if isinstance(image, Problem) else image


def _build(job: "Job", args: argparse.Namespace) -> int:
    """As `envc build` does; what it prints is not the program's."""
    from contextlib import redirect_stdout

    from envc.commands import build

    words: dict[str, Any] = {
        **dict.fromkeys(("engine", "load", "push")),
        **dict.fromkeys(("record", "debug", "offline", "json"), False),
        "file": args.file,
        "out": args.out,
        "target": [job.images[0].target],
        "quiet": args.quiet,
    }
    with redirect_stdout(sys.stderr):
        return build.run(argparse.Namespace(**words))


# ---- what is started -----------------------------------------------------------------------------


def _start(ready: "Sequence[_Ready]", args: argparse.Namespace) -> int:
    """Until one of them fails."""
    from envc.facts.words import listed
    from envc.run.start import start

    for job, ignored, image in ready:
        if ignored and not args.quiet:
            said = f"run `{job.run}` is started without {listed(ignored, 'and')}"
            print(f"{NAME}: {said}: nobody shares this machine out", file=sys.stderr)
        if code := start(job, image):
            return code
    return exits.FINE


def _show(ready: "Sequence[_Ready]", args: argparse.Namespace) -> None:
    from envc.jobs import words
    from envc.run.start import lines

    if args.json:
        _print_json(ready)
        return
    for job, _, image in ready:
        for line in lines(job, image, os.getcwd()):
            print(words.words(line))


def _print_json(ready: "Sequence[_Ready]") -> None:
    import json

    from envc.run.start import lines, texts

    document = {
        "schema": 1,
        "runs": [
            {
                "app": job.app,
                "choices": list(job.choices),
                "run": job.run,
                "target": job.images[0].target,
                "runtime": job.runtime,
                "image": image,
                "ignored": list(ignored),
                "lines": [list(texts(line)) for line in lines(job, image, os.getcwd())],
            }
            for job, ignored, image in ready
        ],
    }
    print(json.dumps(document, indent=2, ensure_ascii=False))


# ---- telling -------------------------------------------------------------------------------------


def _wrong(message: str) -> int:
    print(f"{NAME}: {message}", file=sys.stderr)
    return exits.USAGE


def _refused(problem: "Problem") -> int:
    _say(problem)
    return exits.TOOL_FAILED


def _say(problem: "Problem") -> None:
    from envc.store.progress import tell

    tell(NAME, problem, sys.stderr)
