"""What a job asks for, in the words of Torque's `qsub`: `nodes`, never `select`."""

from collections.abc import Iterator

from envc.jobs.batch import job_name
from envc.jobs.model import Job
from envc_backends.batch import asking, pbs
from envc_backends.batch.asking import Chunk

FEATURE = r"[A-Za-z][A-Za-z0-9_.-]*"
"""A property of nodes; a number would be one more kind of node."""
LONGEST = 15
"""Letters of a name."""


def lines(job: Job) -> Iterator[str]:
    for part in (_place, _machine, pbs.time, _many, pbs.told):
        yield from (f"#PBS {option}" for option in part(job))


def _place(job: Job) -> Iterator[str]:
    yield f"-N {job_name(job, LONGEST)}"
    yield from pbs.OURS
    for letter, said in (("q", job.queue), ("A", job.account)):
        if said is not None:
            yield f"-{letter} {said.value}"


def _machine(job: Job) -> Iterator[str]:
    if asking.asks_machine(job) or asking.features(job):
        yield f"-l nodes={'+'.join(_kind(job, each) for each in asking.chunks(job))}"
    if job.shape.memory_per_node and job.memory is not None:
        yield f"-l mem={job.shape.memory_per_node * job.shape.nodes}mb"
    if asking.is_exclusive(job):
        yield "-n"


def _kind(job: Job, chunk: Chunk) -> str:
    parts = [str(chunk.nodes), f"ppn={chunk.tasks * job.shape.cpus_per_task}"]
    parts += [f"gpus={job.shape.gpus_per_node}"] if job.shape.gpus_per_node else []
    return ":".join((*parts, *asking.named(job, "{name}", "{name}")))


def _many(job: Job) -> Iterator[str]:
    """From 0 on: it knows no steps."""
    if job.array is not None:
        array = job.array.value
        limit = f"%{array.limit}" if array.limit is not None else ""
        yield f"-t 0-{len(array.numbers) - 1}{limit}"
