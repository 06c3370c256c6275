"""What a job asks for, in the words of `oarsub -S`: one option a line, to its end, without quotes.

OAR gives out resources by their place in a hierarchy: `/nodes=2/core=16` is 16 cores on each of two
nodes, and a node or a GPU without cores behind it is all of it.
"""

from collections.abc import Iterator

from envc.jobs.batch import job_name
from envc.jobs.model import Event, Job
from envc_backends.batch import asking
from envc_backends.batch.amounts import clock

FEATURE = r"[A-Za-z][A-Za-z0-9_]*"
"""A property of nodes that is `YES`, or the value of the site's `property`."""
_ENDS = ("END", "ERROR")
"""A job whose program fails has ended as any other."""
_EVENTS = {Event.BEGIN: ("RUNNING",), Event.END: _ENDS, Event.FAIL: _ENDS}


def lines(job: Job) -> Iterator[str]:
    for part in (_place, _machine, _time, _events):
        yield from (f"#OAR {option}" for option in part(job))


def _place(job: Job) -> Iterator[str]:
    name = job_name(job)
    yield f"-n {name}"
    yield f"-O {name}.%jobid%.out"
    yield f"-E {name}.%jobid%.out"
    charged = job.account or job.project
    for option, said in (("-q", job.queue), ("--project", charged)):
        if said is not None:
            yield f"{option} {said.value}"
    # SQL, where a text in double quotes or none is a column.
    if features := asking.named(job, "{name}='YES'", "{property}='{name}'"):
        yield f"-p {' AND '.join(features)}"


def _machine(job: Job) -> Iterator[str]:
    shape = job.shape
    levels = []
    # OAR counts no memory, but whole nodes share theirs with nobody.
    is_whole = asking.is_exclusive(job) or job.memory is not None
    if asking.asks_machine(job) or is_whole:
        levels = [f"/nodes={shape.nodes}"]
        # Cores stand below GPUs, and are counted for each of them.
        levels += [f"/gpu={shape.gpus_per_node}"] if shape.gpus_per_node else []
        cores = -(-shape.cpus_per_node // (shape.gpus_per_node or 1))
        levels += [] if is_whole else [f"/core={cores}"]
    time = [f"walltime={clock(job.walltime.value)}"] if job.walltime else []
    if levels or time:
        yield f"-l {','.join((*([''.join(levels)] if levels else []), *time))}"


def _time(job: Job) -> Iterator[str]:
    if job.requeue is not None and job.requeue.value:
        yield "-t idempotent"
    if job.array is not None and len(job.array.value.numbers) > 1:
        yield f"--array {len(job.array.value.numbers)}"


def _events(job: Job) -> Iterator[str]:
    if job.mail is not None:
        tags = dict.fromkeys(tag for event in asking.events(job) for tag in _EVENTS.get(event, ()))
        yield f"--notify [{','.join(tags)}]mail:{job.mail.value}"
