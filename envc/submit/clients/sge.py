"""Grid Engine. Where a job runs the queue master knows; how it ended, only the accounts.

Answers were recorded from Son of Grid Engine 8.1.9.
"""

import re
from collections.abc import Iterator, Sequence

from envc.facts.problem import Problem
from envc.submit.clients.plain import Plain
from envc.submit.model import Answer, Client, Names, Order, Report, State, Words, together

_RECORD = re.compile(r"^=+$", re.MULTILINE)
_FIELD = re.compile(r"^(\w+) +(.*?) *$", re.MULTILINE)


class _Sge(Plain):
    waits = False
    nothing = r"do not exist|not found"
    pattern = r"^(?:job_?number:? +)?(\d+)(?:\.\S+)? *$"
    """`3`, of an array `3.1-7:2`; `job_number: 3` of the master, `jobnumber 3` of the accounts."""

    def hand_in(self, order: Order) -> Words:
        return ("qsub", "-terse", "-N", order.id, order.file)

    def search(self, id: str) -> tuple[Words, ...]:  # noqa: A002 - of envc
        return (("qstat", "-j", id), ("qacct", "-j", id))

    def questions(self, number: str) -> tuple[Words, ...]:
        return (("qstat", "-u", "*"), ("qacct", "-j", number))

    def report(self, number: str, answers: Sequence[Answer]) -> Report | Problem:
        master, accounts = answers
        if master.code:
            return Problem(master.reason)
        ended = tuple(_ended(accounts.text)) if not accounts.code else ()
        return together((*_living(number, master.text), *ended))

    def cancel(self, number: str) -> Words:
        return ("qdel", number)

    def outputs(self, names: Names) -> Words:
        return (f"{names.id}.[oe]{names.number}", f"{names.id}.[oe]{names.number}.*")


def _living(number: str, text: str) -> Iterator[Report]:
    """Of `qstat`: number, priority, name, user, state."""
    for line in text.splitlines():
        first, *columns = line.split() or [""]
        if first == number and len(columns) > 3:
            yield _of_state(columns[3])


def _of_state(state: str) -> Report:
    if "E" in state:
        return Report(State.WAITING, None, f"it cannot start (state {state})")
    if "h" in state:
        return Report(State.WAITING, None, "on hold")
    return Report(State.RUNNING if set(state) & set("rtRsST") else State.WAITING)


def _ended(text: str) -> Iterator[Report]:
    for record in _RECORD.split(text):
        found = dict(_FIELD.findall(record))
        if "exit_status" in found:
            yield _of_record(found["failed"], int(found["exit_status"].split()[0]))


def _of_record(failed: str, code: int) -> Report:
    if re.search(r"enforced [hs]_rt", failed):
        return Report(State.TIMED_OUT)
    if failed.strip() != "0":
        return Report(State.FAILED, code or None, failed.partition(":")[2].strip())
    return Report(State.FAILED, code) if code else Report(State.DONE)


CLIENT: Client = _Sge()
