"""The Job: how many pods, which may run at once, and what becomes of one that fails."""

import re

from envc.jobs.batch import job_name
from envc.jobs.model import Job
from envc.quoting import yaml
from envc.quoting.yaml import Yaml
from envc_backends.containers import head, program
from envc_backends.containers.limits import share
from envc_backends.kubernetes import mpi, pod

LONGEST = 50
"""Of a name, behind which Kubernetes sets five letters for the job and more for its pods."""


def text(job: Job) -> str:
    return head.text(job) + yaml.document(_mpi_job(job) if mpi.is_across(job) else _job(job))


def name(job: Job) -> str:
    found = re.sub(r"[^a-z0-9]+", "-", job_name(job).lower())[:LONGEST].strip("-")
    return found if found[0].isalpha() else f"j{found}"


def _metadata(job: Job, called: str) -> dict[str, Yaml]:
    queue = {"kueue.x-k8s.io/queue-name": job.queue.value} if job.queue else {}
    return {
        "generateName": f"{called}-",
        **({"namespace": job.project.value} if job.project else {}),
        "labels": {pod.NAME_LABEL: called, "app.kubernetes.io/managed-by": "envc", **queue},
    }


def _job(job: Job) -> dict[str, Yaml]:
    called = name(job)
    role = pod.Role(program.words(job, pod.NUMBER, is_timed=False), share(job))
    return {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": _metadata(job, called),
        "spec": {
            # Kueue starts it.
            **({"suspend": True} if job.queue else {}),
            **_pods(job),
            **_failure(job),
            "template": pod.template(job, called, role),
        },
    }


def _mpi_job(job: Job) -> dict[str, Yaml]:
    called = name(job)
    return {
        "apiVersion": "kubeflow.org/v2beta1",
        "kind": "MPIJob",
        "metadata": _metadata(job, called),
        "spec": mpi.spec(job, called),
    }


def _pods(job: Job) -> dict[str, Yaml]:
    if job.array is None:
        count = share(job).containers
        return {"completions": count, "parallelism": count}
    count = len(job.array.value.numbers)
    limit = job.array.value.limit
    return {
        "completionMode": "Indexed",
        "completions": count,
        "parallelism": min(limit or count, count),
    }


def _failure(job: Job) -> dict[str, Yaml]:
    """No number of an array ends the others; a pod whose node is lost is started again if asked."""
    is_array = job.array is not None
    never: dict[str, Yaml] = {"backoffLimitPerIndex" if is_array else "backoffLimit": 0}
    if job.requeue is None or not job.requeue.value:
        return never
    lost: Yaml = {
        "action": "Ignore",
        "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}],
    }
    return {**never, "podFailurePolicy": {"rules": [lost]}}
