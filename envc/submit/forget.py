"""Jobs that are over are forgotten: what they left at the site, then what the record has."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, Protocol

from envc.facts.problem import Problem
from envc.submit.bring import FOLDER
from envc.submit.look import look
from envc.submit.model import OVER, Answer, State, Words, client
from envc.submit.place import Place
from envc.submit.record import Entry, Record

_ID = re.compile(r"[a-z0-9]+-[0-9a-f]{6}")
"""As `hand_in.name` makes them: nothing else is taken for the name of a folder to be removed."""
_NONE = "local"
_REMOVE = 'rm -rf -- "$1"'
_DONE = frozenset({*OVER, State.VANISHED})


class Asks(Protocol):
    def ask(self, questions: Sequence[Words], patience: int) -> tuple[Answer, ...] | Problem: ...


class Forgotten(NamedTuple):
    entry: Entry
    problem: Problem | None = None
    """Why it is not."""


def over(
    entries: Iterable[Entry], record: Record, place: Callable[[str], Place], patience: int
) -> tuple[Forgotten, ...]:
    """What could be forgotten, and of the others why not."""
    seen = look(entries, record, place, patience)
    waited = {each.login for each in record.entries() if _waits(each)}
    return tuple(
        Forgotten(each.entry, each.problem or _refusal(each.entry, waited)) for each in seen
    )


def forget(
    entries: Iterable[Entry], record: Record, place: Callable[[str], Asks], patience: int
) -> Iterator[Forgotten]:
    """Those that are over. One of which something is left stays in the record."""
    ordered = sorted(entries, key=lambda each: each.login)
    for login, group in groupby(ordered, key=lambda each: each.login):
        of_site = tuple(group)
        asked = [_words(each) for each in of_site]
        answers = place(login).ask([word for each in asked for word in each], patience)
        if isinstance(answers, Problem):
            yield from (Forgotten(each, answers) for each in of_site)
            continue
        rest = iter(answers)
        for entry, words in zip(of_site, asked, strict=True):
            problem = _problem(entry, [next(rest) for _ in words])
            if problem is None:
                record.remove(entry.id)
            yield Forgotten(entry, problem)


def _waits(entry: Entry) -> bool:
    """Without a scheduler, a job reads in the folders of those before it how they ended."""
    return entry.scheduler == _NONE and entry.state == State.WAITING.value


def _refusal(entry: Entry, waited: Collection[str]) -> Problem | None:
    if State(entry.state) not in _DONE:
        return Problem(
            f"job `{entry.id}` is not over: it is {entry.state}",
            f"`envc cancel {entry.id}` ends it",
        )
    if entry.scheduler == _NONE and entry.login in waited:
        return Problem(
            f"job `{entry.id}` may be waited for: another at {entry.site} has not begun",
            "`envc status` tells when it has",
        )
    if not _ID.fullmatch(entry.id):
        return Problem(f"`{entry.id}` is no name that envc gives to a job")
    return None


def _words(entry: Entry) -> tuple[Words, ...]:
    """First what its scheduler keeps: without the folder, a job could not be asked for again."""
    cleared = client(entry.scheduler).clears(entry.number) if entry.number else ()
    removed = ("sh", "-c", _REMOVE, "remove", f"{FOLDER}/{entry.id}")
    # One that was cancelled or has vanished is not there any more.
    is_there = cleared and State(entry.state) not in {State.CANCELLED, State.VANISHED}
    return (cleared, removed) if is_there else (removed,)


def _problem(entry: Entry, answers: Sequence[Answer]) -> Problem | None:
    for answer in answers:
        if answer.code:
            return Problem(f"not all of job `{entry.id}` is removed: {answer.reason}")
    return None
