"""Time, and how much of a machine one container has."""

from dataclasses import dataclass

from envc.jobs.model import Checkpoint, Job, Launch
from envc.runtimes.model import Word

_KILLED_AFTER = 30
"""Seconds that a program has to end in, once it is told to."""


@dataclass(frozen=True, slots=True)
class Share:
    """Of one container. Tasks that know nothing of each other are a container each."""

    containers: int
    is_apart: bool
    """Each on a node of its own."""
    cpus: int
    memory: int | None
    """MiB."""
    gpus: int


def share(job: Job) -> Share:
    shape = job.shape
    if job.launch in (Launch.PLAIN, Launch.OPENMP):
        among = shape.tasks_per_node
        memory = -(-shape.memory_per_node // among) if shape.memory_per_node else None
        return Share(
            containers=shape.tasks,
            is_apart=job.nodes is not None and shape.nodes > 1,
            cpus=shape.cpus_per_task,
            memory=memory,
            gpus=shape.gpus_per_node // among,
        )
    return Share(
        containers=shape.nodes,
        is_apart=shape.nodes > 1,
        cpus=shape.cpus_per_node,
        memory=shape.memory_per_node,
        gpus=shape.gpus_per_node,
    )


def asks_cpus(job: Job) -> bool:
    return job.tasks is not None or job.cpus is not None


def timed(job: Job, *, is_timed: bool) -> tuple[Word, ...]:
    """What ends the program or warns it, counted from its start, and keeps its exit code."""
    if job.walltime is None or not (is_timed or job.checkpoint):
        return ()
    told = job.checkpoint.value if job.checkpoint else Checkpoint("TERM", 0)
    seconds = str(max(job.walltime.value - told.before, 1))
    killed = (f"--kill-after={told.before or _KILLED_AFTER}",) if is_timed else ()
    # Without a checkpoint, the code is that of `timeout`: 124.
    kept = ("--preserve-status",) if job.checkpoint else ()
    return tuple(
        (word,)
        for word in ("timeout", "--foreground", *kept, f"--signal={told.signal}", *killed, seconds)
    )
