"""The request: a job that runs once, at once or behind others."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from envc.jobs.batch import job_name
from envc.jobs.model import JOB, Job
from envc_backends.batch.asking import features
from envc_backends.containers import images, places, program
from envc_backends.containers.limits import share

ONCE = "R1//PT24H"
"""Starting now; the time between two of them is never waited for."""


def text(job: Job) -> str:
    return json.dumps(_request(job), indent=2, ensure_ascii=False) + "\n"


def _request(job: Job) -> dict[str, Any]:
    entry, command, *arguments = program.words(job)
    is_again = job.requeue is not None and job.requeue.value
    memory = share(job).memory
    return {
        "name": job_name(job),
        "description": _about(job),
        **_when(job),
        "retries": 1 if is_again else 0,
        "shell": False,
        "command": command,
        "arguments": arguments,
        # Without, it would be a tenth of one.
        "cpus": share(job).cpus,
        **({"mem": memory} if memory else {}),
        "container": _container(job, entry),
        "environmentVariables": [
            {"name": name, "value": value} for name, value in _variables(job).items()
        ],
        "constraints": list(_constraints(job)),
    }


def _about(job: Job) -> str:
    """JSON has no comments."""
    app = f"{job.name} {job.version}".rstrip()
    made = f"written by `envc compile` from {job.spec}, lock {job.lock}"
    note = images.note(job).replace("\n", " ")
    return " ".join(part for part in (f"{app}: run {job.run}, {made}.", note) if part)


def _when(job: Job) -> dict[str, Any]:
    if job.after is None:
        return {"schedule": ONCE}
    names = (job_name(job).removesuffix(job.run) + name for name in job.after.value)
    return {"parents": list(names)}


def _container(job: Job, entry: str) -> dict[str, Any]:
    options = {"entrypoint": entry, "user": "1000:1000", "init": "true"}
    if job.workdir is not None:
        options["workdir"] = job.workdir.value
    return {
        "type": "DOCKER",
        "image": images.pulled(job).reference,
        "parameters": [{"key": key, "value": value} for key, value in options.items()],
        "volumes": [
            {"containerPath": path, "hostPath": path, "mode": "RW"} for path in places.folders(job)
        ],
    }


def _variables(job: Job) -> Mapping[str, str]:
    return {JOB: job_name(job), **program.variables(job)}


def _constraints(job: Job) -> Iterator[list[str]]:
    found = job.where.fact("property")
    for name in features(job):
        yield [found, "EQUALS", name] if found else [name, "EQUALS", "true"]
