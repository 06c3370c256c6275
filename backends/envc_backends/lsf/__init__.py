"""IBM Spectrum LSF: a script for `bsub`, after its documentation; no LSF has read it."""

from collections.abc import Iterator, Mapping

from envc.diagnostics.model import Diagnostic
from envc.facts.problem import Problem
from envc.jobs import mpirun
from envc.jobs.backend import Answer, JobBackend, Support, Told
from envc.jobs.batch import Batch
from envc.jobs.model import Event, Job
from envc.jobs.mpirun import Reach
from envc.jobs.script import Dialect, Number
from envc.runtimes.model import Variable
from envc_backends.batch import asking
from envc_backends.lsf import directives, reading

_NODES = Reach(hosts=(Variable("LSB_DJOB_HOSTFILE"),), agent="blaunch")
_FIELDS = asking.fields(
    {
        "nodes": Support(Answer.SAID, "by `span[ptile=…]`"),
        "tasks": Support(Answer.SAID),
        "cpus": Support(Answer.SAID, "by `affinity[core(…)]`"),
        "gpus": Support(Answer.SAID, "per node"),
        "gpu": Support(Answer.SAID, "by `gmodel`, as LSF calls it"),
        "memory": Support(Answer.SAID, "reserved on each node; since 10.1.0.9"),
        "walltime": Support(Answer.SAID, "in whole minutes, rounded up"),
        "queue": Support(Answer.SAID),
        "account": Support(Answer.SAID, "by `-P`, as `project`"),
        "project": Support(Answer.SAID, "by `-P`, as `account`"),
        "qos": Support(Answer.REFUSED, "write `queue`, by which LSF ranks jobs"),
        "constraint": Support(Answer.SAID, "as boolean resources"),
        "exclusive": Support(Answer.SAID),
        "array": Support(Answer.SAID, "from 1 on; the script makes other numbers of these"),
        "after": Support(Answer.SAID, "by `bsub -w`, which `envc submit` does"),
        "requeue": Support(Answer.SAID),
        "checkpoint": Support(Answer.SAID, "in whole minutes, rounded up"),
        "environment": Support(Answer.SAID),
        "mail": Support(Answer.SAID),
        "notify": Support(Answer.SAID, "not of `requeue`"),
    }
)


class _Lsf(Batch):
    name = "lsf"
    ending = "lsf"
    fields: Mapping[str, Support] = _FIELDS

    def dialect(self, job: Job) -> Dialect:
        own = job.array is None or directives.has_own_numbers(job.array.value)
        return Dialect(
            directives=tuple(directives.lines(job)),
            job=("LSB_JOBID",),
            # Outside of arrays it is 0.
            number=Number("LSB_JOBINDEX", None if own else 1),
            launch=mpirun.tasks(job, _NODES),
            each_node=mpirun.each_node(job, _NODES),
            prefixes=mpirun.PREFIXES,
        )

    def use(self, job: Job, file: str) -> str:
        if job.after is None:
            return f"bsub < {file}"
        before = " && ".join(f"done(ID-OF-{name})" for name in job.after.value)
        return f'bsub -w "{before}" < {file}'

    def refused(self, job: Job) -> Iterator[Diagnostic]:
        yield from asking.values(job, "LSF", directives.FEATURE, gpu=directives.GPU)
        yield from asking.two_accounts(job, "LSF")
        yield from asking.unheard_events(job, "LSF", Event.REQUEUE)

    def read(self, text: str) -> Told | Problem:
        return reading.read(text)


BACKEND: JobBackend = _Lsf()
