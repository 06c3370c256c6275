"""OAR: a script for `oarsub -S`, judged by the real program in tests/schedulers."""

from collections.abc import Iterator, Mapping

from envc.diagnostics.model import Diagnostic
from envc.facts.problem import Problem
from envc.jobs import mpirun
from envc.jobs.backend import Answer, JobBackend, Support, Told
from envc.jobs.batch import Batch
from envc.jobs.model import Event, Job
from envc.jobs.mpirun import Reach
from envc.jobs.refused import cannot
from envc.jobs.script import Dialect, Number
from envc.runtimes.model import Variable
from envc_backends.batch import asking, launching
from envc_backends.oar import directives, reading

_NODES = Reach(hosts=(Variable("OAR_NODEFILE"),), agent="oarsh")
_FIELDS = asking.fields(
    {
        "nodes": Support(Answer.SAID),
        "tasks": Support(Answer.SAID, "as cores of a node; `mpirun` is told how many"),
        "cpus": Support(Answer.SAID, "as cores of a node, for all of its tasks"),
        "gpus": Support(Answer.SAID, "per node, with the cores below them"),
        "gpu": Support(Answer.SAID, "as a property of that name"),
        "memory": Support(Answer.EMULATED, "as whole nodes, but not beside GPUs"),
        "walltime": Support(Answer.SAID),
        "queue": Support(Answer.SAID),
        "account": Support(Answer.SAID, "by `--project`, as `project`"),
        "project": Support(Answer.SAID, "by `--project`, as `account`"),
        "qos": Support(Answer.REFUSED, "write `queue`, by which OAR ranks jobs"),
        "constraint": Support(Answer.SAID, "as properties, or values of the site's `property`"),
        "exclusive": Support(Answer.SAID, "as whole nodes"),
        "array": Support(
            Answer.SAID, "counted from 1, without `limit`; the script makes the numbers"
        ),
        "after": Support(Answer.REFUSED, "it waits for the end of jobs, not for their success"),
        "requeue": Support(
            Answer.SAID, "where the program ends with code 99, after a minute or more"
        ),
        "environment": Support(Answer.REFUSED, "write `env clean`: nothing of it reaches a job"),
        "mail": Support(Answer.SAID),
        "notify": Support(Answer.SAID, "of `fail` as of `end`, not of `requeue`, only with `mail`"),
    }
)


class _Oar(Batch):
    name = "oar"
    ending = "oar"
    fields: Mapping[str, Support] = _FIELDS

    def dialect(self, job: Job) -> Dialect:
        return Dialect(
            directives=tuple(directives.lines(job)),
            job=("OAR_JOB_ID",),
            # Outside of arrays it is 1, too.
            number=Number("OAR_ARRAY_INDEX", 1),
            launch=launching.tasks(job, _NODES),
            each_node=mpirun.each_node(job, _NODES),
            prefixes=mpirun.PREFIXES,
        )

    def use(self, job: Job, file: str) -> str:
        """The script is not copied when it is handed in, and has to be executable."""
        del job
        return f"oarsub -S ./{file}"

    def refused(self, job: Job) -> Iterator[Diagnostic]:
        yield from asking.values(job, "OAR", directives.FEATURE)
        yield from asking.facts(job, "OAR", "property")
        yield from asking.two_accounts(job, "OAR")
        yield from asking.endless_checkpoint(job, "OAR")
        yield from asking.unheard_events(job, "OAR", Event.REQUEUE)
        if job.memory is not None and job.gpus is not None:
            message = "OAR counts no memory, and GPUs may come without the rest of their node"
            yield cannot(message, job.memory.place, "leave `memory` out")
        if job.notify is not None and job.mail is None:
            yield cannot("OAR writes only to an address", job.notify.place, "add `mail`")
        if job.array is not None and job.array.value.limit is not None:
            yield cannot(
                "OAR has no word for the `limit` of an array", job.array.place, "leave `limit` out"
            )

    def read(self, text: str) -> Told | Problem:
        return reading.read(text)


BACKEND: JobBackend = _Oar()
