"""Flux: a script for `flux batch`, which becomes the first program of a Flux of its own."""

from collections.abc import Iterator, Mapping

from envc.diagnostics.model import Diagnostic
from envc.facts.problem import Problem
from envc.jobs import mpirun, script
from envc.jobs.backend import Answer, JobBackend, Support, Told
from envc.jobs.batch import Batch
from envc.jobs.model import INDEX, Job
from envc.jobs.refused import cannot
from envc.jobs.script import Dialect, Number
from envc.runtimes.model import Word
from envc_backends.batch import asking, launching
from envc_backends.flux import directives, reading

_FIELDS = asking.fields(
    {
        "nodes": Support(Answer.SAID),
        "tasks": Support(Answer.SAID, "as slots"),
        "cpus": Support(Answer.SAID, "as cores of a slot"),
        "gpus": Support(Answer.SAID, "of a slot, only as a multiple of a node's tasks"),
        "gpu": Support(Answer.SAID, "as a property of nodes of that name"),
        "memory": Support(Answer.REFUSED, "ask for more `cpus`, or for nodes that have it"),
        "walltime": Support(Answer.SAID),
        "queue": Support(Answer.SAID),
        "account": Support(Answer.SAID, "by `--bank`, as `project`"),
        "project": Support(Answer.SAID, "by `--bank`, as `account`"),
        "qos": Support(Answer.REFUSED, "write `queue`, by which Flux ranks jobs"),
        "constraint": Support(Answer.SAID, "as properties of nodes"),
        "exclusive": Support(Answer.SAID),
        "array": Support(Answer.EMULATED, "a job for each number, handed in by a loop; no `limit`"),
        "after": Support(Answer.SAID, "by `flux batch --dependency`, which `envc submit` does"),
        "requeue": Support(Answer.REFUSED, "it starts no job again"),
        "environment": Support(Answer.SAID),
        "mail": Support(Answer.REFUSED, "it writes only where a site has added that"),
        "notify": Support(Answer.REFUSED, "it writes only where a site has added that"),
        "launched": Support(Answer.SAID, "by `flux run`"),
    }
)


class _Flux(Batch):
    name = "flux"
    ending = "flux"
    fields: Mapping[str, Support] = _FIELDS

    def dialect(self, job: Job) -> Dialect:
        return Dialect(
            directives=tuple(directives.lines(job)),
            # The script runs in a Flux of its own, where FLUX_JOB_ID is not set.
            job=("FLUX_ENCLOSING_ID",),
            number=Number(INDEX),
            launch=(*_tasks(job), *launching.warned(job)),
            each_node=_run(f"--nodes={job.shape.nodes}", f"--ntasks={job.shape.nodes}"),
            prefixes=("PMI_", "PMIX_", "FLUX_"),
        )

    def use(self, job: Job, file: str) -> str:
        before = "".join(
            f" --dependency=afterok:ID-OF-{name}" for name in (job.after.value if job.after else ())
        )
        if job.array is None:
            return f"flux batch{before} {file}"
        array = job.array.value
        numbers = f"seq {array.start} {array.step} {array.numbers[-1]}"
        return f"for n in $({numbers}); do flux batch --env={INDEX}=$n{before} {file}; done"

    def refused(self, job: Job) -> Iterator[Diagnostic]:
        yield from asking.values(job, "Flux", directives.FEATURE)
        yield from asking.two_accounts(job, "Flux")
        yield from asking.endless_checkpoint(job, "Flux")
        text = script.text(job, self.dialect(job))
        if len(reading.marked(text)) > len(self.dialect(job).directives):
            message = "a line of the script begins with `flux:`, which Flux takes for an option"
            yield cannot(message, job.place, "call the app or its program something else")
        if job.array is not None and job.array.value.limit is not None:
            yield cannot(
                "Flux has no word for the `limit` of an array", job.array.place, "leave `limit` out"
            )
        if job.gpus is not None and job.shape.gpus_per_node % job.shape.tasks_per_node:
            yield cannot(
                f"Flux counts GPUs for each of a node's {job.shape.tasks_per_node} tasks, and "
                f"{job.shape.gpus_per_node} cannot be shared among them",
                job.gpus.place,
                "write `gpus` as a number `per task`",
            )

    def read(self, text: str) -> Told | Problem:
        return reading.read(text)


def _tasks(job: Job) -> tuple[Word, ...]:
    if not mpirun.is_launched(job):
        return ()
    shape = job.shape
    words = [f"--nodes={shape.nodes}", f"--ntasks={shape.tasks}"]
    words += [f"--cores-per-task={shape.cpus_per_task}"]
    gpus = shape.gpus_per_node // shape.tasks_per_node
    return _run(*words, *((f"--gpus-per-task={gpus}",) if gpus else ()))


def _run(*words: str) -> tuple[Word, ...]:
    return tuple((word,) for word in ("flux", "run", *words))


BACKEND: JobBackend = _Flux()
