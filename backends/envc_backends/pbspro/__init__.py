"""PBS Professional and OpenPBS: a script for `qsub`. Torque, whose `qsub` reads it otherwise, is
another."""

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
from envc_backends.pbspro import directives, reading

_NODES = Reach(hosts=(Variable("PBS_NODEFILE"),))
_FIELDS = asking.fields(
    {
        "nodes": Support(Answer.SAID, "as chunks of `select`, one a node"),
        "tasks": Support(Answer.SAID, "`mpiprocs` of a chunk"),
        "cpus": Support(Answer.SAID, "`ncpus` of a chunk, for all of its tasks"),
        "gpus": Support(Answer.SAID, "`ngpus` of a chunk"),
        "gpu": Support(Answer.SAID, "as a boolean resource of that name"),
        "memory": Support(Answer.SAID, "of a chunk"),
        "walltime": Support(Answer.SAID),
        "queue": Support(Answer.SAID),
        "account": Support(Answer.SAID),
        "project": Support(Answer.SAID),
        "qos": Support(Answer.REFUSED, "write `queue`, by which PBS Professional ranks jobs"),
        "constraint": Support(Answer.SAID, "as resources, or values of the site's `property`"),
        "exclusive": Support(Answer.SAID),
        "array": Support(Answer.SAID, "one number alone is counted by the script"),
        "after": Support(Answer.SAID, "by `qsub -W depend`, which `envc submit` does"),
        "requeue": Support(Answer.SAID),
        "environment": Support(Answer.SAID, "little of it reaches a job unless it says `inherit`"),
        "mail": Support(Answer.SAID),
        "notify": Support(Answer.SAID, "of `fail` as of `end`, not of `requeue`"),
    }
)


class _PbsPro(Batch):
    name = "pbspro"
    ending = "pbs"
    fields: Mapping[str, Support] = _FIELDS

    def dialect(self, job: Job) -> Dialect:
        is_array = job.array is not None and len(job.array.value.numbers) > 1
        return Dialect(
            directives=tuple(directives.lines(job)),
            job=("PBS_JOBID",),
            folder="PBS_O_WORKDIR",
            number=Number("PBS_ARRAY_INDEX") if is_array else None,
            launch=launching.tasks(job, _NODES),
            each_node=mpirun.each_node(job, _NODES),
            prefixes=mpirun.PREFIXES,
        )

    def use(self, job: Job, file: str) -> str:
        return pbs.handed_in(job, file)

    def refused(self, job: Job) -> Iterator[Diagnostic]:
        yield from asking.values(job, "PBS Professional", directives.FEATURE)
        yield from asking.facts(job, "PBS Professional", "property")
        yield from asking.endless_checkpoint(job, "PBS Professional")
        yield from asking.unheard_events(job, "PBS Professional", Event.REQUEUE)

    def read(self, text: str) -> Told | Problem:
        return reading.read(text)


BACKEND: JobBackend = _PbsPro()
