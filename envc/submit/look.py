"""What has become of jobs: a site is asked once for all of its own. What is over, is kept."""

import os
import re
import socket
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from envc.facts.problem import Problem
from envc.jobs.names import title
from envc.submit.asking import NO_PROGRAM, TOO_LATE
from envc.submit.bring import FOLDER
from envc.submit.hand_in import ANSWER
from envc.submit.model import OVER, Answer, Report, State, Words, client, understood
from envc.submit.place import Place
from envc.submit.record import Entry, Record

_READ = f"""\
cd "$1" 2>/dev/null || exit 0
[ ! -e {ANSWER} ] || cat {ANSWER} {ANSWER}.out
"""
_FORGOTTEN = "{} knows nothing of it, or not yet how it ended"
_NEVER = "envc was ended before it was handed in"
_IN_HAND = "it is being handed in"


class Seen(NamedTuple):
    entry: Entry
    problem: Problem | None = None
    """Why nothing new is known."""


def look(
    entries: Iterable[Entry], record: Record, place: Callable[[str], Place], patience: int
) -> tuple[Seen, ...]:
    """In the order of the entries."""
    entries = tuple(entries)
    seen = {each.id: Seen(each) for each in entries if State(each.state) in OVER}
    asked = sorted((each for each in entries if each.id not in seen), key=lambda each: each.login)
    for login, group in groupby(asked, key=lambda each: each.login):
        looked = _at(tuple(group), record, place(login), patience)
        seen |= {each.entry.id: each for each in looked}
    return tuple(seen[each.id] for each in entries)


def _at(entries: Sequence[Entry], record: Record, place: Place, patience: int) -> tuple[Seen, ...]:
    searched = _search([each for each in entries if not each.number], record, place, patience)
    found = {each.entry.id: each for each in searched}
    known = [found[each.id].entry if each.id in found else each for each in entries]
    numbered = [each for each in known if each.number]
    reported = {each.entry.id: each for each in _ask(numbered, record, place, patience)}
    return tuple(reported.get(each.id) or found[each.id] for each in known)


# ---- jobs whose number nobody has heard ----------------------------------------------------------


def _search(
    entries: Sequence[Entry], record: Record, place: Place, patience: int
) -> tuple[Seen, ...]:
    asked = [(_read(each), *client(each.scheduler).search(each.id)) for each in entries]
    answers = _answers(asked, place, patience)
    if isinstance(answers, Problem):
        return tuple(Seen(_told(each, _unknown(answers), record), answers) for each in entries)
    return tuple(_found(each, said, record) for each, said in zip(entries, answers, strict=True))


def _read(entry: Entry) -> Words:
    return ("sh", "-c", _READ, "read", f"{FOLDER}/{entry.id}")


def _found(entry: Entry, answers: Sequence[Answer], record: Record) -> Seen:
    known = client(entry.scheduler)
    kept, *searched = answers
    code, _, text = kept.text.partition("\n")
    if code not in {"", "0"}:
        refused = Report(State.FAILED, None, f"{_title(entry)} refused it")
        return Seen(_told(entry, refused, record))
    number = known.found((Answer(0, text, ""),)) or known.found(searched)
    if number:
        return Seen(record.change(entry, number=number))
    if problem := _unsearched(entry, searched):
        return Seen(_told(entry, _unknown(problem), record), problem)
    if _lives(entry.maker):
        return Seen(_told(entry, Report(State.UNKNOWN, None, _IN_HAND), record))
    return Seen(_told(entry, Report(State.VANISHED, None, _NEVER), record))


def _unsearched(entry: Entry, searched: Sequence[Answer]) -> Problem | None:
    """Why nobody knows whether there is a job of that name; the first answer is its master's."""
    if any(each.code == TOO_LATE for each in searched):
        return Problem(_late(entry))
    first, *_ = searched
    is_none = re.search(client(entry.scheduler).nothing, first.error)
    if first.code and first.error.strip() and not is_none:
        return Problem(
            f"{_title(entry)} does not say whether it has job `{entry.id}`: {first.reason}"
        )
    return None


def _lives(maker: str) -> bool:
    """Whether the process may still be at it; of another machine's, nobody knows."""
    host, _, process = maker.rpartition(" ")
    if host != socket.gethostname():
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


# ---- jobs with a number --------------------------------------------------------------------------


def _ask(entries: Sequence[Entry], record: Record, place: Place, patience: int) -> tuple[Seen, ...]:
    asked = [client(each.scheduler).questions(each.number) for each in entries]
    answers = _answers(asked, place, patience)
    if isinstance(answers, Problem):
        return tuple(Seen(_told(each, _unknown(answers), record), answers) for each in entries)
    return tuple(_settled(each, said, record) for each, said in zip(entries, answers, strict=True))


def _settled(entry: Entry, answers: Sequence[Answer], record: Record) -> Seen:
    report = _report(entry, answers)
    if isinstance(report, Problem):
        return Seen(_told(entry, _unknown(report), record), report)
    if report.state is State.VANISHED:
        report = Report(State.VANISHED, None, _FORGOTTEN.format(_title(entry)))
    if entry.is_cancelled and report.state in {State.FAILED, State.VANISHED}:
        report = Report(State.CANCELLED)
    return Seen(_told(entry, report, record))


def _report(entry: Entry, answers: Sequence[Answer]) -> Report | Problem:
    if any(each.code == TOO_LATE for each in answers):
        return Problem(_late(entry))
    first, *_ = answers
    if first.code == NO_PROGRAM:
        return Problem(f"{entry.site} has no program of {_title(entry)}: {first.reason}")
    report = understood(client(entry.scheduler), entry.number, answers)
    if isinstance(report, Problem):
        return Problem(f"{_title(entry)} does not say what has become of it: {report.message}")
    return report


# ---- both ----------------------------------------------------------------------------------------


def _answers(
    asked: Sequence[Sequence[Words]], place: Place, patience: int
) -> "tuple[tuple[Answer, ...], ...] | Problem":
    """One connection for all questions; the answers to each job's own."""
    questions = [question for each in asked for question in each]
    if not questions:
        return ()
    said = place.ask(questions, patience)
    if isinstance(said, Problem):
        return said
    rest = iter(said)
    return tuple(tuple(next(rest) for _ in each) for each in asked)


def _told(entry: Entry, report: Report, record: Record) -> Entry:
    new = (report.state.value, report.code, report.note)
    if new == (entry.state, entry.code, entry.note):
        return entry
    return record.change(entry, state=new[0], code=new[1], note=new[2])


def _unknown(problem: Problem) -> Report:
    return Report(State.UNKNOWN, None, problem.message)


def _late(entry: Entry) -> str:
    return f"{_title(entry)} did not answer in time"


def _title(entry: Entry) -> str:
    return title(entry.scheduler)
