"""This machine, without a scheduler: the same script, started by a person."""

from collections.abc import Iterator, Mapping

from envc.diagnostics.model import Diagnostic
from envc.facts.problem import Problem
from envc.jobs import mpirun
from envc.jobs.backend import Answer, JobBackend, Support, Told
from envc.jobs.batch import Batch
from envc.jobs.model import Checkpoint, Job
from envc.jobs.refused import cannot
from envc.jobs.script import Dialect
from envc.quoting import sh
from envc.runtimes.model import Word

_NO_QUEUE = Support(Answer.MEANINGLESS, "nobody else decides what runs here")
_AS_IT_IS = Support(Answer.MEANINGLESS, "the machine has what it has")
_WATCHED = Support(Answer.MEANINGLESS, "whoever starts it sees it end")

_FIELDS = {
    "nodes": Support(Answer.REFUSED, "write `nodes 1`, or name a site with a scheduler"),
    "tasks": Support(Answer.EMULATED, "by `mpirun` or `mpiexec`"),
    "cpus": Support(Answer.EMULATED, "as `OMP_NUM_THREADS`"),
    "gpus": Support(Answer.EMULATED, "the runtime shows them; all that there are"),
    "gpu": _AS_IT_IS,
    "memory": _AS_IT_IS,
    "walltime": Support(Answer.EMULATED, "by `timeout`"),
    "queue": _NO_QUEUE,
    "account": _NO_QUEUE,
    "project": _NO_QUEUE,
    "qos": _NO_QUEUE,
    "constraint": _AS_IT_IS,
    "exclusive": _NO_QUEUE,
    "array": Support(Answer.EMULATED, "one number after the other, or `limit` at once"),
    "after": Support(Answer.EMULATED, "the command of the README starts those before it first"),
    "requeue": _WATCHED,
    "checkpoint": Support(Answer.EMULATED, "by `timeout`, which needs a `walltime`"),
    "inputs": Support(Answer.EMULATED, "looked for, and copied to scratch"),
    "outputs": Support(Answer.EMULATED, "looked for, and copied from scratch"),
    "environment": Support(Answer.EMULATED, "by the runtime"),
    "mail": _WATCHED,
    "notify": _WATCHED,
    "workdir": Support(Answer.EMULATED, "the script goes there"),
    "launched": Support(Answer.EMULATED, "by the MPI of the site or the image"),
}


class _Local(Batch):
    name = "local"
    ending = "sh"
    fields: Mapping[str, Support] = _FIELDS

    def dialect(self, job: Job) -> Dialect:
        return Dialect(
            directives=(),
            job=(),
            launch=(*_timeout(job), *mpirun.tasks(job)),
            prefixes=mpirun.PREFIXES,
        )

    def use(self, job: Job, file: str) -> str:
        before = job.after.value if job.after else ()
        return " && ".join(
            f"sh {sh.word(name)}" for name in (*(f"{one}.sh" for one in before), file)
        )

    def refused(self, job: Job) -> Iterator[Diagnostic]:
        if job.checkpoint is not None and job.walltime is None:
            message = "nothing here says when the time is up, before which to signal"
            yield cannot(message, job.checkpoint.place, "add `walltime`")

    def read(self, text: str) -> Told | Problem:
        """Nobody reads anything in it."""
        del text
        return {}


def _timeout(job: Job) -> tuple[Word, ...]:
    if job.walltime is None:
        return ()
    seconds = job.walltime.value
    told = job.checkpoint.value if job.checkpoint else Checkpoint("TERM", 0)
    words = (
        "timeout",
        "--foreground",
        f"--signal={told.signal}",
        f"--kill-after={told.before or 30}",
    )
    return tuple((word,) for word in (*words, str(max(seconds - told.before, 1))))


BACKEND: JobBackend = _Local()
