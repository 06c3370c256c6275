"""What no orchestrator can be told, whichever it is."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from envc.diagnostics.model import Diagnostic
from envc.jobs import refused
from envc.jobs.backend import Answer, Support
from envc.jobs.model import FIELDS, Job, Launch, Said
from envc.jobs.names import title
from envc.jobs.refused import cannot
from envc_backends.containers.places import folder_of, folders

_PLACED = Support(
    Answer.REFUSED,
    "write an absolute path, or an absolute `workdir` for it to be in, which all nodes have",
)
_USUAL: Mapping[str, Support] = {
    "account": Support(Answer.REFUSED, "nobody is charged here"),
    "after": Support(Answer.REFUSED, "hand it in once the others have succeeded"),
    "checkpoint": Support(Answer.EMULATED, "by `timeout`, which needs a `walltime`"),
    "exclusive": Support(Answer.REFUSED, "ask for all `cpus` and `memory` of a node"),
    "inputs": _PLACED,
    "outputs": _PLACED,
    "environment": Support(Answer.REFUSED, "write `env clean`: nothing of it reaches a container"),
    "mail": Support(Answer.REFUSED, "it writes to nobody"),
    "notify": Support(Answer.REFUSED, "it writes to nobody"),
    "workdir": Support(Answer.SAID, "the node's folder of that name, shown in the container"),
    "launched": Support(Answer.EMULATED, "by `mpirun` or `mpiexec` of the image"),
}


def fields(said: Mapping[str, Support]) -> Mapping[str, Support]:
    """Of all fields, in their order."""
    found = {**_USUAL, **said}
    return {name: found[name] for name in FIELDS}


def common(scheduler: str, supported: Mapping[str, Support], job: Job) -> Iterator[Diagnostic]:
    placed = job.workdir is not None and job.workdir.value.startswith("/")
    lost = replace(job, inputs=_lost(job.inputs, placed), outputs=_lost(job.outputs, placed))
    yield from refused.fields(scheduler, supported, lost)
    yield from refused.script(job, asks_nodes=False)
    yield from _image(job)
    yield from _folders(job)
    yield from _tasks(job)
    if job.checkpoint is not None and job.walltime is None:
        yield cannot(
            f"{title(scheduler)} sends no signal before a time that nobody says",
            job.checkpoint.place,
            "add `walltime`",
        )


def _lost(paths: tuple[Said[str], ...], placed: bool) -> tuple[Said[str], ...]:
    """That lie in no folder that anybody knows: containers start in one of their own."""
    return tuple(each for each in paths if not placed and not each.value.startswith("/"))


def _image(job: Job) -> Iterator[Diagnostic]:
    if job.runtime in {"none", "guix"}:
        yield cannot(
            f"`runtime {job.runtime}` has no image, and {title(job.where.scheduler)} starts images",
            job.place,
            "name another runtime, or none",
        )
    if job.where.modules:
        yield cannot(
            f"site `{job.where.site}` loads modules, of which a container sees nothing",
            job.place,
            "leave `module` out of the site",
        )


def _folders(job: Job) -> Iterator[Diagnostic]:
    if job.workdir is not None and not job.workdir.value.startswith("/"):
        yield cannot(
            f"the `workdir` {job.workdir.value!r} lies in a folder that nobody knows",
            job.workdir.place,
            "write an absolute path, which all nodes have",
        )
    for said in (*job.inputs, *job.outputs):
        if said.value.startswith("/") and folder_of(said.value) == "/":
            yield cannot(
                f"a container has a `/` of its own, in which {said.value!r} is not",
                said.place,
                "name a file in a folder",
            )


def nodes(job: Job) -> Iterator[Diagnostic]:
    """MPI reaches no further than its container here."""
    if job.launch is Launch.MPI_HYBRID and job.shape.nodes > 1:
        yield cannot(
            f"{title(job.where.scheduler)} starts no MPI over {job.shape.nodes} nodes",
            (job.nodes or job.tasks or job.command).place,
            "write `nodes 1`, where the image's MPI starts the tasks",
        )


def paths(job: Job, unspeakable: str) -> Iterator[Diagnostic]:
    """Of folders with letters that mean more; `unspeakable` is a pattern of these."""
    for path in folders(job):
        if re.search(unspeakable, path):
            yield cannot(
                f"{title(job.where.scheduler)} cannot be told the folder {path!r}",
                (job.workdir or job.command).place,
                "name it without signs that mean more there",
            )


def _tasks(job: Job) -> Iterator[Diagnostic]:
    """Tasks that know nothing of each other are containers of their own."""
    shape = job.shape
    if job.launch not in (Launch.PLAIN, Launch.OPENMP) or shape.tasks == 1:
        return
    place = (job.tasks or job.nodes or job.command).place
    if job.array is not None:
        yield cannot(
            f"each number of the array has {shape.tasks} tasks, and here either are containers",
            place,
            "write `tasks 1`, or let MPI start the tasks",
        )
    if job.nodes is not None and shape.tasks_per_node > 1:
        yield cannot(
            f"{shape.tasks_per_node} containers are to be on each node, and nobody can be told so",
            place,
            "leave out `nodes`, or let MPI start the tasks",
        )
    if shape.gpus_per_node % shape.tasks_per_node:
        yield cannot(
            f"{shape.tasks_per_node} containers cannot share {shape.gpus_per_node} GPUs",
            (job.gpus or job.command).place,
            "ask for as many GPUs as tasks, or a multiple",
        )
