"""Slurm: a script for `sbatch`, judged by the real program in tests/schedulers."""

from collections.abc import Iterator, Mapping

from envc.diagnostics.model import Diagnostic
from envc.facts.problem import Problem
from envc.jobs.backend import Answer, JobBackend, Support, Told
from envc.jobs.batch import Batch
from envc.jobs.model import Job, Said
from envc.jobs.refused import cannot
from envc.jobs.script import Dialect, Number
from envc.jobs.values import ADDRESS, fits, refused
from envc_backends.slurm import directives, reading
from envc_backends.slurm.launching import each_node, launch

_FIELDS = {
    "nodes": Support(Answer.SAID),
    "tasks": Support(Answer.SAID),
    "cpus": Support(Answer.SAID, "said again to `srun`, which does not take it from the job"),
    "gpus": Support(Answer.SAID, "per node"),
    "gpu": Support(Answer.SAID),
    "memory": Support(Answer.SAID, "per node or per CPU, as the run says it"),
    "walltime": Support(Answer.SAID),
    "queue": Support(Answer.SAID, "its partition"),
    "account": Support(Answer.SAID),
    "project": Support(Answer.REFUSED, "write `account`, which is what Slurm charges"),
    "qos": Support(Answer.SAID),
    "constraint": Support(Answer.SAID),
    "exclusive": Support(Answer.SAID, "and all memory of the nodes where none is said"),
    "array": Support(Answer.SAID, "numbers above 1000 are counted by the script from 0"),
    "after": Support(Answer.SAID, "by `sbatch --dependency`, which `envc submit` does"),
    "requeue": Support(Answer.SAID),
    "checkpoint": Support(Answer.SAID, "the script hands the signal on to the program"),
    "inputs": Support(Answer.EMULATED, "looked for, and copied to scratch"),
    "outputs": Support(Answer.EMULATED, "looked for, and copied from scratch"),
    "environment": Support(Answer.SAID),
    "mail": Support(Answer.SAID),
    "notify": Support(Answer.SAID),
    "workdir": Support(Answer.EMULATED, "the script goes there"),
    "launched": Support(Answer.SAID, "by `srun`, with the PMI of the site or the image"),
}


class _Slurm(Batch):
    name = "slurm"
    ending = "slurm"
    fields: Mapping[str, Support] = _FIELDS

    def dialect(self, job: Job) -> Dialect:
        return Dialect(
            directives=tuple(directives.lines(job)),
            job=("SLURM_ARRAY_JOB_ID", "SLURM_JOB_ID"),
            folder="SLURM_SUBMIT_DIR",
            number=_number(job),
            nodes="SLURM_JOB_NUM_NODES",
            launch=launch(job),
            each_node=each_node(job),
            prefixes=("PMIX_", "PMI_", "PMI2_", "SLURM_"),
            # `srun` would hand no more than this on, not even PATH.
            unset=("SLURM_EXPORT_ENV",),
        )

    def use(self, job: Job, file: str) -> str:
        # The ids of the jobs before it are known when these are handed in.
        before = ":".join(f"ID-OF-{name}" for name in job.after.value) if job.after else ""
        return f"sbatch --dependency=afterok:{before} {file}" if before else f"sbatch {file}"

    def refused(self, job: Job) -> Iterator[Diagnostic]:
        yield from refused(job, "Slurm")
        yield from refused(job, "Slurm", ("mail",), ADDRESS)
        yield from refused(job, "Slurm", ("gpu",), directives.GPU)
        node = job.where.node
        of_site = Said(job.where.features, node.place if node is not None else job.place)
        for said in (of_site, *((job.constraint,) if job.constraint else ())):
            for feature in said.value:
                if not fits(feature):
                    yield cannot(f"Slurm has no feature of the name {feature!r}", said.place)

    def read(self, text: str) -> Told | Problem:
        return reading.read(text)


def _number(job: Job) -> Number | None:
    counted = job.array is not None and directives.is_shifted(job.array.value)
    return Number("SLURM_ARRAY_TASK_ID", 0 if counted else None)


BACKEND: JobBackend = _Slurm()
