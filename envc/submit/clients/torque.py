"""Torque, which remembers jobs for as long as the server's `keep_completed`.

No Torque runs in the tests. The answers are as its guide describes them.
"""

import re
from collections.abc import Iterator, Sequence

from envc.facts.problem import Problem
from envc.submit.clients import pbs
from envc.submit.clients.plain import Plain
from envc.submit.model import VANISHED, Answer, Client, Names, Order, Report, State, Words, together

_LATE = -11
_JOB = re.compile(r"^Job Id: ", re.MULTILINE)
_FIELD = re.compile(r"^\s+(job_state|exit_status) = (\S+)$", re.MULTILINE)


class _Torque(Plain):
    pattern = pbs.NUMBER

    def hand_in(self, order: Order) -> Words:
        return pbs.handed_in(order, _before(order.before))

    def search(self, id: str) -> tuple[Words, ...]:  # noqa: A002 - of envc
        return (("qselect", "-N", id),)

    def questions(self, number: str) -> tuple[Words, ...]:
        return (("qstat", *(("-t",) if "[]" in number else ()), "-f", number),)

    def report(self, number: str, answers: Sequence[Answer]) -> Report | Problem:
        del number
        (answer,) = answers
        if pbs.UNKNOWN in answer.error:
            return VANISHED
        if answer.code:
            return Problem(answer.reason)
        return together(tuple(_reports(answer.text)))

    def cancel(self, number: str) -> Words:
        return ("qdel", number)

    def outputs(self, names: Names) -> Words:
        return pbs.outputs(names)


def _before(numbers: Words) -> Iterator[str]:
    """An array is waited for by another word."""
    yield from (f"afterok{'array' if '[]' in number else ''}:{number}" for number in numbers)


def _reports(text: str) -> Iterator[Report]:
    for job in _JOB.split(text)[1:]:
        found = dict(_FIELD.findall(job))
        state = pbs.STATES.get(found.get("job_state", ""))
        if state is not None:
            yield Report(state)
        elif "exit_status" not in found:
            yield Report(State.CANCELLED)
        else:
            yield pbs.ended(int(found["exit_status"]), _LATE)


CLIENT: Client = _Torque()
