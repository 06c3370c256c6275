"""Docker Swarm: a stack of services that are jobs, read by Docker's own client."""

from collections.abc import Iterator, Mapping

from envc.diagnostics.model import Diagnostic
from envc.facts.problem import Problem
from envc.jobs.backend import Answer, JobBackend, Support, Told
from envc.jobs.model import Job
from envc.jobs.refused import cannot
from envc.jobs.values import PLAIN
from envc.quoting import sh
from envc_backends.compose import reading, stack
from envc_backends.containers import Containers, asking, refusing

_NO_QUEUES = Support(Answer.REFUSED, "a swarm has no queues, and starts what has room at once")
_FIELDS = refusing.fields(
    {
        "nodes": Support(Answer.REFUSED, "write `nodes 1`: it puts tasks where there is room"),
        "tasks": Support(Answer.SAID, "a container each, but where MPI starts them"),
        "cpus": Support(Answer.SAID),
        "gpus": Support(Answer.SAID, "as the generic resource that Docker's daemons tell of"),
        "gpu": Support(Answer.SAID, "as a label of nodes"),
        "memory": Support(Answer.SAID),
        "walltime": Support(Answer.EMULATED, "by `timeout` in the container"),
        "queue": _NO_QUEUES,
        "project": Support(Answer.REFUSED, "nobody is charged here"),
        "qos": _NO_QUEUES,
        "constraint": Support(Answer.SAID, "as labels of nodes"),
        "array": Support(Answer.SAID, "a service each, without `limit`"),
        "requeue": Support(Answer.SAID, "once"),
    }
)


class _Compose(Containers):
    name = "compose"
    ending = "compose.yaml"
    fields: Mapping[str, Support] = _FIELDS

    def text(self, job: Job) -> str:
        return stack.text(job)

    def use(self, job: Job, file: str) -> str:
        # Digests are in the file where they are known; nodes have what no registry is named for.
        words = ("docker", "stack", "deploy", "--resolve-image=never", "-c", file, stack.name(job))
        return sh.words(words)

    def refused(self, job: Job) -> Iterator[Diagnostic]:
        yield from asking.names(job, PLAIN)
        yield from refusing.nodes(job)
        if job.array is not None and job.array.value.limit is not None:
            yield cannot(
                "a stack has no word for the `limit` of an array", job.array.place, "leave it out"
            )

    def read(self, text: str) -> Told | Problem:
        return reading.read(text)


BACKEND: JobBackend = _Compose()
