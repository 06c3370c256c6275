"""Jobs made by hand, for whoever tests a scheduler, a runtime or what hands jobs in.

    from tests.jobs.samples import JOB, ARRAY, job

`job(walltime=said(60))` is `JOB` with something asked for; `said` places a value in the spec.
"""

from dataclasses import replace
from typing import Any, TypeVar

from envc.facts.command import CommandWord, Placeholder
from envc.jobs.model import (
    Amount,
    Array,
    Checkpoint,
    Environment,
    Event,
    Image,
    Job,
    Launch,
    Mpi,
    Node,
    Per,
    Said,
    Shape,
    Where,
)
from envc.jobs.shape import shape
from envc.source import Source, Span
from envc.spec import Place

T = TypeVar("T")

SPEC = Source(
    "heat.envc",
    'envc 1\n\napp heat@1.0 {\n  run demo {\n    nodes 1\n    command "heat --size 4096"\n  }\n}\n',
)
PLACE = Place(SPEC, Span(27, 37))
LINE = Place(SPEC, Span(42, 49))
CLOSURE = "sha256:" + "c" * 64


def said(value: T) -> Said[T]:
    return Said(value, LINE)


def command(*texts: str) -> Said[tuple[CommandWord, ...]]:
    """Words as they are: `{index}` alone is a placeholder."""
    return said(tuple(_word(text) for text in texts))


def _word(text: str) -> CommandWord:
    placeholders = {f"{{{name}}}": name for name in ("index", "target", "scratch", "nodes")}
    if text in placeholders:
        return CommandWord((Placeholder(placeholders[text], 0, len(text)),), 0, 0)
    return CommandWord((text,) if text else (), 0, 0)


def image(target: str) -> Image:
    platforms = {"x86_64_v3": "linux/amd64/v3", "x86_64_v4": "linux/amd64/v4"}
    return Image(
        target=target,
        file=f"heat-1.0-{target}.sif",
        reference=f"heat:1.0-{target}",
        closure=CLOSURE,
        digest="",
        platform=platforms.get(target, "linux/amd64"),
    )


NODE = Node(
    name="standard",
    targets=("zen4",),
    queue="standard",
    features=(),
    nodes=10,
    cores=64,
    memory=262144,
    gpu="a100",
    gpus=4,
    walltime=86400,
    place=LINE,
)
WHERE = Where(
    site="lab",
    scheduler="slurm",
    summary="A cluster in the lab",
    node=NODE,
    features=(),
    modules=(),
    binds=(),
    scratch="",
    login="",
    images="",
    array=0,
    mpi=None,
    pmi="",
)
SHAPE = Shape(
    nodes=1, tasks=1, tasks_per_node=1, cpus_per_task=1, memory_per_node=None, gpus_per_node=0
)
JOB = Job(
    app="heat@1.0",
    name="heat",
    version="1.0",
    choices=(),
    run="demo",
    spec="heat.envc",
    lock="sha256:" + "1" * 64,
    place=PLACE,
    where=WHERE,
    command=command("heat", "--size", "4096"),
    prefix="/opt/heat",
    variables=(("PATH", "/opt/heat/bin:/usr/bin:/bin"), ("LC_ALL", "C.UTF-8")),
    images=(image("zen4"),),
    preferred=(),
    is_chosen=True,
    launch=Launch.PLAIN,
    runtime="none",
    mpi=Mpi("openmpi", "5.0.7", ""),
    shape=SHAPE,
)


def job(**changes: Any) -> Job:
    """With what is asked for, in a shape that follows from it."""
    made = replace(JOB, **changes)
    return made if "shape" in changes else replace(made, shape=shape_of(made))


ORCHESTRATORS = ("kubernetes", "nomad", "compose", "chronos")


def at(scheduler: str, found: Job) -> Job:
    """Orchestrators start images themselves, and cannot do without."""
    is_bare = scheduler in ORCHESTRATORS and found.runtime == "none"
    runtime = "docker" if is_bare else found.runtime
    return replace(found, where=replace(found.where, scheduler=scheduler), runtime=runtime)


def shape_of(made: Job) -> Shape:
    fields = {name: getattr(made, name) for name in ("nodes", "tasks", "cpus", "gpus", "memory")}
    return shape({name: said for name, said in fields.items() if said is not None}, None)


# ---- one of each ---------------------------------------------------------------------------------

ASKED: dict[str, dict[str, Any]] = {
    "nodes": {"nodes": said(2)},
    "tasks": {"tasks": said(Amount(4, Per.JOB))},
    "cpus": {"cpus": said(Amount(3, Per.TASK))},
    "gpus": {"gpus": said(Amount(2, Per.NODE))},
    "gpu": {"gpus": said(Amount(2, Per.NODE)), "gpu": said("a100")},
    "memory": {"memory": said(Amount(1025, Per.NODE))},
    "walltime": {"walltime": said(5431)},
    "queue": {"queue": said("long")},
    "account": {"account": said("csan")},
    "project": {"project": said("heat-plate")},
    "qos": {"qos": said("high")},
    "constraint": {"constraint": said(("nvme", "infiniband"))},
    "exclusive": {"exclusive": said(value=True)},
    "array": {"array": said(Array(3, 12, 2, None)), "command": command("heat", "{index}")},
    "after": {"after": said(("grid",))},
    "requeue": {"requeue": said(value=True)},
    "checkpoint": {"walltime": said(5431), "checkpoint": said(Checkpoint("USR1", 300))},
    "inputs": {"inputs": (said("grid.h5"), said("/data/sea level.nc"))},
    "outputs": {"outputs": (said("heat.h5"),)},
    "environment": {"environment": said(Environment.INHERIT), "runtime": "apptainer"},
    "mail": {"mail": said("ada@example.org")},
    "notify": {"mail": said("ada@example.org"), "notify": said((Event.BEGIN, Event.FAIL))},
    "workdir": {"workdir": said("/scratch/heat")},
    "launched": {"launch": Launch.OPENMP, "launched": said(Launch.OPENMP)},
}
"""For each of FIELDS a run that asks for it, and for what it cannot do without."""

WITHOUT: dict[str, dict[str, Any]] = {
    "gpu": {"gpus": said(Amount(2, Per.NODE))},
    "checkpoint": {"walltime": said(5431)},
    "notify": {"mail": said("ada@example.org")},
    "array": {"command": command("heat", "0")},
    "environment": {"runtime": "apptainer"},
}
"""The same run without it, where that is not `JOB`."""
