"""The job: one group, in which each container is counted, and what nodes have to be.

`${NAME}` in a word or a variable would be replaced by Nomad, too, when the task starts, and nothing
keeps it from that: such a word goes through a shell, in which it is written in two parts.
"""

import re
from collections.abc import Iterator

from envc.jobs.batch import job_name
from envc.jobs.gpus import vendor
from envc.jobs.model import JOB, Job, Words
from envc.quoting.hcl import Attribute, Block, Body, Template, document
from envc_backends.batch.asking import features
from envc_backends.containers import head, images, places, program
from envc_backends.containers.limits import asks_cpus, share

DEVICES = {"nvidia": "nvidia/gpu", "amd": "amd/gpu"}
"""As the makers' device plugins call them."""
_NUMBER = program.Number("NOMAD_ALLOC_INDEX", 0)
_MARK = "${"
_VARIABLE = re.compile(r"(?<!\\)((?:\\\\)*)\$\{(\w+)\}")
"""Of the script itself: that of a value has a backslash before it."""


def text(job: Job) -> str:
    return head.text(job) + document((block(job),))


def block(job: Job) -> Block:
    return Block("job", (job_name(job),), tuple(_job(job)))


def words(job: Job) -> Words:
    asked = [part for word in job.command.value for part in word.parts if isinstance(part, str)]
    paths = [each.value for each in (*job.inputs, *job.outputs)]
    found = program.words(job, _NUMBER, is_shell=any(_MARK in each for each in (*asked, *paths)))
    return tuple(map(_unreplaced, found))


def _unreplaced(word: str) -> str:
    """A shell has a `$` of a value, and variables that letters follow, in double quotes."""
    return _VARIABLE.sub(r'\1$\2""', word).replace(_MARK, '$""{')


def _job(job: Job) -> Iterator[Attribute | Block]:
    yield Attribute("type", "batch")
    if job.project is not None:
        yield Attribute("namespace", job.project.value)
    if job.queue is not None:
        yield Attribute("node_pool", job.queue.value)
    yield _is("${attr.cpu.arch}", images.architecture(job))
    found = job.where.fact("property")
    for name in features(job):
        yield _is(f"${{meta.{found}}}", name) if found else _has(f"${{meta.{name}}}")
    yield Block("group", ("tasks",), tuple(_group(job)))


def _is(attribute: str, value: str) -> Block:
    lines = (Attribute("attribute", Template(attribute)), Attribute("value", value))
    return Block("constraint", (), lines)


def _has(attribute: str) -> Block:
    lines = (Attribute("attribute", Template(attribute)), Attribute("operator", "is_set"))
    return Block("constraint", (), lines)


def _group(job: Job) -> Iterator[Attribute | Block]:
    asked = share(job)
    count = len(job.array.value.numbers) if job.array else asked.containers
    yield Attribute("count", count)
    yield Block("restart", (), (Attribute("attempts", 0), Attribute("mode", "fail")))
    yield Block("reschedule", (), tuple(_again(job)))
    if asked.is_apart:
        lines = (Attribute("operator", "distinct_hosts"), Attribute("value", "true"))
        yield Block("constraint", (), lines)
    yield Block("task", ("main",), tuple(_task(job)))


def _again(job: Job) -> Iterator[Attribute]:
    is_asked = job.requeue is not None and job.requeue.value
    yield Attribute("attempts", 1 if is_asked else 0)
    if is_asked:
        yield Attribute("interval", "24h")
    yield Attribute("unlimited", value=False)


# ---- the container -------------------------------------------------------------------------------


def _task(job: Job) -> Iterator[Attribute | Block]:
    yield Attribute("driver", "docker")
    yield Attribute("user", "1000:1000")
    yield Block("config", (), tuple(_container(job)))
    given = {JOB: Template("${NOMAD_JOB_ID}"), **program.variables(job)}
    yield Block("env", (), tuple(Attribute(name, value) for name, value in given.items()))
    if resources := tuple(_resources(job)):
        yield Block("resources", (), resources)


def _container(job: Job) -> Iterator[Attribute | Block]:
    entry, *arguments = words(job)
    yield Attribute("image", images.pulled(job).reference)
    yield Attribute("entrypoint", [entry])
    if arguments:
        yield Attribute("args", arguments)
    # Without the first number, a program hears of a signal that it does not know.
    yield Attribute("init", value=True)
    if job.workdir is not None:
        yield Attribute("work_dir", job.workdir.value)
    for path in places.folders(job):
        lines = (Attribute("type", "bind"), Attribute("source", path), Attribute("target", path))
        yield Block("mount", (), (*lines, Attribute("readonly", value=False)))


def _resources(job: Job) -> Iterator[Attribute | Block]:
    asked = share(job)
    if asks_cpus(job):
        yield Attribute("cores", asked.cpus)
    if asked.memory:
        yield Attribute("memory", asked.memory)
    if asked.gpus:
        yield Block(
            "device", (DEVICES[vendor(job)],), (Attribute("count", asked.gpus), *_kind(job))
        )


def _kind(job: Job) -> Body:
    if job.gpu is None:
        return ()
    lines = (
        Attribute("attribute", Template("${device.model}")),
        Attribute("operator", "regexp"),
        Attribute("value", f"(?i){job.gpu.value}"),
    )
    return (Block("constraint", (), lines),)
