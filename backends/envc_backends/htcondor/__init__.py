"""HTCondor: a submit description and the script that it starts, judged by the real program."""

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
from envc.runtimes.model import Variable, runtime
from envc.spec import Place
from envc_backends.batch import asking, launching
from envc_backends.htcondor import description, reading

_FIELDS = asking.fields(
    {
        "nodes": Support(Answer.REFUSED, "write `nodes 1`: it runs a job on one machine"),
        "tasks": Support(Answer.SAID, "as CPUs of one machine"),
        "cpus": Support(Answer.SAID),
        "gpus": Support(Answer.SAID),
        "gpu": Support(Answer.SAID, "as a part of the device's name"),
        "memory": Support(Answer.SAID),
        "walltime": Support(Answer.SAID, "a job that takes longer is removed"),
        "queue": Support(Answer.REFUSED, "write `constraint`: it has no queues"),
        "account": Support(Answer.SAID, "as `accounting_group`"),
        "project": Support(Answer.SAID, "as `+ProjectName`"),
        "qos": Support(Answer.REFUSED, "write `account`, by which it ranks jobs"),
        "constraint": Support(
            Answer.SAID, "as attributes of machines, or values of the `property`"
        ),
        "exclusive": Support(Answer.REFUSED, "ask for all `cpus` and `memory` of a machine"),
        "array": Support(Answer.SAID, "counted from 0; the script makes the numbers of it"),
        "after": Support(Answer.REFUSED, "only its DAGMan knows an order of jobs"),
        "requeue": Support(
            Answer.MEANINGLESS, "`yes` is what it does; `no` removes the job instead"
        ),
        "inputs": Support(Answer.SAID, "brought to the machine, but for absolute paths"),
        "outputs": Support(Answer.EMULATED, "what is new in the job's folder is brought back"),
        "environment": Support(Answer.SAID),
        "mail": Support(Answer.SAID),
        "notify": Support(Answer.REFUSED, "write `mail` alone: it writes when a job ends"),
    }
)


class _HtCondor(Batch):
    name = "htcondor"
    ending = "sh"
    fields: Mapping[str, Support] = _FIELDS

    def files(self, job: Job) -> tuple[File, ...]:
        (script, *_) = super().files(job)
        name = f"{job.run}.sub"
        text = description.text(job, script.path)
        about = f"The job `{job.run}`, for {title(self.name)}."
        use = f"condor_submit {name}"
        return (
            File(name, text, about, use),
            script._replace(about=f"What `{name}` starts.", use=""),
        )

    def dialect(self, job: Job) -> Dialect:
        return Dialect(
            directives=(),
            job=(description.CLUSTER,),
            number=Number(description.NUMBER, 0),
            launch=launching.tasks(job),
            each_node=mpirun.each_node(job),
            prefixes=mpirun.PREFIXES,
            images=() if description.is_shared(job) else (Variable("PWD"),),
        )

    def use(self, job: Job, file: str) -> str:
        del job
        return file

    def refused(self, job: Job) -> Iterator[Diagnostic]:
        forms = {"gpu": description.GPU, "text": description.GROUP}
        yield from asking.values(job, "HTCondor", description.FEATURE, **forms)
        yield from asking.facts(job, "HTCondor", "property")
        yield from asking.endless_checkpoint(job, "HTCondor")
        yield from _folders(job)
        for path, place in _paths(job):
            if not fits(path, description.PATH) or "://" in path:
                yield cannot(
                    f"HTCondor cannot be told the path {path!r}",
                    place,
                    "write it with letters of English, digits, `_`, `.`, `-` and single blanks",
                )

    def read(self, text: str) -> Told | Problem:
        return reading.read(text)


def _folders(job: Job) -> Iterator[Diagnostic]:
    # That of Guix holds recipes, and no links.
    is_unpacked = runtime(job.runtime).takes == "folder" and job.runtime != "guix"
    if is_unpacked and not description.is_shared(job):
        yield cannot(
            f"HTCondor brings no image of {job.runtime} to a machine: it is a folder with links to "
            "others, which it does not follow",
            job.place,
            "write `runtime apptainer`, or `shared yes` where machines see the images",
        )


def _paths(job: Job) -> Iterator[tuple[str, Place]]:
    """That are brought to a machine or back."""
    if description.is_shared(job):
        return
    yield from ((said.value, said.place) for said in (*job.inputs, *job.outputs))
    if job.where.images.startswith("/"):
        yield job.where.images, job.place


BACKEND: JobBackend = _HtCondor()
