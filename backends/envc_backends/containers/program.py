"""What a container starts: words, or where only the running job knows one of them, a few lines of
sh that put it in."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from envc.jobs import words as shell
from envc.jobs.functions import LEFT, NEED, called
from envc.jobs.model import (
    CPUS,
    GPUS,
    INDEX,
    NODES,
    SCRATCH,
    TARGET,
    TASKS,
    Array,
    Job,
    Launch,
    Said,
    Words,
)
from envc.jobs.script import Step
from envc.jobs.settings import THREADS, asks, sets_threads
from envc.jobs.starting import ON_ONE_NODE
from envc.plan.roots import ENTRY
from envc.runtimes.model import Variable, Word
from envc_backends.containers import places
from envc_backends.containers.images import image
from envc_backends.containers.limits import timed


class Number(NamedTuple):
    """Where a container finds which one it is."""

    variable: str
    first: int


def variables(job: Job) -> Mapping[str, str]:
    """That the container is given; it has those of its image anyway."""
    shape = job.shape
    threads = {THREADS: str(shape.cpus_per_task)} if sets_threads(job) else {}
    scratch = {SCRATCH: places.SCRATCH} if asks(job, "scratch") else {}
    index = {INDEX: "0"} if job.array is None else {}
    return {
        **index,
        NODES: str(shape.nodes),
        TASKS: str(shape.tasks),
        CPUS: str(shape.cpus_per_task),
        GPUS: str(shape.gpus_per_node),
        TARGET: image(job).target,
        **scratch,
        **threads,
    }


def words(
    job: Job, number: Number | None = None, *, is_timed: bool = True, is_shell: bool = False
) -> Words:
    """`number`: where there are arrays.
    `is_timed`: the orchestrator has no word for the time, so that the container keeps it.
    `is_shell`: a word would not stay what it is, but for quotes of a shell."""
    started = ((ENTRY,), *timed(job, is_timed=is_timed), *_tasks(job), *command(job))
    is_known = job.array is None and not job.inputs and not job.outputs
    if is_known and not is_shell:
        return tuple(_known(word) for word in started)
    return ("/bin/sh", "-c", _script(job, number, started))


def _known(word: Word) -> str:
    return "".join(part for part in word if isinstance(part, str))


def _tasks(job: Job) -> tuple[Word, ...]:
    """Started by the image's own MPI, on one node; otherwise each container is a task."""
    if job.launch in (Launch.PLAIN, Launch.OPENMP):
        return ()
    count: Word = (str(job.shape.tasks),)
    if job.mpi is not None and job.mpi.family == "mpich":
        return (("mpiexec",), ("-n",), count)
    return (("mpirun",), ("-np",), count, *ON_ONE_NODE)


def command(job: Job) -> Iterator[Word]:
    known = {
        "target": image(job).target,
        "nodes": str(job.shape.nodes),
        "scratch": places.SCRATCH,
        **({"index": "0"} if job.array is None else {}),
    }
    for word in job.command.value:
        yield tuple(
            part if isinstance(part, str) else known.get(part.name, Variable(INDEX))
            for part in word.parts
        )


# ---- a few lines of sh ---------------------------------------------------------------------------


def _script(job: Job, number: Number | None, started: tuple[Word, ...]) -> str:
    steps = [
        Step("", _each(NEED, job.inputs), (NEED,) if job.inputs else ()),
        Step("", _each(LEFT, job.outputs), (LEFT,) if job.outputs else ()),
    ]
    command = shell.words(started)
    run = f'code=0\n{command} || code=$?\n{steps[1].body}exit "$code"\n'
    parts = (
        "set -eu\n",
        *called(steps),
        _index(job.array.value, number) if job.array and number else "",
        steps[0].body,
        run if job.outputs else f"exec {command}\n",
    )
    text = "".join(parts)
    return (shell.DEFINED if f"${shell.NEWLINE}" in text else "") + text


def _index(array: Array, number: Number) -> str:
    name, first = number
    counted = f"({name} - {first})" if first else name
    return f"export {INDEX}=$(({array.start} + {array.step} * {counted}))\n"


def _each(function: str, paths: tuple[Said[str], ...]) -> str:
    return "".join(f"{function} {shell.text(each.value)}\n" for each in paths)
