"""Nomad: a batch job in HCL, parsed back and compared with what was meant."""

from collections.abc import Iterator, Mapping

from envc.diagnostics.model import Diagnostic
from envc.facts.problem import Problem
from envc.jobs.backend import Answer, JobBackend, Support, Told
from envc.jobs.model import Job
from envc.jobs.refused import cannot
from envc.jobs.values import fits, refused
from envc_backends.batch import asking
from envc_backends.containers import Containers, refusing
from envc_backends.nomad import reading, specification

_FEATURE = r"[A-Za-z_][A-Za-z0-9_.-]*"
_NAME = r"[A-Za-z0-9][A-Za-z0-9_-]{0,127}"
_FIELDS = refusing.fields(
    {
        "nodes": Support(Answer.SAID, "as containers apart from each other; no MPI over nodes"),
        "tasks": Support(Answer.SAID, "a container each, but where MPI starts them"),
        "cpus": Support(Answer.SAID, "as cores"),
        "gpus": Support(Answer.SAID),
        "gpu": Support(Answer.SAID, "as a part of the device's name"),
        "memory": Support(Answer.SAID),
        "walltime": Support(Answer.EMULATED, "by `timeout` in the container"),
        "queue": Support(Answer.SAID, "as the node pool"),
        "account": Support(Answer.REFUSED, "write `project`: the namespace has the quota"),
        "project": Support(Answer.SAID, "as the namespace"),
        "qos": Support(Answer.REFUSED, "write `project`: the namespace has the quota"),
        "constraint": Support(Answer.SAID, "as keys of `meta` of nodes"),
        "array": Support(Answer.SAID, "counted from 0, without `limit`"),
        "requeue": Support(Answer.SAID, "once"),
    }
)


class _Nomad(Containers):
    name = "nomad"
    ending = "nomad.hcl"
    fields: Mapping[str, Support] = _FIELDS

    def text(self, job: Job) -> str:
        return specification.text(job)

    def use(self, job: Job, file: str) -> str:
        del job
        return f"nomad job run {file}"

    def refused(self, job: Job) -> Iterator[Diagnostic]:
        yield from refused(job, "Nomad", ("queue", "project"), _NAME)
        yield from asking.values(job, "Nomad", _FEATURE, gpu=r"[A-Za-z0-9_-]+")
        found = job.where.fact("property")
        if found and not fits(found, _FEATURE):
            yield cannot(f"Nomad cannot be told the `property` {found!r}", job.place)
        yield from refusing.nodes(job)
        yield from refusing.paths(job, r"\$\{")
        if job.array is not None and job.array.value.limit is not None:
            yield cannot(
                "Nomad has no word for the `limit` of an array", job.array.place, "leave it out"
            )

    def read(self, text: str) -> Told | Problem:
        return reading.read(text)


BACKEND: JobBackend = _Nomad()
