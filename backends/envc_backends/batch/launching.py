"""How tasks are started where the scheduler only hands out nodes, and who tells them of the end."""

from envc.jobs import mpirun
from envc.jobs.model import Job
from envc.jobs.mpirun import NEAR, Reach
from envc.runtimes.model import Word


def tasks(job: Job, reach: Reach = NEAR) -> tuple[Word, ...]:
    return (*mpirun.tasks(job, reach), *warned(job))


def warned(job: Job) -> tuple[Word, ...]:
    """Each task gets its signal before the time is up, and keeps its exit code."""
    if job.checkpoint is None or job.walltime is None:
        return ()
    signal, before = job.checkpoint.value.signal, job.checkpoint.value.before
    seconds = max(job.walltime.value - before, 1)
    words = ("timeout", "--foreground", "--preserve-status", f"--signal={signal}", str(seconds))
    return tuple((word,) for word in words)
