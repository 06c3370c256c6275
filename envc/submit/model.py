"""What is known of a job that was handed in, and what a scheduler has to say of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from typing import NamedTuple, Protocol

from envc.facts.problem import Problem

Words = tuple[str, ...]
"""A program and its arguments."""


class State(Enum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    TIMED_OUT = "timed out"
    VANISHED = "vanished"
    """The scheduler does not know it, and nothing tells how it ended."""
    UNKNOWN = "unknown"
    """Nobody answered, or not in words that are understood."""


OVER = frozenset({State.DONE, State.FAILED, State.CANCELLED, State.TIMED_OUT})
"""From these nothing follows: they are not asked for again."""
_FIRST = (State.RUNNING, State.WAITING, State.UNKNOWN, State.VANISHED)
_LAST = (State.FAILED, State.TIMED_OUT, State.CANCELLED, State.DONE)


@dataclass(frozen=True, slots=True)
class Report:
    state: State
    code: int | None = None
    """The program's, or 128 and the number of the signal that ended it."""
    note: str = ""


VANISHED = Report(State.VANISHED)


def together(reports: Sequence[Report]) -> Report:
    """Of the jobs of an array: it runs as long as one does, and is done when all are."""
    if not reports:
        return VANISHED
    shown = next(
        report for state in (*_FIRST, *_LAST) for report in reports if report.state is state
    )
    if len(reports) == 1:
        return shown
    count = len(reports)
    over = sum(each.state in OVER for each in reports)
    done = sum(each.state is State.DONE for each in reports)
    counted = f"{over} of {count} are over" if over < count else f"{done} of {count} are done"
    return Report(shown.state, shown.code, "; ".join(filter(None, (counted, shown.note))))


class Answer(NamedTuple):
    """What a program at a site had to say."""

    code: int
    text: str
    error: str

    @property
    def reason(self) -> str:
        """In one line, what it complains of."""
        lines = (self.error.strip() or self.text.strip()).splitlines()
        return " ".join(" ".join(lines[-3:]).split()) or f"it ended with code {self.code}"


@dataclass(frozen=True, slots=True)
class Order:
    """A job as it is handed in, in a folder of its own."""

    id: str
    """Of envc, and the job's name there: by it a job is found whose number nobody has heard."""
    file: str
    before: Words
    """Numbers of the jobs that have to succeed first."""
    numbers: tuple[int, ...]
    """Of an array; empty where it is none."""


class Names(NamedTuple):
    """By which a job's files are told from its program's."""

    id: str
    job: str
    """As its script calls it."""
    number: str


class Client(Protocol):
    waits: bool
    """Whether one job can be told to wait for the success of another."""

    nothing: str
    """A pattern of what it complains of where it is asked for a job that there is not."""

    def hand_in(self, order: Order) -> Words:
        """Started in the job's folder."""

    def number(self, text: str) -> str | Problem:
        """What the scheduler calls the job that it has just been given."""

    def search(self, id: str) -> tuple[Words, ...]:  # noqa: A002 - it is what envc calls one
        """Questions that find a job by its name."""

    def found(self, answers: Iterable[Answer]) -> str:
        """Its number; empty where there is none."""

    def questions(self, number: str) -> tuple[Words, ...]:
        """What has become of it. All of them are asked."""

    def report(self, number: str, answers: Sequence[Answer]) -> Report | Problem:
        """A problem where the scheduler is out of reach. Asked by `understood` alone: of an answer
        that has another form than it should, it need not make sense."""

    def cancel(self, number: str) -> Words: ...

    def outputs(self, names: Names) -> Words:
        """Patterns of sh, in the job's folder, of the files that it writes for its program."""

    def speaks(self, number: str) -> Words:
        """What prints all that the program wrote, where that is not in files."""

    def clears(self, number: str) -> Words:
        """What removes a job that is over, where the scheduler does not do so of itself."""


def client(scheduler: str) -> Client:
    """By the name that the vocabulary's `SCHEDULERS` has."""
    found: Client = import_module(f"envc.submit.clients.{scheduler}").CLIENT
    return found


def understood(known: Client, number: str, answers: Sequence[Answer]) -> Report | Problem:
    """A problem also where an answer is in no form that is known, as a newer release may have."""
    try:
        return known.report(number, answers)
    except (LookupError, ValueError, TypeError, AttributeError):
        return Problem(f"its answer is not understood: {answers[0].reason}")
