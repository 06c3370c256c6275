"""What a scheduler would lose, as diagnostics at the spec's line."""

from collections.abc import Iterator, Mapping

from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Label, Rule
from envc.jobs.asked import asked, key
from envc.jobs.backend import Answer, Support
from envc.jobs.model import FIELDS, Amount, Checkpoint, Environment, Job, Launch, Said
from envc.jobs.names import title
from envc.jobs.settings import asks
from envc.spec import Place

UNHEARD = {
    "STOP": "no program can act on STOP, which stops it",
    "INT": "a program that is started beside its script never hears INT",
}


def cannot(
    message: str, place: Place, help_: str = "", rule: Rule = rules.CANNOT_BE_SAID
) -> Diagnostic:
    return Diagnostic(rule, message, (Label(place.source, place.span),), help=help_)


def fields(scheduler: str, supported: Mapping[str, Support], job: Job) -> Iterator[Diagnostic]:
    """What the scheduler has no word for at all."""
    for name in FIELDS:
        if supported[name].answer is Answer.REFUSED:
            for said in asked(job, name):
                if not _is_usual(name, said.value):
                    message = f"`{key(name)}` cannot be said to {title(scheduler)}"
                    yield cannot(message, said.place, supported[name].note)


def script(job: Job, *, asks_nodes: bool) -> Iterator[Diagnostic]:
    """What no script can do."""
    if job.checkpoint is not None and job.checkpoint.value.signal in UNHEARD:
        yield _unheard(job.checkpoint)
    if job.gpu is not None and job.gpus is None:
        yield cannot("the run says which GPUs, and not how many", job.gpu.place, "add `gpus`")
    if job.launch is Launch.MPI_INSIDE and job.shape.nodes > 1:
        place = (job.launched or job.nodes or job.command).place
        yield cannot(
            f"`launch mpi_inside` is one container, and here are {job.shape.nodes} nodes",
            place,
            "write `launch mpi_hybrid`, or `nodes 1`",
        )
    if asks(job, "scratch") and job.shape.nodes > 1 and not job.where.scratch:
        yield cannot(
            "`{scratch}` is a folder that all nodes see, and none is known here",
            job.command.place,
            "add `scratch` to the site",
        )
    if asks_nodes:
        yield cannot(
            "nothing asks each node here which CPU it has, and the targets are several",
            job.place,
            "name a site with a partition of one CPU, or give the app one target",
            rules.NO_IMAGE_FOR_NODES,
        )


def _unheard(asked: Said[Checkpoint]) -> Diagnostic:
    return cannot(UNHEARD[asked.value.signal], asked.place, "write `USR1` or `TERM`")


def _is_usual(field: str, value: object) -> bool:
    """What there is anyway: one node, task and CPU; shared nodes; a clean environment."""
    match field, value:
        case "nodes", 1:
            return True
        case (("tasks" | "cpus"), Amount(1)):
            return True
        case "environment", Environment.CLEAN:
            return True
        case _:
            return value is False
