"""The stack: a service for each container, which ends.

One service of several tasks would not do: while others of them run, a swarm starts one that has
failed again and again, whatever its restart policy says. And the first of them has no number.

`$` begins a variable of whoever hands it in, and `{{…}}` a template of the swarm, but that only in
the variables of a container.
"""

import re
from collections.abc import Iterator, Mapping

from envc.jobs.batch import job_name
from envc.jobs.gpus import vendor
from envc.jobs.model import INDEX, JOB, Job
from envc.quoting import yaml
from envc.quoting.yaml import Yaml
from envc_backends.containers import asking, head, images, places, program
from envc_backends.containers.limits import asks_cpus, share

GPUS: Mapping[str, str] = {"nvidia": "NVIDIA-GPU", "amd": "AMD-GPU"}
"""What nodes tell of under this name in their `node-generic-resources`."""
ARCHITECTURES: Mapping[str, str] = {"amd64": "x86_64", "arm64": "aarch64"}
"""As a swarm's nodes call them."""
ONE, NUMBERED, TASK = "main", "number-", "task-"


def text(job: Job) -> str:
    return head.text(job) + yaml.document({"services": dict(_services(job))})


def name(job: Job) -> str:
    """Of the stack: small letters, digits, `-` and `_`."""
    return re.sub(r"[^a-z0-9_-]", "-", job_name(job).lower())


def _services(job: Job) -> Iterator[tuple[str, Yaml]]:
    count = share(job).containers
    if job.array is not None:
        for number in job.array.value.numbers:
            yield f"{NUMBERED}{number}", _service(job, {INDEX: str(number)})
    elif count > 1:
        for task in range(count):
            yield f"{TASK}{task}", _service(job, {})
    else:
        yield ONE, _service(job, {})


def _service(job: Job, number: Mapping[str, str]) -> dict[str, Yaml]:
    entry, *arguments = map(uninterpolated, program.words(job))
    command: dict[str, Yaml] = {"command": arguments} if arguments else {}
    directory = {"working_dir": uninterpolated(job.workdir.value)} if job.workdir else {}
    return {
        "image": images.pulled(job).reference,
        "user": "1000:1000",
        # Without the first number, a program hears of a signal that it does not know.
        "init": True,
        "entrypoint": [entry],
        **command,
        **directory,
        "environment": {JOB: name(job), **number, **program.variables(job)},
        **_volumes(job),
        "deploy": _deploy(job),
    }


def uninterpolated(text: str) -> str:
    return text.replace("$", "$$")


def _volumes(job: Job) -> dict[str, Yaml]:
    paths = map(uninterpolated, places.folders(job))
    volumes: list[Yaml] = [{"type": "bind", "source": path, "target": path} for path in paths]
    return {"volumes": volumes} if volumes else {}


# ---- where and how often -------------------------------------------------------------------------


def _deploy(job: Job) -> dict[str, Yaml]:
    is_again = job.requeue is not None and job.requeue.value
    once: Yaml = {"condition": "on-failure", "max_attempts": 1}
    never: Yaml = {"condition": "none"}
    return {
        "mode": "replicated-job",
        "restart_policy": once if is_again else never,
        "placement": {"constraints": list(_constraints(job))},
        **_resources(job),
    }


def _constraints(job: Job) -> Iterator[str]:
    architecture = images.architecture(job)
    yield f"node.platform.arch == {ARCHITECTURES.get(architecture, architecture)}"
    found = job.where.fact("property")
    kind = job.gpu.value if job.gpu else ""
    for each in asking.wanted(job):
        is_value = found and each != kind
        yield f"node.labels.{found} == {each}" if is_value else f"node.labels.{each} == true"


def _resources(job: Job) -> dict[str, Yaml]:
    """As much is promised as may be used."""
    asked = share(job)
    promised: dict[str, Yaml] = {}
    if asks_cpus(job):
        promised["cpus"] = str(asked.cpus)
    if asked.memory:
        promised["memory"] = f"{asked.memory}M"
    gpus: dict[str, Yaml] = {}
    if asked.gpus:
        kind: Yaml = {"kind": GPUS[vendor(job)], "value": asked.gpus}
        gpus = {"generic_resources": [{"discrete_resource_spec": kind}]}
    limits: dict[str, Yaml] = {"limits": promised} if promised else {}
    reserved = {**promised, **gpus}
    return {"resources": {**limits, "reservations": reserved}} if reserved else {}
