"""A job as this machine runs it: one node, no queue, the image's own MPI."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from envc.jobs.asked import asked, key
from envc.jobs.backend import Answer, backend
from envc.jobs.model import FIELDS, Job, Launch, Words
from envc.run.wanted import SCHEDULER, Wanted
from envc.runtimes.model import runtime


class Here(NamedTuple):
    job: Job
    ignored: Words
    """What the spec asks of a scheduler, and of nobody here."""


def here(job: Job, wanted: Wanted, by: str) -> Here:
    """`by` is the runtime."""
    is_in_image = runtime(by).takes != "nothing"
    # On one node nothing outside of the image has to know how its tasks find each other.
    inside = job.launch is Launch.MPI_HYBRID and is_in_image
    changed = replace(job, runtime=by, launch=Launch.MPI_INSIDE if inside else job.launch)
    several = ("nodes",) if job.run in wanted.spread else ()
    return Here(changed, (*several, *_meaningless(job)))


def _meaningless(job: Job) -> Iterator[str]:
    supported = backend(SCHEDULER).fields
    for name in FIELDS:
        is_said = any(said.value is not False for said in asked(job, name))
        if supported[name].answer is Answer.MEANINGLESS and is_said:
            yield key(name)
