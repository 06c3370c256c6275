"""PBS Professional and OpenPBS, which remember jobs for the server's `job_history_duration`.

No PBS runs in the tests. The answers are as its guides describe them.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from envc.facts.problem import Problem
from envc.submit.clients import pbs
from envc.submit.clients.plain import Plain
from envc.submit.model import VANISHED, Answer, Client, Names, Order, Report, State, Words, together

_LATE = -29


class _PbsPro(Plain):
    pattern = pbs.NUMBER

    def hand_in(self, order: Order) -> Words:
        before = (f"afterok:{':'.join(order.before)}",) if order.before else ()
        return pbs.handed_in(order, before)

    def search(self, id: str) -> tuple[Words, ...]:  # noqa: A002 - of envc
        return (("qselect", "-x", "-N", id),)

    def questions(self, number: str) -> tuple[Words, ...]:
        return (("qstat", "-x", "-t", "-f", "-F", "json", number),)

    def report(self, number: str, answers: Sequence[Answer]) -> Report | Problem:
        del number
        (answer,) = answers
        if pbs.UNKNOWN in answer.error:
            return VANISHED
        if answer.code:
            return Problem(answer.reason)
        return together(tuple(map(_report, _jobs(json.loads(answer.text)["Jobs"]))))

    def cancel(self, number: str) -> Words:
        return ("qdel", number)

    def outputs(self, names: Names) -> Words:
        return pbs.outputs(names)


def _jobs(found: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Those of an array, which has itself no exit code that would be a program's."""
    of_array = [job for number, job in found.items() if "[" in number and "[]" not in number]
    yield from of_array or found.values()


def _report(job: Mapping[str, Any]) -> Report:
    letter = str(job["job_state"])
    if letter in pbs.STATES:
        state = pbs.STATES[letter]
        return Report(state, None, str(job.get("comment", "")) if state is State.WAITING else "")
    if "Exit_status" not in job:
        return Report(State.CANCELLED)
    return pbs.ended(int(job["Exit_status"]), _LATE)


CLIENT: Client = _PbsPro()
