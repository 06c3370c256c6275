"""A job is asked to end."""

from typing import NamedTuple

from envc.facts.problem import Problem
from envc.jobs.names import title
from envc.submit.asking import TOO_LATE
from envc.submit.look import look
from envc.submit.model import OVER, State, client
from envc.submit.place import Place
from envc.submit.record import Entry, Record


class Over(NamedTuple):
    """It was so before anybody asked."""

    entry: Entry


def end(entry: Entry, record: Record, patience: int) -> Entry | Over | Problem:
    """The record has it as cancelled, unless it was over before."""
    (seen,) = look((entry,), record, Place, patience)
    if seen.problem is not None:
        return seen.problem
    known = seen.entry
    if State(known.state) in OVER:
        return Over(known)
    if not known.number:
        return Problem(f"job `{entry.id}` has no number yet: {known.note}")
    # First the record: whoever looks meanwhile knows why the job ended.
    known = record.change(entry, is_cancelled=1)
    words = client(entry.scheduler).cancel(known.number)
    answers = Place(entry.login).ask((words,), patience)
    if isinstance(answers, Problem):
        return answers
    (answer,) = answers
    if answer.code == TOO_LATE:
        return Problem(f"{title(entry.scheduler)} did not answer in time")
    return _refused(known, record, answer.reason, patience) if answer.code else known


def _refused(entry: Entry, record: Record, reason: str, patience: int) -> Over | Problem:
    """It may have ended of itself in between."""
    entry = record.change(entry, is_cancelled=0)
    (seen,) = look((entry,), record, Place, patience)
    if State(seen.entry.state) in OVER:
        return Over(seen.entry)
    return Problem(f"{title(entry.scheduler)} does not end job `{entry.id}`: {reason}")
