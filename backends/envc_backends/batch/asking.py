"""What several schedulers are asked in the same way."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from envc.diagnostics.model import Diagnostic
from envc.jobs.backend import Answer, Support
from envc.jobs.model import FIELDS, Event, Job, Words
from envc.jobs.refused import cannot
from envc.jobs.values import ADDRESS, PLAIN, fits, refused

_EMULATED: Mapping[str, Support] = {
    "checkpoint": Support(Answer.EMULATED, "by `timeout`, which needs a `walltime`"),
    "inputs": Support(Answer.EMULATED, "looked for, and copied to scratch"),
    "outputs": Support(Answer.EMULATED, "looked for, and copied from scratch"),
    "workdir": Support(Answer.EMULATED, "the script goes there"),
    "launched": Support(Answer.EMULATED, "by `mpirun` or `mpiexec` of the site or the image"),
}
"""What a script does itself where the scheduler only starts it."""


def fields(said: Mapping[str, Support]) -> Mapping[str, Support]:
    """Of all fields, in their order."""
    found = {**_EMULATED, **said}
    return {name: found[name] for name in FIELDS}


class Chunk(NamedTuple):
    """Nodes with the same number of tasks."""

    nodes: int
    tasks: int
    """On each."""


def chunks(job: Job) -> tuple[Chunk, ...]:
    """All nodes of a job as tasks fill them, one after the other; the last may have fewer.

    Where more than the last would have room left, each node gets as much as the fullest needs.
    """
    shape = job.shape
    rest = shape.tasks - (shape.nodes - 1) * shape.tasks_per_node
    if shape.is_even or rest < 1:
        return (Chunk(shape.nodes, shape.tasks_per_node),)
    return (Chunk(shape.nodes - 1, shape.tasks_per_node), Chunk(1, rest))


def asks_machine(job: Job) -> bool:
    """Whether anything is said of nodes; where nothing is, the scheduler has its own usual."""
    said = (job.nodes, job.tasks, job.cpus, job.gpus, job.memory)
    return any(each is not None for each in said)


def features(job: Job) -> Words:
    """That each node has to show: of the site's partition and of the run."""
    said = job.constraint.value if job.constraint else ()
    return tuple(dict.fromkeys((*job.where.features, *said)))


def named(job: Job, own: str, valued: str) -> Words:
    """Each feature in the form for one of its own, such as `{name}=True`, or for a value of the
    site's property, such as `{property}={name}`; the type of GPU is one of its own."""
    found = job.where.fact("property")
    form = valued if found else own
    said = [form.format(name=name, property=found) for name in features(job)]
    kind = [own.format(name=job.gpu.value)] if job.gpu else []
    return tuple(dict.fromkeys((*said, *kind)))


def is_exclusive(job: Job) -> bool:
    return job.exclusive is not None and job.exclusive.value


def events(job: Job) -> tuple[Event, ...]:
    """When to write; an address alone wants to know how the job ended."""
    if job.notify is not None:
        return job.notify.value
    return (Event.END, Event.FAIL) if job.mail is not None else ()


# ---- refusals ------------------------------------------------------------------------------------


def values(
    job: Job, scheduler: str, feature: str, *, gpu: str = "", text: str = PLAIN
) -> Iterator[Diagnostic]:
    """Texts that cannot stand in a directive as they are, by the forms of what can."""
    yield from refused(job, scheduler, pattern=text)
    yield from refused(job, scheduler, ("mail",), ADDRESS)
    yield from refused(job, scheduler, ("gpu",), gpu or feature)
    yield from _features(job, scheduler, feature)


def facts(job: Job, scheduler: str, *names: str) -> Iterator[Diagnostic]:
    """Names that the site has for what the scheduler calls otherwise elsewhere."""
    for name in names:
        said = job.where.fact(name)
        if said and not fits(said):
            yield cannot(
                f"{scheduler} cannot be told the `{name}` {said!r} of site `{job.where.site}`",
                job.place,
                "write it with letters of English, digits, `_`, `.` and `-`",
            )


def _features(job: Job, scheduler: str, feature: str) -> Iterator[Diagnostic]:
    node = job.where.node
    for name in job.where.features:
        if not fits(name, feature):
            place = node.place if node is not None else job.place
            yield cannot(f"{scheduler} has no feature of the name {name!r}", place)
    for said in (job.constraint,) if job.constraint else ():
        for name in said.value:
            if not fits(name, feature):
                yield cannot(f"{scheduler} has no feature of the name {name!r}", said.place)


def unheard_events(job: Job, scheduler: str, *unheard: Event) -> Iterator[Diagnostic]:
    for said in (job.notify,) if job.notify else ():
        for event in said.value:
            if event in unheard:
                yield cannot(
                    f"{scheduler} does not write of the event `{event.value}`",
                    said.place,
                    "leave it out of `notify`",
                )


def endless_checkpoint(job: Job, scheduler: str) -> Iterator[Diagnostic]:
    if job.checkpoint is not None and job.walltime is None:
        yield cannot(
            f"{scheduler} sends no signal, and without a `walltime` the script cannot know when to",
            job.checkpoint.place,
            "add `walltime`",
        )


def two_accounts(job: Job, scheduler: str) -> Iterator[Diagnostic]:
    """Of `account` and `project`, which are one thing to this scheduler."""
    if job.account and job.project and job.account.value != job.project.value:
        yield cannot(
            f"{scheduler} charges one account, and `account` and `project` name two",
            job.account.place,
            "leave one of them out",
        )
