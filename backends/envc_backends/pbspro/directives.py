"""What a job asks for, in the words of PBS Professional's `qsub`: one option a line, no quotes."""

from collections.abc import Iterator

from envc.jobs.batch import job_name
from envc.jobs.model import Job
from envc_backends.batch import asking, pbs
from envc_backends.batch.asking import Chunk

FEATURE = r"[A-Za-z][A-Za-z0-9_-]*"
"""A boolean resource of nodes, or a value of the site's `property`."""


def lines(job: Job) -> Iterator[str]:
    for part in (_place, _machine, pbs.time, _many, pbs.told):
        yield from (f"#PBS {option}" for option in part(job))


def _place(job: Job) -> Iterator[str]:
    yield f"-N {job_name(job)}"
    yield from pbs.OURS
    for letter, said in (("q", job.queue), ("A", job.account), ("P", job.project)):
        if said is not None:
            yield f"-{letter} {said.value}"


def _machine(job: Job) -> Iterator[str]:
    if asking.asks_machine(job) or asking.features(job) or asking.is_exclusive(job):
        yield f"-l select={'+'.join(_chunk(job, each) for each in asking.chunks(job))}"
        yield f"-l place=scatter{':excl' if asking.is_exclusive(job) else ''}"


def _chunk(job: Job, chunk: Chunk) -> str:
    """One node of the job, and how many there are of the kind."""
    shape = job.shape
    parts = [str(chunk.nodes), f"ncpus={chunk.tasks * shape.cpus_per_task}"]
    parts += [f"mpiprocs={chunk.tasks}", f"ompthreads={shape.cpus_per_task}"]
    parts += [f"mem={shape.memory_per_node}mb"] if shape.memory_per_node else []
    parts += [f"ngpus={shape.gpus_per_node}"] if shape.gpus_per_node else []
    return ":".join((*parts, *asking.named(job, "{name}=True", "{property}={name}")))


def _many(job: Job) -> Iterator[str]:
    """One number is no range to it: the script then counts it itself."""
    if job.array is not None and len(job.array.value.numbers) > 1:
        array = job.array.value
        step = f":{array.step}" if array.step > 1 else ""
        limit = f"%{array.limit}" if array.limit is not None else ""
        yield f"-J {array.start}-{array.numbers[-1]}{step}{limit}"
