"""What a job asks for, in the words of `sbatch`.

One spelling of each option, with `=`, which every release since 20 reads in the same way.
"""

from collections.abc import Iterator

from envc.jobs.batch import job_name
from envc.jobs.model import Array, Environment, Event, Job, Per
from envc_backends.batch.amounts import clock

MARK = "#SBATCH"
GPU = r"[A-Za-z0-9_][A-Za-z0-9_.-]*"
HIGHEST = 1000
"""Of the numbers of an array, where a site has not set `MaxArraySize` higher."""


def lines(job: Job) -> Iterator[str]:
    for found in (_place, _machine, _time, _many, _events):
        yield from (f"{MARK} --{option}" for option in found(job))


def is_shifted(array: Array) -> bool:
    """Whether the script counts from 0, since Slurm refuses such numbers."""
    return array.numbers[-1] > HIGHEST


# ---- parts ---------------------------------------------------------------------------------------


def _place(job: Job) -> Iterator[str]:
    name = job_name(job)
    yield f"job-name={name}"
    yield f"output={name}-{'%A_%a' if job.array else '%j'}.out"
    for option, said in (("partition", job.queue), ("account", job.account), ("qos", job.qos)):
        if said is not None:
            yield f"{option}={said.value}"
    features = (*job.where.features, *(job.constraint.value if job.constraint else ()))
    if features:
        yield f"constraint={'&'.join(dict.fromkeys(features))}"


def _machine(job: Job) -> Iterator[str]:
    shape = job.shape
    if job.nodes is not None:
        yield f"nodes={shape.nodes}"
    if job.tasks is not None:
        yield f"ntasks={shape.tasks}"
        if job.tasks.value.per is Per.NODE:
            yield f"ntasks-per-node={shape.tasks_per_node}"
    if job.cpus is not None:
        yield f"cpus-per-task={shape.cpus_per_task}"
    yield from _memory(job)
    if shape.gpus_per_node:
        kind = f"{job.gpu.value}:" if job.gpu else ""
        yield f"gpus-per-node={kind}{shape.gpus_per_node}"
    if job.exclusive is not None and job.exclusive.value:
        yield "exclusive"


def _memory(job: Job) -> Iterator[str]:
    """Of the two words only ever one: together they end the submission."""
    if job.memory is None:
        if job.exclusive is not None and job.exclusive.value:
            yield "mem=0"
    elif job.memory.value.per is Per.CPU:
        yield f"mem-per-cpu={job.memory.value.count}M"
    else:
        yield f"mem={job.shape.memory_per_node}M"


def _time(job: Job) -> Iterator[str]:
    if job.walltime is not None:
        yield f"time={clock(job.walltime.value)}"
    if job.checkpoint is not None:
        # `B:` tells the script alone, which hands it on to the program.
        yield f"signal=B:{job.checkpoint.value.signal}@{job.checkpoint.value.before}"
    if job.requeue is not None:
        yield "requeue" if job.requeue.value else "no-requeue"


def _many(job: Job) -> Iterator[str]:
    if job.array is None:
        return
    array = job.array.value
    limit = f"%{array.limit}" if array.limit is not None else ""
    if is_shifted(array):
        yield f"array=0-{len(array.numbers) - 1}{limit}"
    else:
        step = f":{array.step}" if array.step > 1 else ""
        yield f"array={array.start}-{array.numbers[-1]}{step}{limit}"


_EVENTS = {Event.BEGIN: "BEGIN", Event.END: "END", Event.FAIL: "FAIL", Event.REQUEUE: "REQUEUE"}


def _events(job: Job) -> Iterator[str]:
    if job.mail is not None:
        yield f"mail-user={job.mail.value}"
    if job.notify is not None or job.mail is not None:
        events = job.notify.value if job.notify else (Event.END, Event.FAIL)
        yield f"mail-type={','.join(_EVENTS[each] for each in events)}"
    if job.environment is not None:
        yield f"export={'NONE' if job.environment.value is Environment.CLEAN else 'ALL'}"
