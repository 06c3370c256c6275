"""Orchestrators that start containers themselves: what all of them have in common."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping

from envc.diagnostics.model import Diagnostic
from envc.facts.problem import Problem
from envc.jobs.backend import Support, Told
from envc.jobs.model import Job
from envc.jobs.names import title
from envc.plan.backend import File
from envc_backends.containers import refusing


class Containers(ABC):
    """Below it, a class says what its orchestrator has otherwise."""

    name: str
    fields: Mapping[str, Support]
    ending: str
    """Of the file's name: `demo.yaml`."""

    # ---- what an orchestrator says itself

    @abstractmethod
    def text(self, job: Job) -> str: ...

    @abstractmethod
    def use(self, job: Job, file: str) -> str:
        """The command that hands it in."""

    @abstractmethod
    def refused(self, job: Job) -> Iterator[Diagnostic]:
        """Values that it cannot spell, and what it cannot do together."""

    @abstractmethod
    def read(self, text: str) -> Told | Problem: ...

    # ---- what follows for all

    def refusals(self, job: Job) -> tuple[Diagnostic, ...]:
        told = (*refusing.common(self.name, self.fields, job), *self.refused(job))
        return tuple(dict.fromkeys(told))

    def files(self, job: Job) -> tuple[File, ...]:
        name = f"{job.run}.{self.ending}"
        about = f"The run {job.run}, for {title(self.name)}."
        return (File(name, self.text(job), about, self.use(job, name)),)
