"""A scheduler that takes a shell script: what all of them have in common."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping

from envc.diagnostics.model import Diagnostic
from envc.facts.problem import Problem
from envc.jobs import dispatch, refused, script
from envc.jobs.backend import Answer, Support, Told
from envc.jobs.model import Job
from envc.jobs.names import title
from envc.jobs.script import Dialect
from envc.plan.backend import File
from envc.runtimes.model import runtime


class Batch(ABC):
    """Below it, a class says what its scheduler has otherwise."""

    name: str
    fields: Mapping[str, Support]
    ending: str
    """Of the script's name: `demo.slurm`."""

    # ---- what a scheduler says itself

    @abstractmethod
    def dialect(self, job: Job) -> Dialect: ...

    @abstractmethod
    def use(self, job: Job, file: str) -> str:
        """The command that hands it in."""

    @abstractmethod
    def refused(self, job: Job) -> Iterator[Diagnostic]:
        """Values that it cannot spell, and what it cannot do together."""

    @abstractmethod
    def read(self, text: str) -> Told | Problem: ...

    def others(self, job: Job) -> tuple[File, ...]:
        """Files beside the script."""
        del job
        return ()

    # ---- what follows for all

    def refusals(self, job: Job) -> tuple[Diagnostic, ...]:
        dialect = self.dialect(job)
        # Where several nodes are refused anyway, that is what is told.
        is_many = self.fields["nodes"].answer is not Answer.REFUSED
        asks_nodes = is_many and dispatch.asks_nodes(job, dialect) and not dialect.each_node
        told = (
            *refused.fields(self.name, self.fields, job),
            *refused.script(job, asks_nodes=asks_nodes),
            *runtime(job.runtime).refusals(job),
            *self.refused(job),
        )
        return tuple(dict.fromkeys(told))

    def files(self, job: Job) -> tuple[File, ...]:
        name = f"{job.run}.{self.ending}"
        about = f"The run {job.run}, for {title(self.name)}."
        text = script.text(job, self.dialect(job))
        return (File(name, text, about, self.use(job, name), executable=True), *self.others(job))


def job_name(job: Job, longest: int = 64) -> str:
    """What every scheduler takes for a name: letters, digits, `.`, `_` and `-`, a letter first."""
    name = re.sub(r"[^\w.-]", "-", f"{job.name}-{job.run}", flags=re.ASCII)
    return (name if name[0].isalpha() else f"j{name}")[:longest]
