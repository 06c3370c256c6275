"""The pod of a job: one container, its share of a node, and the folders that it sees."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from envc.jobs.gpus import vendor
from envc.jobs.model import JOB, SCRATCH, Job, Words
from envc.quoting.yaml import Yaml
from envc_backends.containers import places, program
from envc_backends.containers.images import pulled
from envc_backends.containers.limits import Share, asks_cpus
from envc_backends.kubernetes import nodes

NUMBER = program.Number("JOB_COMPLETION_INDEX", 0)
USER = 1000
JOB_LABEL = "batch.kubernetes.io/job-name"
NAME_LABEL = "app.kubernetes.io/name"
_UNPRIVILEGED: Yaml = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}
GPUS: Mapping[str, str] = {"nvidia": "nvidia.com/gpu", "amd": "amd.com/gpu"}
"""Resources, as the makers' device plugins call them."""


class Role(NamedTuple):
    """What a pod is for; a job has several where MPI reaches over nodes."""

    words: Words
    asked: Share | None
    """None where it does nothing but to start others."""
    label: str = JOB_LABEL
    """By which it knows its job."""
    is_root: bool = False


def template(job: Job, name: str, role: Role) -> dict[str, Yaml]:
    return {
        "metadata": {"labels": {NAME_LABEL: name}},
        "spec": {
            "restartPolicy": "Never",
            **_time(job),
            **_priority(job),
            "automountServiceAccountToken": False,
            "enableServiceLinks": False,
            # Without the first number, a program hears of a signal that it does not know.
            "shareProcessNamespace": True,
            **_user(role),
            "affinity": {**nodes.affinity(job), **_apart(role, name)},
            "containers": [_container(job, role)],
            **_volumes(job),
        },
    }


def _user(role: Role) -> dict[str, Yaml]:
    if role.is_root:
        return {}
    numbers: dict[str, Yaml] = dict.fromkeys(("runAsUser", "runAsGroup", "fsGroup"), USER)
    return {"securityContext": {"runAsNonRoot": True, **numbers}}


def _time(job: Job) -> dict[str, Yaml]:
    """Of the pod: a job's own would count the waiting for a node, and all numbers of an array."""
    return {"activeDeadlineSeconds": job.walltime.value} if job.walltime else {}


def _priority(job: Job) -> dict[str, Yaml]:
    return {"priorityClassName": job.qos.value} if job.qos else {}


def _apart(role: Role, name: str) -> dict[str, Yaml]:
    if role.asked is None or not role.asked.is_apart:
        return {}
    others: Yaml = {
        "labelSelector": {"matchLabels": {NAME_LABEL: name}},
        "matchLabelKeys": [role.label],
        "topologyKey": "kubernetes.io/hostname",
    }
    return {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [others]}}


# ---- the container -------------------------------------------------------------------------------


def _container(job: Job, role: Role) -> dict[str, Yaml]:
    found = pulled(job)
    command, *arguments = map(unexpanded, role.words)
    given: dict[str, Yaml] = {"args": arguments} if arguments else {}
    return {
        "name": "main",
        "image": found.reference,
        # Nobody else's image of the same name is taken.
        "imagePullPolicy": "IfNotPresent" if found.is_published else "Never",
        "command": [command],
        **given,
        **({"workingDir": job.workdir.value} if job.workdir else {}),
        "env": [*_environment(job, role.label)],
        **({} if role.is_root else {"securityContext": _UNPRIVILEGED}),
        **(_resources(job, role.asked) if role.asked else {}),
        **_mounts(job),
    }


def unexpanded(text: str) -> str:
    """`$(NAME)` would be replaced, and `$$` is a `$`."""
    return text.replace("$", "$$")


def _environment(job: Job, label: str) -> Iterator[Yaml]:
    field: Yaml = {"fieldRef": {"fieldPath": f"metadata.labels['{label}']"}}
    yield {"name": JOB, "valueFrom": field}
    for name, value in program.variables(job).items():
        yield {"name": name, "value": unexpanded(value)}


def _resources(job: Job, asked: Share) -> dict[str, Yaml]:
    """As much is promised as may be used."""
    promised: dict[str, Yaml] = {}
    if asks_cpus(job):
        promised["cpu"] = str(asked.cpus)
    if asked.memory:
        promised["memory"] = f"{asked.memory}Mi"
    gpus: dict[str, Yaml] = {GPUS[vendor(job)]: str(asked.gpus)} if asked.gpus else {}
    both: dict[str, Yaml] = {"requests": promised} if promised else {}
    limits = {**promised, **gpus}
    return {"resources": {**both, "limits": limits}} if limits else {}


# ---- folders -------------------------------------------------------------------------------------


def _mounts(job: Job) -> dict[str, Yaml]:
    mounts: list[Yaml] = [
        {"name": f"folder-{number}", "mountPath": path}
        for number, path in enumerate(places.folders(job))
    ]
    if SCRATCH in program.variables(job):
        mounts.append({"name": "scratch", "mountPath": places.SCRATCH})
    return {"volumeMounts": mounts} if mounts else {}


def _volumes(job: Job) -> dict[str, Yaml]:
    volumes: list[Yaml] = [
        {"name": f"folder-{number}", "hostPath": {"path": path, "type": "Directory"}}
        for number, path in enumerate(places.folders(job))
    ]
    if SCRATCH in program.variables(job):
        volumes.append({"name": "scratch", "emptyDir": {}})
    return {"volumes": volumes} if volumes else {}
