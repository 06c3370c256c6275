"""What a scheduler's format is to the rest of envc: a folder in `backends/` with one `BACKEND`.

A scheduler that takes a shell script is added by a class below `envc.jobs.batch.Batch`, which says
how; one that starts containers itself has the four things of `JobBackend`. Then tests/jobs holds it
to what holds for all, and docs/schedulers.md has a column for it.
"""

from collections.abc import Mapping
from enum import Enum
from importlib import import_module
from typing import NamedTuple, Protocol

from envc.diagnostics.model import Diagnostic
from envc.facts.problem import Problem
from envc.jobs.model import Job
from envc.plan.backend import File

Told = Mapping[str, int | str]
"""What a scheduler understands of a text, amounts in the units of a job; what is not said is not
there. Names are those of FIELDS, and `name`, `limit` (of an array) and `tasks_per_node`.
`tasks`, `cpus`, `gpus` and `memory` (MiB) are in all, over all nodes; `array` is how many numbers
it has; `walltime` is in seconds; the rest are texts as the scheduler has them."""


class Answer(Enum):
    SAID = "yes"
    """In the scheduler's words."""
    EMULATED = "by the script"
    """The scheduler has no word for it; what envc writes does the same."""
    REFUSED = "refused"
    """It would be lost: an error at the spec's line."""
    MEANINGLESS = "no meaning"
    """There is nothing for it to change."""


class Support(NamedTuple):
    answer: Answer
    note: str = ""
    """In which cases not, or how: one sentence for the table."""


class JobBackend(Protocol):
    name: str
    """As `emit` and `scheduler` call it."""
    fields: Mapping[str, Support]
    """One for each of `envc.jobs.model.FIELDS`; the tests hold the backend to it."""

    def refusals(self, job: Job) -> tuple[Diagnostic, ...]:
        """What would be lost, each with the line of the spec that asks for it."""

    def files(self, job: Job) -> tuple[File, ...]:
        """Only where nothing is refused. The first is what is handed to the scheduler, its name is
        the run's with an ending; in `File.use` it stands by that name alone."""

    def read(self, text: str) -> Told | Problem:
        """The first file, read as the scheduler reads it: by its rules on what counts, what is
        ignored and which of two wins. A problem where it would refuse the text."""


def backend(name: str) -> JobBackend:
    """The one that the vocabulary's `SCHEDULERS` calls so."""
    found: JobBackend = import_module(f"envc_backends.{name}").BACKEND
    return found
