"""A job as this machine runs it: one node, no queue, the image's own MPI."""

from collections.abc import Iterator
from dataclasses import replace

from envc.jobs.asked import asked, key
from envc.jobs.backend import Answer, backend
from envc.jobs.model import FIELDS, Job, Launch
from envc.run.wanted import SCHEDULER
from envc.runtimes.model import runtime


def here(job: Job, by: str) -> Job:
    """`by` is the runtime."""
    shape = replace(job.shape, nodes=1, tasks_per_node=job.shape.tasks)
    is_in_image = runtime(by).takes != "nothing"
    inside = job.launch is Launch.MPI_HYBRID and is_in_image
    return replace(
        job,
        nodes=None,
        shape=shape,
        runtime=by,
        # On one node nothing outside of the image has to know how its tasks find each other.
        launch=Launch.MPI_INSIDE if inside else job.launch,
    )


def ignored(job: Job) -> Iterator[str]:
    """What is asked of a scheduler, and of nobody here: as the spec has it."""
    supported = backend(SCHEDULER).fields
    for name in FIELDS:
        meaningless = supported[name].answer in (Answer.MEANINGLESS, Answer.REFUSED)
        if meaningless and any(_counts(name, said.value) for said in asked(job, name)):
            yield key(name)


def _counts(name: str, value: object) -> bool:
    return value is not False and (name, value) != ("nodes", 1)
