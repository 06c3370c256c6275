"""`envc build FILE`: makes the images of a locked spec."""

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any

from envc import exits
from envc.diagnostics.telling import refuse, show
from envc.reading import STDIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from envc.build.bench import Bench
    from envc.build.elsewhere import Elsewhere, Refused
    from envc.build.image import Image
    from envc.build.jobs import Group, Job
    from envc.facts.problem import Problem
    from envc.lock.model import Lock
    from envc.plan.asked import Asked
    from envc.store.progress import Show

NAME = "envc build"
OUT = "envc-out"
"""Beside the spec."""


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "build",
        help="make the images of a locked spec: for OCI, and for Apptainer",
        description="Makes an OCI image and a SIF of each app, choice and target of a spec and its "
        "lock, with nothing but Python and the kernel: each file comes from the packages and "
        "sources that are locked. What was made before is taken again where nothing of it changed.",
        epilog="exit codes: 0 fine, 1 mistakes in the spec, 2 wrong usage, 3 the lock is stale or "
        "missing, 4 something that is locked is missing, 5 a step failed, or this machine cannot "
        "build, 6 an image is not the one that is recorded",
    )
    parser.add_argument("file", metavar="FILE", help="a spec, with its lock beside it")
    for short, long, name, about in (
        ("-t", "--target", "TARGET", "only this CPU target"),
        ("-e", "--engine", "ENGINE", "let this program build, such as podman or apptainer"),
    ):
        many: dict[str, Any] = {"action": "append", "default": []} if long == "--target" else {}
        parser.add_argument(short, long, metavar=name, help=about, **many)
    parser.add_argument(
        "-o", "--out", metavar="DIR", help=f"where images go (default: {OUT} beside the spec)"
    )
    parser.add_argument(
        "--record", action="store_true", help="write the images' digests into the lock"
    )
    parser.add_argument(
        "--load", metavar="ENGINE", help="make the images known to docker, podman or buildah"
    )
    parser.add_argument("--push", metavar="REF", help="put the images into a registry")
    parser.add_argument(
        "--debug", action="store_true", help="where a step fails, open a shell in its place"
    )
    parser.add_argument("--offline", action="store_true", help="fetch nothing")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(args: argparse.Namespace) -> int:
    from envc.plan.asked import Asked, asked

    if args.file == STDIN:
        print(f"{NAME}: a lock stands beside a file, and `-` is none", file=sys.stderr)
        return exits.USAGE
    found = asked(args.file, args.out, os.environ)
    if not isinstance(found, Asked):
        return refuse(NAME, found)
    if args.engine is not None:
        return _build_elsewhere(found, args)
    return _build(found, args)


# ---- what is asked for ---------------------------------------------------------------------------


def _jobs(
    asked: "Asked", args: argparse.Namespace, origin: str = "debian"
) -> "tuple[Job, ...] | int":
    from envc.build.jobs import jobs
    from envc.facts.problem import Problem

    found = jobs(asked.plans, args.target, asked.out, origin=origin)
    if isinstance(found, Problem):
        _say(found)
        return exits.USAGE
    return found


# ---- by envc itself ------------------------------------------------------------------------------


def _build(asked: "Asked", args: argparse.Namespace) -> int:
    from envc.build.bench import bench
    from envc.build.bringing import bringing
    from envc.build.jobs import groups
    from envc.build.publish import unusable
    from envc.facts.problem import Problem
    from envc.store.objects import standard
    from envc.store.progress import shown

    jobs = _jobs(asked, args)
    if isinstance(jobs, int):
        return jobs
    if (wrong := unusable(args.push, args.load)) is not None:
        _say(wrong)
        return exits.USAGE
    store = standard(os.environ)
    with shown(sys.stderr, NAME, quiet=args.quiet) as show:
        bring = bringing(asked.needed, store, show, offline=args.offline)
        with bench(store, show, bring) as there:
            if isinstance(there, Problem):
                return _refused(there)
            images = _images(there, jobs, asked.needed.lock, args)
        if isinstance(images, int):
            return images
        code = _told(asked, images, groups(jobs), args)
        return code or _published(jobs, groups(jobs), args, show)


def _images(
    bench: "Bench", jobs: "Iterable[Job]", lock: "Lock", args: argparse.Namespace
) -> "list[Image] | int":
    """Of each job, or how the first that failed ended."""
    from envc.build import told
    from envc.build.image import Image, image
    from envc.build.model import Failed
    from envc.build.shell import Stuck
    from envc.build.tools import Tools

    found = []
    for job in jobs:
        stuck = Stuck(bench, wanted=args.debug)
        made = image(Tools(bench, job.plan), job, lock, stuck)
        if isinstance(made, Failed):
            print(told.end(made), file=sys.stderr)
            _say(told.failed(made, debug=args.debug))
            stuck.open(sys.stdin)
            return exits.TOOL_FAILED
        if not isinstance(made, Image):
            return _refused(made)
        found.append(made)
    return found


def _told(
    asked: "Asked", images: "list[Image]", indexes: "Sequence[Group]", args: argparse.Namespace
) -> int:
    """The digests; whether they are those that are recorded, or now are."""
    from envc import writing
    from envc.build import told
    from envc.build.recorded import recorded, unmet
    from envc.build.together import together
    from envc.facts.problem import Problem
    from envc.lock.text import write

    for group in indexes:
        if (problem := together(group)) is not None:
            return _refused(problem)
    outputs = [each for image in images for each in image.outputs]
    if args.json:
        print(told.document(args.file, map(told.image, images), indexes))
    elif not args.quiet:
        print("\n".join(told.lines(images, indexes)))
    if args.record:
        writing.replace(asked.needed.path, write(recorded(asked.needed.lock, outputs)))
        return exits.FINE
    wrong = tuple(unmet(asked.needed.lock, outputs))
    for known, other in wrong:
        what = f"{known.kind} of {known.app} for {known.target}"
        message = f"the {what} is {other.digest}, and {known.digest} is recorded of the same inputs"
        _say(Problem(message, f"`envc verify {args.file}` shows what differs"))
    return exits.NOT_REPRODUCIBLE if wrong else exits.FINE


def _published(
    jobs: "Sequence[Job]", indexes: "Sequence[Group]", args: argparse.Namespace, show: "Show"
) -> int:
    from envc.build.publish import load, push
    from envc.facts.problem import Problem

    loaded = load(args.load, jobs, show) if args.load else None
    pushed = push(args.push, jobs, indexes) if args.push and loaded is None else ()
    for each in (loaded, *pushed):
        if isinstance(each, Problem):
            return _refused(each)
        if each is not None and not args.quiet and not args.json:
            print(f"{each.reference} is {each.digest}")
    return exits.FINE


# ---- by another program --------------------------------------------------------------------------


def _build_elsewhere(asked: "Asked", args: argparse.Namespace) -> int:
    from envc.build.bringing import bringing
    from envc.build.elsewhere import ORIGINS, images
    from envc.engines.known import engine
    from envc.facts.problem import Problem
    from envc.store.objects import standard
    from envc.store.progress import shown

    if args.record or args.load or args.push or args.debug:
        _say(Problem("`--engine` goes without `--record`, `--load`, `--push` and `--debug`"))
        return exits.USAGE
    program = engine(args.engine)
    if isinstance(program, Problem):
        _say(program)
        return exits.USAGE
    jobs = _jobs(asked, args, ORIGINS.get(program.recipe, "debian"))
    if isinstance(jobs, int):
        return jobs
    store = standard(os.environ)
    with shown(sys.stderr, NAME, quiet=args.quiet) as show:
        bring = bringing(asked.needed, store, show, offline=args.offline)
        lacking = bring([each.digest for each in asked.needed.wanted])
        for problem in dict.fromkeys(lacking.values()):
            _say(problem)
        if lacking:
            return exits.INPUT_CHANGED
        made = images(program, jobs, os.path.basename(args.file), store, show)
    return _told_elsewhere(made, args)


def _told_elsewhere(made: "list[Elsewhere] | Refused", args: argparse.Namespace) -> int:
    from envc.build import told
    from envc.engines.model import Failed
    from envc.facts.problem import Problem

    if isinstance(made, Failed):
        print(made.end, file=sys.stderr)
        message = f"{made.engine} ended with {made.code}"
        return _refused(Problem(message, f"see {made.log}" if made.log else ""))
    if isinstance(made, Problem):
        return _refused(made)
    if not isinstance(made, list):
        return show(made)
    if args.json:
        print(told.document(args.file, map(told.image_elsewhere, made), ()))
    elif not args.quiet:
        print("\n".join(told.lines_elsewhere(made)))
    return exits.FINE


# ---- telling -------------------------------------------------------------------------------------


def _refused(problem: "Problem") -> int:
    from envc.build.inputs import Missing

    _say(problem)
    return exits.INPUT_CHANGED if isinstance(problem, Missing) else exits.TOOL_FAILED


def _say(problem: "Problem") -> None:
    from envc.store.progress import tell

    tell(NAME, problem, sys.stderr)
