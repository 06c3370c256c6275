"""Kubernetes: a Job, or an MPIJob where MPI reaches over nodes. Read by its client and schemas."""

from collections.abc import Iterator, Mapping

from envc.diagnostics.model import Diagnostic
from envc.facts.problem import Problem
from envc.jobs.backend import Answer, JobBackend, Support, Told
from envc.jobs.model import Job
from envc.jobs.refused import cannot
from envc.jobs.values import refused
from envc_backends.batch.asking import features
from envc_backends.containers import Containers, asking, refusing
from envc_backends.kubernetes import manifest, mpi, nodes, reading, rules

_FIELDS = refusing.fields(
    {
        "nodes": Support(Answer.SAID, "as containers apart from each other, or by an `MPIJob`"),
        "tasks": Support(Answer.SAID, "a container each, but where MPI starts them"),
        "cpus": Support(Answer.SAID),
        "gpus": Support(Answer.SAID),
        "gpu": Support(Answer.SAID, "as a label of nodes"),
        "memory": Support(Answer.SAID),
        "walltime": Support(Answer.SAID, "of each container, from when a node has it"),
        "queue": Support(Answer.SAID, "of Kueue"),
        "account": Support(Answer.REFUSED, "write `project`: the namespace is charged"),
        "project": Support(Answer.SAID, "as the namespace"),
        "qos": Support(Answer.SAID, "as the priority class"),
        "constraint": Support(Answer.SAID, "as labels of nodes"),
        "array": Support(Answer.SAID, "counted from 0; a line of sh makes the numbers of it"),
        "requeue": Support(Answer.SAID, "where the node is lost, not where the program fails"),
    }
)


class _Kubernetes(Containers):
    name = "kubernetes"
    ending = "yaml"
    fields: Mapping[str, Support] = _FIELDS

    def text(self, job: Job) -> str:
        return manifest.text(job)

    def use(self, job: Job, file: str) -> str:
        del job
        return f"kubectl create -f {file}"  # not `apply`: each submission has a name of its own

    def refused(self, job: Job) -> Iterator[Diagnostic]:
        yield from refused(job, "Kubernetes", ("queue", "project"), rules.LABEL)
        yield from refused(job, "Kubernetes", ("qos",), rules.SUBDOMAIN)
        yield from asking.names(job, nodes.KEY if not job.where.fact("property") else rules.VALUE)
        if job.where.fact("property") and len(features(job)) > 1:
            yield cannot(
                "a label of a node has one value, and the features of this job are several",
                (job.constraint or job.command).place,
                "leave `property` out of the site, so that each feature is a label",
            )
        yield from refusing.paths(job, r":|(^|/)\.\.(/|$)")
        if mpi.is_across(job):
            yield from mpi.refused(job)

    def read(self, text: str) -> Told | Problem:
        return reading.read(text)


BACKEND: JobBackend = _Kubernetes()
