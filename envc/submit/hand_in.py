"""One job is handed in, and nothing of it is lost wherever that ends.

The record has it before the scheduler does. At the site, what the scheduler answers is written into
the job's folder at once, so that it is found there if nobody is left to hear it; and should even
that not have come about, the job bears envc's name for it.
"""

import os
import re
import secrets
import socket
from dataclasses import dataclass
from datetime import UTC, datetime
from tempfile import TemporaryFile
from typing import NamedTuple

from envc.facts.problem import Problem
from envc.jobs.batch import job_name
from envc.jobs.model import Job
from envc.jobs.names import title
from envc.plan.backend import File
from envc.submit.asking import NO_PROGRAM, TOO_LATE
from envc.submit.bring import FOLDER, Input, pack, unpacked
from envc.submit.model import Answer, Client, Order, Words
from envc.submit.place import Place
from envc.submit.record import Entry, Record

ANSWER = "handed-in"
_HAND_IN = f"""\
cd "$1" || exit 66
shift
code=0
"$@" >{ANSWER}.out 2>{ANSWER}.err </dev/null || code=$?
echo "$code" >{ANSWER}.new
mv {ANSWER}.new {ANSWER}
cat {ANSWER}.out
cat {ANSWER}.err >&2
exit "$code"
"""
_REMOVE = 'rm -rf -- "$1"'


@dataclass(frozen=True, slots=True)
class Counter:
    """Where jobs are handed in, and written down."""

    record: Record
    place: Place
    client: Client
    patience: int


class Ticket(NamedTuple):
    """A job and all that it needs."""

    job: Job
    files: tuple[File, ...]
    inputs: tuple[Input, ...]
    before: Words
    """Numbers of the jobs that it comes after."""
    spec: str


def hand_in(ticket: Ticket, counter: Counter) -> Entry | Problem:
    entry = _entry(ticket)
    counter.record.add(entry)
    if problem := _brought(entry, ticket, counter.place):
        counter.record.remove(entry.id)
        return problem
    answers = counter.place.ask((words(entry, ticket, counter.client),), counter.patience)
    if isinstance(answers, Problem):
        return _unheard(entry, answers)
    (answer,) = answers
    if answer.code == TOO_LATE:
        late = f"{_title(entry)} did not answer within {counter.patience} s"
        return _unheard(entry, Problem(late))
    if answer.code:
        return _refused(entry, answer, counter)
    number = counter.client.number(answer.text)
    if isinstance(number, Problem):
        return _unheard(entry, number)
    return counter.record.change(entry, number=number, state="waiting")


def words(entry: Entry, ticket: Ticket, client: Client) -> Words:
    """What is started at the site."""
    handed = client.hand_in(order(entry.id, ticket))
    return ("sh", "-c", _HAND_IN, "hand-in", f"{FOLDER}/{entry.id}", *handed)


def order(id: str, ticket: Ticket) -> Order:  # noqa: A002 - of envc
    array = ticket.job.array
    numbers = tuple(array.value.numbers) if array is not None else ()
    return Order(id, ticket.files[0].path, ticket.before, numbers)


def name(run: str) -> str:
    """Nobody else's, and short enough for every scheduler: some take 15 letters, a letter first."""
    letters = re.sub(r"[^a-z0-9]", "", run.lower())[:8]
    return f"{letters if letters[:1].isalpha() else 'job'}-{secrets.token_hex(3)}"


def maker() -> str:
    return f"{socket.gethostname()} {os.getpid()}"


def _entry(ticket: Ticket) -> Entry:
    job = ticket.job
    return Entry(
        id=name(job.run),
        spec=ticket.spec,
        app=job.app,
        run=job.run,
        name=job_name(job),
        site=job.where.site,
        scheduler=job.where.scheduler,
        login=job.where.login,
        lock=job.lock,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        maker=maker(),
    )


def _brought(entry: Entry, ticket: Ticket, place: Place) -> Problem | None:
    workdir = ticket.job.workdir.value if ticket.job.workdir is not None else ""
    with TemporaryFile() as packed:
        pack(ticket.files, ticket.inputs, workdir, packed)
        packed.seek(0)
        return place.bring(unpacked(entry.id), packed)


# ---- what goes wrong -----------------------------------------------------------------------------


def _unheard(entry: Entry, problem: Problem) -> Problem:
    """It may have been handed in: the record keeps it until that is known."""
    said = f"{problem.message}; whether it has job `{entry.id}` is not known yet"
    return Problem(said, f"`envc status {entry.id}` asks again")


def _refused(entry: Entry, answer: Answer, counter: Counter) -> Problem:
    counter.place.ask((("sh", "-c", _REMOVE, "remove", f"{FOLDER}/{entry.id}"),))
    counter.record.remove(entry.id)
    if answer.code == NO_PROGRAM:
        return Problem(f"{counter.place.title} has no program of {_title(entry)}: {answer.reason}")
    return Problem(f"{_title(entry)} refused `{entry.run}`: {answer.reason}")


def _title(entry: Entry) -> str:
    return title(entry.scheduler)
