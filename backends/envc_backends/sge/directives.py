"""What a job asks for, in the words of Grid Engine's `qsub`.

A job has slots, and everything else is counted for each slot. More than one slot needs a parallel
environment, which the site defines: `smp` keeps them on one node, and one for several nodes has as
many slots on each as its `allocation_rule` says. They are called `smp` and `mpi` here where the
site says nothing else; the queue master refuses a job that names one that is not there.
"""

from collections.abc import Iterator

from envc.jobs.batch import job_name
from envc.jobs.model import Array, Environment, Job
from envc_backends.batch import asking, pbs
from envc_backends.batch.amounts import clock

FEATURE = r"[A-Za-z][A-Za-z0-9_-]*"
"""A boolean complex, or the value of the site's `property`."""


def lines(job: Job) -> Iterator[str]:
    for part in (_place, _machine, _time, _many, _events):
        yield from (f"#$ {option}" for option in part(job))


def slots(job: Job) -> int:
    return job.shape.nodes * job.shape.cpus_per_node


def has_own_numbers(array: Array) -> bool:
    """Whether its tasks have the array's own numbers: they begin at 1."""
    return array.start > 0


def _place(job: Job) -> Iterator[str]:
    yield "-S /bin/sh"
    yield f"-N {job_name(job)}"
    yield "-cwd"
    yield "-j y"
    for letter, said in (("q", job.queue), ("A", job.account), ("P", job.project)):
        if said is not None:
            yield f"-{letter} {said.value}"


def _machine(job: Job) -> Iterator[str]:
    if slots(job) > 1:
        is_one = job.shape.nodes == 1
        name = job.where.fact("smp") or "smp" if is_one else job.where.fact("parallel") or "mpi"
        yield f"-pe {name} {slots(job)}"
    if job.shape.memory_per_node and job.memory is not None:
        share = -(-job.shape.memory_per_node // job.shape.cpus_per_node)
        yield f"-l {job.where.fact('memory') or 'h_vmem'}={share}M"
    if job.shape.gpus_per_node:
        yield f"-l gpu={job.shape.gpus_per_node * job.shape.nodes // slots(job)}"
    for feature in asking.named(job, "{name}=true", "{property}={name}"):
        yield f"-l {feature}"
    if asking.is_exclusive(job):
        yield "-l exclusive=true"


def _time(job: Job) -> Iterator[str]:
    if job.walltime is not None:
        yield f"-l h_rt={clock(job.walltime.value)}"
    if job.requeue is not None:
        yield f"-r {'y' if job.requeue.value else 'n'}"


def _many(job: Job) -> Iterator[str]:
    if job.array is None:
        return
    array = job.array.value
    if has_own_numbers(array):
        step = f":{array.step}" if array.step > 1 else ""
        yield f"-t {array.start}-{array.numbers[-1]}{step}"
    else:
        yield f"-t 1-{len(array.numbers)}"
    if array.limit is not None:
        yield f"-tc {array.limit}"


def _events(job: Job) -> Iterator[str]:
    if job.mail is not None:
        yield f"-M {job.mail.value}"
    if letters := pbs.letters(job):
        yield f"-m {letters}"
    if job.environment is not None and job.environment.value is Environment.INHERIT:
        yield "-V"
