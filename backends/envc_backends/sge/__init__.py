"""Grid Engine: a script for `qsub`, judged by the real program in tests/schedulers."""

from collections.abc import Iterator, Mapping

from envc.diagnostics.model import Diagnostic
from envc.facts.problem import Problem
from envc.jobs import mpirun
from envc.jobs.backend import Answer, JobBackend, Support, Told
from envc.jobs.batch import Batch
from envc.jobs.model import Event, Job
from envc.jobs.refused import cannot
from envc.jobs.script import Dialect, Number
from envc_backends.batch import asking, launching
from envc_backends.sge import directives, reading

_FIELDS = asking.fields(
    {
        "nodes": Support(
            Answer.SAID, "as slots of a parallel environment, which says how many a node"
        ),
        "tasks": Support(Answer.SAID, "as slots of a parallel environment"),
        "cpus": Support(Answer.SAID, "as slots of a parallel environment"),
        "gpus": Support(Answer.SAID, "by the complex `gpu`, only as a multiple of the slots"),
        "gpu": Support(Answer.SAID, "as a complex of that name"),
        "memory": Support(
            Answer.SAID, "for each slot, by the complex `h_vmem` or what the site says"
        ),
        "walltime": Support(Answer.SAID),
        "queue": Support(Answer.SAID),
        "account": Support(Answer.SAID, "a label in the accounting, which nobody checks"),
        "project": Support(Answer.SAID),
        "qos": Support(
            Answer.REFUSED, "write `queue` or `project`, by which Grid Engine ranks jobs"
        ),
        "constraint": Support(
            Answer.SAID, "as boolean complexes, or values of the site's `property`"
        ),
        "exclusive": Support(
            Answer.SAID, "by the complex `exclusive`, which the site has to define"
        ),
        "array": Support(Answer.SAID, "from 1 on; the script makes other numbers of these"),
        "after": Support(Answer.REFUSED, "it waits for the end of jobs, not for their success"),
        "requeue": Support(Answer.SAID),
        "environment": Support(Answer.SAID, "little of it reaches a job unless it says `inherit`"),
        "mail": Support(Answer.SAID),
        "notify": Support(Answer.SAID, "of `fail` as of `end`, not of `requeue`"),
    }
)


class _Sge(Batch):
    name = "sge"
    ending = "sge"
    fields: Mapping[str, Support] = _FIELDS

    def dialect(self, job: Job) -> Dialect:
        own = job.array is None or directives.has_own_numbers(job.array.value)
        return Dialect(
            directives=tuple(directives.lines(job)),
            job=("JOB_ID",),
            # Outside of arrays it is `undefined`, and nobody asks.
            number=Number("SGE_TASK_ID", None if own else 1),
            launch=launching.tasks(job),
            each_node=mpirun.each_node(job),
            prefixes=mpirun.PREFIXES,
        )

    def use(self, job: Job, file: str) -> str:
        del job
        return f"qsub {file}"

    def refused(self, job: Job) -> Iterator[Diagnostic]:
        yield from asking.values(job, "Grid Engine", directives.FEATURE)
        yield from asking.facts(job, "Grid Engine", "smp", "parallel", "memory", "property")
        yield from asking.endless_checkpoint(job, "Grid Engine")
        yield from asking.unheard_events(job, "Grid Engine", Event.REQUEUE)
        if job.gpus is not None and job.shape.gpus_per_node % job.shape.cpus_per_node:
            yield cannot(
                f"Grid Engine counts GPUs for each of a node's {job.shape.cpus_per_node} slots, "
                f"and {job.shape.gpus_per_node} cannot be shared among them",
                job.gpus.place,
                "ask for as many GPUs as CPUs, or a multiple, or for one CPU",
            )

    def read(self, text: str) -> Told | Problem:
        return reading.read(text)


BACKEND: JobBackend = _Sge()
