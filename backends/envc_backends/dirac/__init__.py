"""The grid through DIRAC: a JDL, which its own code reads in tests, and the script it starts."""

from collections.abc import Iterator, Mapping

from envc.diagnostics.model import Diagnostic
from envc.facts.problem import Problem
from envc.jobs import mpirun
from envc.jobs.backend import Answer, JobBackend, Support, Told
from envc.jobs.batch import Batch
from envc.jobs.model import Job
from envc.jobs.names import title
from envc.jobs.refused import cannot
from envc.jobs.script import Dialect, Number
from envc.jobs.values import fits
from envc.plan.backend import File
from envc_backends.batch import asking, launching
from envc_backends.dirac import description, reading

_NO_ONE = "the proxy says who pays"
_FIELDS = asking.fields(
    {
        "nodes": Support(Answer.REFUSED, "write `nodes 1`: it runs a job on one node"),
        "tasks": Support(Answer.SAID, "as processors of one node"),
        "cpus": Support(Answer.SAID, "as processors of one node"),
        "gpus": Support(
            Answer.REFUSED, "write `constraint` with the tag of the sites that have them"
        ),
        "gpu": Support(
            Answer.REFUSED, "write `constraint` with the tag of the sites that have them"
        ),
        "memory": Support(Answer.SAID, "as `MinRAM`"),
        "walltime": Support(Answer.SAID, "as `CPUTime` of a fast core"),
        "queue": Support(Answer.SAID, "as `Site`"),
        "account": Support(Answer.REFUSED, _NO_ONE),
        "project": Support(Answer.REFUSED, _NO_ONE),
        "qos": Support(Answer.REFUSED, _NO_ONE),
        "constraint": Support(Answer.SAID, "as `Tags`"),
        "exclusive": Support(Answer.SAID, "as `WholeNode`"),
        "array": Support(Answer.SAID, "counted from 0, without `limit`"),
        "after": Support(Answer.REFUSED, "hand it in once the others have succeeded"),
        "requeue": Support(Answer.REFUSED, "`dirac-wms-job-reschedule` starts a job again"),
        "inputs": Support(Answer.SAID, "in the input sandbox, but for absolute paths"),
        "outputs": Support(Answer.SAID, "in the output sandbox, which is for small files"),
        "environment": Support(Answer.REFUSED, "write `env clean`: nothing of it reaches a job"),
        "mail": Support(Answer.REFUSED, "it writes to nobody"),
        "notify": Support(Answer.REFUSED, "it writes to nobody"),
    }
)


class _Dirac(Batch):
    name = "dirac"
    ending = "sh"
    fields: Mapping[str, Support] = _FIELDS

    def files(self, job: Job) -> tuple[File, ...]:
        (script, *_) = super().files(job)
        name = f"{job.run}.jdl"
        about = f"The job `{job.run}`, for {title(self.name)}."
        use = f"dirac-wms-job-submit {name}"
        return (
            File(name, description.text(job, script.path), about, use),
            script._replace(about=f"What `{name}` starts.", use=""),
        )

    def dialect(self, job: Job) -> Dialect:
        return Dialect(
            directives=(),
            job=("JOBID",),
            number=Number(description.NUMBER, 0),
            launch=launching.tasks(job),
            each_node=mpirun.each_node(job),
            prefixes=mpirun.PREFIXES,
        )

    def use(self, job: Job, file: str) -> str:
        del job
        return file

    def refused(self, job: Job) -> Iterator[Diagnostic]:
        yield from asking.values(job, "DIRAC", description.FEATURE, text=description.SITE)
        yield from asking.endless_checkpoint(job, "DIRAC")
        if job.array is not None and job.array.value.limit is not None:
            yield cannot(
                "DIRAC has no word for the `limit` of an array", job.array.place, "leave it out"
            )
        for said in description.near((*job.inputs, *job.outputs)):
            if not fits(said.value, description.FILE):
                yield cannot(
                    f"a sandbox of DIRAC cannot hold {said.value!r}",
                    said.place,
                    "name a file without folders, with letters of English, digits, `_`, `.`, `-`",
                )

    def read(self, text: str) -> Told | Problem:
        return reading.read(text)


BACKEND: JobBackend = _Dirac()
