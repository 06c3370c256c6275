"""Torque: a script for its `qsub`, which takes a script for PBS Professional's and misreads it."""

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
from envc_backends.batch import asking, launching, pbs
from envc_backends.torque import directives, reading

_NODES = Reach(hosts=(Variable("PBS_NODEFILE"),))
_FIELDS = asking.fields(
    {
        "nodes": Support(Answer.SAID),
        "tasks": Support(Answer.SAID, "as cores of a node, `ppn`; `mpirun` is told how many"),
        "cpus": Support(Answer.SAID, "as cores of a node, `ppn`, for all of its tasks"),
        "gpus": Support(Answer.SAID, "per node"),
        "gpu": Support(Answer.SAID, "as a property of nodes of that name"),
        "memory": Support(Answer.SAID, "of the whole job"),
        "walltime": Support(Answer.SAID),
        "queue": Support(Answer.SAID),
        "account": Support(Answer.SAID),
        "project": Support(Answer.REFUSED, "write `account`: its `-P` names another user"),
        "qos": Support(Answer.REFUSED, "write `queue`, by which Torque ranks jobs"),
        "constraint": Support(Answer.SAID, "as properties of nodes"),
        "exclusive": Support(Answer.SAID, "by `-n`, which Moab and Maui have to obey"),
        "array": Support(Answer.SAID, "counted from 0; the script makes the numbers of it"),
        "after": Support(Answer.SAID, "by `qsub -W depend`, which `envc submit` does"),
        "requeue": Support(Answer.SAID),
        "environment": Support(Answer.SAID, "little of it reaches a job unless it says `inherit`"),
        "mail": Support(Answer.SAID),
        "notify": Support(Answer.SAID, "of `fail` as of `end`, not of `requeue`"),
    }
)


class _Torque(Batch):
    name = "torque"
    ending = "torque"
    fields: Mapping[str, Support] = _FIELDS

    def dialect(self, job: Job) -> Dialect:
        return Dialect(
            directives=tuple(directives.lines(job)),
            job=("PBS_JOBID",),
            folder="PBS_O_WORKDIR",
            number=Number("PBS_ARRAYID", 0),
            launch=launching.tasks(job, _NODES),
            each_node=mpirun.each_node(job, _NODES),
            prefixes=mpirun.PREFIXES,
        )

    def use(self, job: Job, file: str) -> str:
        return pbs.handed_in(job, file)

    def refused(self, job: Job) -> Iterator[Diagnostic]:
        yield from asking.values(job, "Torque", directives.FEATURE)
        yield from asking.endless_checkpoint(job, "Torque")
        yield from asking.unheard_events(job, "Torque", Event.REQUEUE)

    def read(self, text: str) -> Told | Problem:
        return reading.read(text)


BACKEND: JobBackend = _Torque()
