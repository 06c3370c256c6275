"""What a job asks for, in the words of LSF's `bsub`. Of several `-R` all count."""

from collections.abc import Iterator

from envc.jobs.batch import job_name
from envc.jobs.model import Array, Environment, Event, Job
from envc_backends.batch import asking
from envc_backends.batch.amounts import hours_and_minutes

FEATURE = r"[A-Za-z][A-Za-z0-9_]*"
"""A boolean resource of hosts."""
GPU = r"[A-Za-z0-9_-]+"
"""A model as `lshosts -gpu` calls it."""


def lines(job: Job) -> Iterator[str]:
    for part in (_place, _machine, _time, _events):
        yield from (f"#BSUB {option}" for option in part(job))


def has_own_numbers(array: Array) -> bool:
    """Whether its jobs have the array's own numbers: they begin at 1."""
    return array.start > 0


def _place(job: Job) -> Iterator[str]:
    name = job_name(job)
    yield f'-J "{name}{_numbers(job)}"'
    yield f"-o {name}.%J{'.%I' if job.array else ''}.out"
    charged = job.account or job.project
    for option, said in (("-q", job.queue), ("-P", charged)):
        if said is not None:
            yield f"{option} {said.value}"


def _numbers(job: Job) -> str:
    if job.array is None:
        return ""
    array = job.array.value
    limit = f"%{array.limit}" if array.limit is not None else ""
    if not has_own_numbers(array):
        return f"[1-{len(array.numbers)}]{limit}"
    step = f":{array.step}" if array.step > 1 else ""
    return f"[{array.start}-{array.numbers[-1]}{step}]{limit}"


def _machine(job: Job) -> Iterator[str]:
    shape = job.shape
    if asking.asks_machine(job):
        yield f"-n {sum(each.nodes * each.tasks for each in asking.chunks(job))}"
        yield f'-R "span[ptile={shape.tasks_per_node}]"'
    if shape.cpus_per_task > 1:
        yield f'-R "affinity[core({shape.cpus_per_task})]"'
    if shape.memory_per_node and job.memory is not None:
        yield f'-R "rusage[mem={shape.memory_per_node}MB/host]"'
    if features := asking.features(job):
        yield f'-R "select[{" && ".join(features)}]"'
    if shape.gpus_per_node:
        kind = f":gmodel={job.gpu.value}" if job.gpu else ""
        yield f'-gpu "num={shape.gpus_per_node}/host{kind}"'
    if asking.is_exclusive(job):
        yield "-x"


def _time(job: Job) -> Iterator[str]:
    if job.walltime is not None:
        yield f"-W {hours_and_minutes(job.walltime.value)}"
    if job.checkpoint is not None:
        yield f"-wa {job.checkpoint.value.signal}"
        yield f"-wt {-(-job.checkpoint.value.before // 60)}"
    if job.requeue is not None:
        yield "-r" if job.requeue.value else "-rn"


def _events(job: Job) -> Iterator[str]:
    if job.mail is not None:
        yield f"-u {job.mail.value}"
    events = asking.events(job)
    if Event.BEGIN in events:
        yield "-B"
    if Event.END in events:
        yield "-N"
    elif Event.FAIL in events:
        yield "-Ne"
    if job.environment is not None:
        yield f"-env {'none' if job.environment.value is Environment.CLEAN else 'all'}"
