"""Builds one plan with one engine."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from envc.engines import running
from envc.engines.asking import numbers
from envc.engines.finding import usable
from envc.engines.model import Engine, Failed, Form, Found, Grade, Job, Made
from envc.engines.packages import packages, served
from envc.facts.problem import Problem
from envc.images import flatten
from envc.plan.model import Plan
from envc.store.content import chunks, of_chunks, open_plain
from envc.store.objects import Store
from envc.store.progress import Show


class Wish(NamedTuple):
    """How a plan is to be built."""

    folder: str
    """What `envc compile` wrote for it."""
    out: str
    """What is made, a folder or a file; it is not there yet."""
    log: str
    fresh: bool = False
    """Whether nothing of an earlier build may be used."""


def build(
    engine: Engine, plan: Plan, store: Store, wish: Wish, show: Show
) -> Made | Failed | Problem:
    """Nothing is there under the name that was wished for until all of it is."""
    if os.path.lexists(wish.out):
        return Problem(f"`{wish.out}` is there already", "name a place that is not there yet")
    found = usable(engine)
    if isinstance(found, Problem):
        return found
    debs = packages(plan, store)
    if isinstance(debs, Problem):
        return debs
    with _work(wish.out) as work, served(debs) as mirror:
        job = Job(
            folder=os.path.abspath(wish.folder),
            plan=plan,
            out=os.path.join(work, "image"),
            work=work,
            log=wish.log,
            packages=debs,
            mirror=mirror,
            fresh=wish.fresh,
            runs_here=_runs_here(plan),
        )
        ended = _built(engine, found, job, show)
        if ended is not None:
            return ended
        made = _made(engine, found, job)
        if isinstance(made, Problem):
            return made
        os.rename(job.out, wish.out)
        return made._replace(path=wish.out)


def grade(engine: Engine, version: str) -> Grade:
    """Only what was measured is promised."""
    if engine.measured is None:
        return Grade.INPUT_PINNED
    oldest, newest = engine.measured
    within = oldest <= numbers(version)[: len(newest)] <= newest
    return Grade.BIT_FOR_BIT if within else Grade.INPUT_PINNED


@contextmanager
def _work(out: str) -> Iterator[str]:
    """Beside what is made, so that it is only renamed in the end."""
    folder = os.path.dirname(os.path.abspath(out))
    os.makedirs(folder, exist_ok=True)
    work = tempfile.mkdtemp(prefix=f".{os.path.basename(out)}.", dir=folder)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _built(engine: Engine, found: Found, job: Job, show: Show) -> Failed | Problem | None:
    """How it ended, where not well."""
    if problem := engine.prepare(job):
        return problem
    with show.row(f"{engine.name} {job.plan.name}", None) as row:
        stopped = running.run(engine.build(job, found), job.log, row)
    if stopped is not None:
        end = running.end(job.log)
        return Failed(engine.name, found.version, stopped.words, stopped.code, job.log, end)
    return engine.finish(job)


def _made(engine: Engine, found: Found, job: Job) -> Made | Problem:
    tree = flatten.digest(job.out, scratch=job.work)
    if isinstance(tree, Problem):
        return tree
    return Made(
        engine=engine.name,
        version=found.version,
        form=engine.makes,
        path=job.out,
        digest=_digest(engine.makes, job.out),
        tree=tree,
        grade=grade(engine, found.version),
        log=job.log,
    )


def _digest(form: Form, path: str) -> str:
    if form is Form.OCI:
        with open(os.path.join(path, "index.json"), encoding="utf-8") as file:
            digest: str = json.load(file)["manifests"][0]["digest"]
        return digest
    with open_plain(path) as opened:
        return of_chunks(chunks(opened)).digest


def _runs_here(plan: Plan) -> bool:
    from envc.cpu.host import Verdict, ask

    said = ask(os.uname().machine)
    return isinstance(said, Verdict) and plan.target in {*said.runs, *said.foreign}
