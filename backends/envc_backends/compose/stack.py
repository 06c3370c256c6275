"""The stack: one service, whose tasks end.

`$` begins a variable of whoever hands it in, and `{{…}}` a template of the swarm, but that only in
the variables of a container.
"""

import re
from collections.abc import Iterator, Mapping

from envc.jobs.batch import job_name
from envc.jobs.gpus import vendor
from envc.jobs.model import JOB, Job
from envc.quoting import yaml
from envc.quoting.yaml import Yaml
from envc_backends.containers import asking, head, images, places, program
from envc_backends.containers.limits import asks_cpus, share

GPUS: Mapping[str, str] = {"nvidia": "NVIDIA-GPU", "amd": "AMD-GPU"}
"""What nodes tell of under this name in their `node-generic-resources`."""
ARCHITECTURES: Mapping[str, str] = {"amd64": "x86_64", "arm64": "aarch64"}
"""As a swarm's nodes call them."""
NUMBER = program.Number("ENVC_NUMBER", 1)


def text(job: Job) -> str:
    return head.text(job) + yaml.document({"services": {"main": _service(job)}})


def name(job: Job) -> str:
    """Of the stack: small letters, digits, `-` and `_`."""
    return re.sub(r"[^a-z0-9_-]", "-", job_name(job).lower())


def _service(job: Job) -> dict[str, Yaml]:
    entry, *arguments = map(uninterpolated, program.words(job, NUMBER))
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
        "environment": _environment(job),
        **_volumes(job),
        "deploy": _deploy(job),
    }


def uninterpolated(text: str) -> str:
    return text.replace("$", "$$")


def _environment(job: Job) -> dict[str, Yaml]:
    number: dict[str, Yaml] = {NUMBER.variable: "{{.Task.Slot}}"} if job.array else {}
    return {JOB: name(job), **number, **program.variables(job)}


def _volumes(job: Job) -> dict[str, Yaml]:
    paths = map(uninterpolated, places.folders(job))
    volumes: list[Yaml] = [{"type": "bind", "source": path, "target": path} for path in paths]
    return {"volumes": volumes} if volumes else {}


# ---- where and how often -------------------------------------------------------------------------


def _deploy(job: Job) -> dict[str, Yaml]:
    count = len(job.array.value.numbers) if job.array else share(job).containers
    is_again = job.requeue is not None and job.requeue.value
    once: Yaml = {"condition": "on-failure", "max_attempts": 1}
    never: Yaml = {"condition": "none"}
    return {
        "mode": "replicated-job",
        "replicas": count,
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
