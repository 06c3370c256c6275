"""What a job asks for, in the words of `flux batch`: slots are tasks, times have a unit."""

from collections.abc import Iterator

from envc.jobs.batch import job_name
from envc.jobs.model import Environment, Job
from envc_backends.batch import asking

FEATURE = r"[A-Za-z0-9][A-Za-z0-9_.-]*"
"""A property of nodes: `&`, `|`, `^` and brackets are what they are combined by."""


def lines(job: Job) -> Iterator[str]:
    for part in (_place, _machine, _time):
        yield from (f"#flux: --{option}" for option in part(job))


def slots(job: Job) -> int:
    """As many on each node as on the fullest."""
    return job.shape.nodes * job.shape.tasks_per_node


def _place(job: Job) -> Iterator[str]:
    name = job_name(job)
    yield f"job-name={name}"
    yield f"output={name}-{{{{id.dec}}}}.out"
    charged = job.account or job.project
    for option, said in (("queue", job.queue), ("bank", charged)):
        if said is not None:
            yield f"{option}={said.value}"
    if features := asking.named(job, "{name}", "{name}"):
        yield f'requires="{"&".join(features)}"'
    if job.environment is not None and job.environment.value is Environment.CLEAN:
        # Flux's own variables are set behind this.
        yield "env-remove=*"
        yield from (f"env={name}" for name in ("PATH", "HOME", "USER", "LANG"))
    elif job.environment is not None:
        yield "env=*"


def _machine(job: Job) -> Iterator[str]:
    shape = job.shape
    if asking.asks_machine(job) or asking.is_exclusive(job):
        yield f"nodes={shape.nodes}"
        yield f"nslots={slots(job)}"
        yield f"cores-per-slot={shape.cpus_per_task}"
    if shape.gpus_per_node:
        yield f"gpus-per-slot={shape.gpus_per_node // shape.tasks_per_node}"
    if asking.is_exclusive(job):
        yield "exclusive"


def _time(job: Job) -> Iterator[str]:
    if job.walltime is not None:
        yield f"time-limit={job.walltime.value}s"
