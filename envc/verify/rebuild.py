"""Builds a plan in several worlds, and finds what differs and why."""

import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import chain, islice
from typing import NamedTuple

from envc.build.jobs import Job
from envc.build.make import build_by
from envc.build.model import Built, Conditions
from envc.build.recorded import outputs
from envc.build.tools import Tools
from envc.facts.problem import Problem
from envc.images import make
from envc.images.tree import File, RefusedError
from envc.lock.model import Lock
from envc.verify import compare
from envc.verify.case import Case, World
from envc.verify.causes import explained
from envc.verify.compare import Found, Pair
from envc.verify.conditions import Machine, Worlds
from envc.verify.difference import Detail, Difference
from envc.verify.report import FailedIn, Recorded, Verdict

MOST = 100
"""Files that are told one by one."""


class Made(NamedTuple):
    world: World
    built: Built


def verify(
    tools: Tools, job: Job, lock: Lock, machine: Machine, worlds: Worlds, *, beside: str = ""
) -> Verdict | FailedIn | Problem:
    """`beside` is a folder for the report of diffoscope, where it is installed."""
    made = _built(tools, job, machine, worlds)
    if isinstance(made, FailedIn | Problem):
        return made
    recorded = _recorded(tools, job, lock, made[0].built)
    if isinstance(recorded, Problem):
        return recorded
    try:
        with _found(tools, made) as found:
            first = tuple(islice(found, MOST))
            differences = tuple(_explained(each, made) for each in first)
            count = len(first) + sum(1 for _ in found)
            judged = _judged([each.pair for each in first], job, beside) if beside else ""
    except RefusedError as refused:
        return refused.problem
    plan = job.plan
    return Verdict(
        plan.app,
        plan.target,
        plan.choices,
        plan.closure,
        protected=not worlds.every[0].bare,
        varied=worlds.varied,
        fixed=worlds.fixed,
        layers=tuple(tuple(f"sha256:{x.sha256}" for x in each.built.layers) for each in made),
        differences=differences,
        count=count,
        recorded=recorded,
        diffoscope=judged,
    )


# ---- building ------------------------------------------------------------------------------------


def _built(
    tools: Tools, job: Job, machine: Machine, worlds: Worlds
) -> list[Made] | FailedIn | Problem:
    made: list[Made] = []
    for number, conditions in enumerate(worlds.every):
        if made:
            _wait()
        started = int(time.time())
        what = f"{job.plan.name} for {job.plan.target}, build {number + 1} of {len(worlds.every)}"
        with tools.bench.show.row(what, None):
            built = build_by(tools, job.plan, conditions)
        if isinstance(built, Problem):
            return built
        if not isinstance(built, Built):
            return FailedIn(number, worlds.varied, built)
        world = _world(conditions, machine, started, int(time.time()) + 1)
        made.append(Made(world, built))
    return made


def _wait() -> None:
    """Until files get another time than those before: of files, no other clock is in force, and
    some archives write even seconds only."""
    time.sleep(2 - time.time() % 2)


def _world(conditions: Conditions, machine: Machine, started: int, ended: int) -> World:
    """Its clock was set by what this machine's said when its first step began."""
    first = conditions.clock if conditions.clock is not None else started
    processors = conditions.processors or machine.processors
    return World(conditions, first, first + ended - started, processors)


def _recorded(tools: Tools, job: Job, lock: Lock, built: Built) -> tuple[Recorded, ...] | Problem:
    """Packed again only where there is something to hold it against."""
    plan = job.plan
    image = (plan.app, plan.target, plan.choices)
    known = {
        each.kind: each.digest
        for each in lock.outputs
        if (each.app, each.target, each.choices) == image and each.closure == plan.closure
    }
    if not known:
        return ()
    folder = tools.bench.folder("verify")
    packed = make.make(built, tools, tools.bench.store, folder, plan.image)
    if isinstance(packed, Problem):
        return packed
    found = {each.kind: each.digest for each in outputs(built, packed)}
    return tuple(Recorded(kind, known[kind], found.get(kind, "")) for kind in sorted(known))


# ---- comparing -----------------------------------------------------------------------------------


@contextmanager
def _found(tools: Tools, made: Sequence[Made]) -> Iterator[Iterator[Found]]:
    """Of the first world and each other one; a file is told once."""
    with ExitStack() as opened:

        def pair(other: Made) -> Iterator[Found]:
            for layers in zip(made[0].built.layers, other.built.layers, strict=True):
                if layers[0].sha256 != layers[1].sha256:
                    files = [
                        opened.enter_context(open(_path(tools, each.sha256), "rb"))
                        for each in layers
                    ]
                    yield from compare.layers(*files)

        yield _once(chain.from_iterable(map(pair, made[1:])))


def _once(found: Iterator[Found]) -> Iterator[Found]:
    seen: set[str] = set()
    for each in found:
        if each.difference.path not in seen:
            seen.add(each.difference.path)
            yield each


def _path(tools: Tools, sha256: str) -> str:
    found = tools.bench.store.verified(f"sha256:{sha256}")
    if isinstance(found, Problem):
        raise RefusedError(found)
    return found


def _explained(found: Found, made: Sequence[Made]) -> Difference:
    """By each of the other worlds: which of them it was is not asked."""
    one = made[0]
    difference = found.difference
    beyond = _beyond(found.pair, one.built.plan.target) if _is_code(difference.details) else ""
    for other in made[1:]:
        case = Case(one.world, other.world, difference.path, one.built.compiled, beyond)
        told = explained(difference, case)
        if told.causes:
            return told
    return difference


def _is_code(details: Sequence[Detail]) -> bool:
    return any(place.startswith("section .text") for each in details for place in each.places)


def _beyond(pair: Pair, target: str) -> str:
    """The first instruction that the target's CPUs may lack, where the decoder is installed."""
    from envc.cpu.audit import NotAuditedError, audit
    from envc.cpu.audit.model import ToolMissingError

    with tempfile.TemporaryDirectory(prefix="envc-verify-") as folder:
        for name, node in (("first", pair.one), ("other", pair.other)):
            if isinstance(node, File):
                with open(os.path.join(folder, name), "xb") as file:
                    file.writelines(node.data.chunks())
        try:
            findings = audit([folder], target).findings
        except (NotAuditedError, ToolMissingError):
            return ""
    each = next(iter(findings), None)
    return f"`{each.instruction}` needs {each.feature}, beyond {target}" if each else ""


def _judged(pairs: Sequence[Pair], job: Job, beside: str) -> str:
    from envc.verify import diffoscope

    return diffoscope.judge(pairs, os.path.join(beside, f"{job.plan.name}-{job.plan.target}"))
