"""Lets another program build the same plan several times, and compares what it made.

Its conditions are its own: its clock, its host and its users are not set by envc. It is started in
another folder each time, and takes nothing of an earlier build.
"""

import os
from contextlib import ExitStack
from functools import reduce

from envc.build.jobs import Job
from envc.build.make import build_by
from envc.build.model import Built
from envc.build.tools import Tools
from envc.diagnostics.model import Diagnostic
from envc.engines import building, recipes
from envc.engines.model import Engine, Failed, Made
from envc.facts.problem import Problem
from envc.images import listing, reading
from envc.images.tree import Folder, RefusedError, laid
from envc.verify.report import ByEngine, FailedIn

Refused = Failed | FailedIn | Problem | tuple[Diagnostic, ...]


def verify(
    engine: Engine, tools: Tools, job: Job, spec: str, rounds: int = 2
) -> ByEngine | Refused:
    """Also against the files that envc's own builder makes."""
    own = _own(tools, job)
    if not isinstance(own, str):
        return own
    made: list[Made] = []
    for number in range(rounds):
        one = _made(engine, tools, job, spec, number)
        if not isinstance(one, Made):
            tools.bench.keep()  # the log
            return one
        made.append(one)
    plan, first = job.plan, made[0]
    return ByEngine(
        plan.app,
        plan.target,
        plan.choices,
        plan.closure,
        engine=first.engine,
        version=first.version,
        grade=str(first.grade),
        digests=tuple(each.digest for each in made),
        trees=tuple(each.tree for each in made),
        own=own,
    )


def _made(engine: Engine, tools: Tools, job: Job, spec: str, number: int) -> Made | Refused:
    bench = tools.bench
    folder = os.path.join(bench.folder(f"{'another-' * number}world"), "recipe")
    written = recipes.write(job.plan, engine.recipe, spec, bench.store, folder)
    if not isinstance(written, str):
        return written
    top = os.path.dirname(folder)
    wish = building.Wish(written, os.path.join(top, "made"), os.path.join(top, "log"), fresh=True)
    return building.build(engine, job.plan, bench.store, wish, bench.show)


def _own(tools: Tools, job: Job) -> str | FailedIn | Problem:
    """The digest of the tree that envc makes of the same plan."""
    built = build_by(tools, job.plan)
    if isinstance(built, Problem):
        return built
    if not isinstance(built, Built):
        return FailedIn(0, (), built)
    try:
        return _tree(tools, built)
    except RefusedError as refused:
        return refused.problem


def _tree(tools: Tools, built: Built) -> str:
    with ExitStack() as opened:
        paths = [tools.bench.store.find(f"sha256:{each.sha256}") for each in built.layers]
        files = [opened.enter_context(open(path, "rb")) for path in paths if path is not None]
        tree = reduce(laid, map(reading.read, files), Folder())
        return listing.digest(listing.lines(tree))
