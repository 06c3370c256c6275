"""Chronos on Mesos: a job in JSON, by its documented fields. Both are no longer maintained."""

from collections.abc import Iterator, Mapping

from envc.diagnostics.model import Diagnostic
from envc.facts.problem import Problem
from envc.jobs.backend import Answer, JobBackend, Support, Told
from envc.jobs.model import Job
from envc.jobs.values import PLAIN
from envc_backends.chronos import reading, request
from envc_backends.containers import Containers, asking, refusing

_NO_QUEUES = Support(Answer.REFUSED, "it has no queues, and starts what has room at once")
_NO_GPUS = Support(Answer.REFUSED, "it asks Mesos for no GPUs")
_NO_ONE = Support(Answer.REFUSED, "nobody is charged here")
_FIELDS = refusing.fields(
    {
        "nodes": Support(Answer.REFUSED, "write `nodes 1`: it starts one container"),
        "tasks": Support(Answer.REFUSED, "write `tasks 1`: it starts one container"),
        "cpus": Support(Answer.SAID),
        "gpus": _NO_GPUS,
        "gpu": _NO_GPUS,
        "memory": Support(Answer.SAID),
        "walltime": Support(Answer.EMULATED, "by `timeout` in the container"),
        "queue": _NO_QUEUES,
        "account": _NO_ONE,
        "project": _NO_ONE,
        "qos": _NO_QUEUES,
        "constraint": Support(Answer.SAID, "as attributes of Mesos's agents"),
        "array": Support(Answer.REFUSED, "write a run for each number: it has no arrays"),
        "after": Support(Answer.SAID, "as `parents`"),
        "requeue": Support(Answer.SAID, "once"),
        "mail": Support(Answer.REFUSED, "it writes of failures alone"),
        "notify": Support(Answer.REFUSED, "it writes of failures alone"),
    }
)


class _Chronos(Containers):
    name = "chronos"
    ending = "json"
    fields: Mapping[str, Support] = _FIELDS

    def text(self, job: Job) -> str:
        return request.text(job)

    def use(self, job: Job, file: str) -> str:
        kind = "dependency" if job.after is not None else "iso8601"
        return (
            f"curl -fL -H 'Content-Type: application/json' -d @{file} "
            f'"$CHRONOS/v1/scheduler/{kind}"'
        )

    def refused(self, job: Job) -> Iterator[Diagnostic]:
        yield from asking.names(job, PLAIN)
        yield from refusing.paths(job, ":")

    def read(self, text: str) -> Told | Problem:
        return reading.read(text)


BACKEND: JobBackend = _Chronos()
