"""What has to be there before the first job is handed in: inputs, images, and jobs to wait for."""

import os
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from envc import exits
from envc.facts.problem import Problem
from envc.jobs.backend import backend
from envc.jobs.model import Job
from envc.jobs.names import title
from envc.plan.model import Plan
from envc.submit import images
from envc.submit.bring import inputs
from envc.submit.hand_in import Counter, Ticket
from envc.submit.model import Words
from envc.submit.place import Place


class Unready(NamedTuple):
    problem: Problem
    code: int
    """How envc ends: the input lacks something, or the site does not answer."""


def tickets(jobs: Iterable[Job], spec: str) -> tuple[Ticket, ...] | Problem:
    """`spec` is the path of the spec, beside which inputs are."""
    found = []
    for job in jobs:
        brought = inputs(job, os.path.dirname(spec))
        if isinstance(brought, Problem):
            return brought
        files = backend(job.where.scheduler).files(job)
        found.append(Ticket(job, files, brought, (), os.path.basename(spec)))
    return tuple(found)


def before(counter: Counter, site: str, names: Sequence[str]) -> Words | Problem:
    """Numbers of jobs that were handed in before."""
    known = {each.id: each for each in counter.record.entries()}
    for name in names:
        if name not in known or not known[name].number:
            return Problem(f"there is no job `{name}`", "`envc status` lists them")
        if known[name].site != site:
            return Problem(f"job `{name}` is at {known[name].site}, which {site} knows nothing of")
        if not counter.client.waits:
            scheduler = title(known[name].scheduler)
            return Problem(f"no job of {scheduler} can wait for the success of another")
    return tuple(known[name].number for name in names)


def bring_images(
    jobs: Iterable[Job],
    plans: Sequence[Plan],
    out: str,
    counter: Counter,
    tell: Callable[[str], None],
) -> Unready | None:
    """Copies those to the site that are on this machine, in the folder `out`; what only a registry
    has, the site fetches."""
    looked = set()
    for job in jobs:
        if (asked := (job.runtime, job.images, job.is_chosen)) in looked:
            continue
        looked.add(asked)
        gone = images.lacking(job, plans, out, counter.place, counter.patience)
        if isinstance(gone, Problem):
            return Unready(gone, exits.TOOL_FAILED)
        if lost := [each for each in gone if not each.built and not images.is_published(each, job)]:
            return Unready(images.refusal(lost, job.where.site), exits.DIAGNOSTICS)
        for each in gone:
            if problem := _supplied(each, job, counter.place, tell):
                return Unready(problem, exits.TOOL_FAILED)
    return None


def _supplied(
    lacking: images.Lacking, job: Job, place: Place, tell: Callable[[str], None]
) -> Problem | None:
    if lacking.built:
        tell(f"bringing {lacking.built} to {lacking.path}")
        return images.brought(lacking, place)
    tell(f"{place.title} fetches {images.source(lacking.image)}")
    return images.fetched(lacking, job, place)
