"""What a scheduler's format is to the rest of envc: a folder in `backends/` with one `BACKEND`."""

from collections.abc import Mapping
from enum import Enum
from importlib import import_module
from typing import NamedTuple, Protocol

from envc.diagnostics.model import Diagnostic
from envc.jobs.model import Job
from envc.plan.backend import File


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
        """Only where nothing is refused. The first is what is handed to the scheduler."""


def backend(name: str) -> JobBackend:
    """The one that the vocabulary's `SCHEDULERS` calls so."""
    found: JobBackend = import_module(f"envc_backends.{name}").BACKEND
    return found
