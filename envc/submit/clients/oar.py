"""OAR. Each number of an array is a job of its own; the first gives the array its number.

Answers were recorded from OAR 2.5.9.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from envc.facts.problem import Problem
from envc.submit.clients.plain import Plain, signalled
from envc.submit.model import VANISHED, Answer, Client, Names, Order, Report, State, Words, together

_STATES = {
    "Waiting": State.WAITING,
    "Hold": State.WAITING,
    "toLaunch": State.WAITING,
    "toAckReservation": State.WAITING,
    "Launching": State.WAITING,
    "Running": State.RUNNING,
    "Suspended": State.RUNNING,
    "Resuming": State.RUNNING,
    "Finishing": State.RUNNING,
    "toError": State.RUNNING,
}


class _Oar(Plain):
    waits = False
    pattern = r"^OAR_(?:ARRAY|JOB)_ID=(\d+)$"
    """An error has a number below zero."""

    def hand_in(self, order: Order) -> Words:
        return ("oarsub", "-S", f"./{order.file}", "-n", order.id)

    def number(self, text: str) -> str | Problem:
        """All of an array, which may have been named in any order."""
        found = re.findall(self.pattern, text, re.MULTILINE)
        if not found:
            return Problem(f"its answer has no number of a job: {text.strip()!r}")
        return str(min(map(int, found)))

    def search(self, id: str) -> tuple[Words, ...]:  # noqa: A002 - of envc
        return (("oarstat", "-J", "--sql", f"job_name='{id}'"),)

    def found(self, answers: Iterable[Answer]) -> str:
        numbers = [int(number) for answer in answers if not answer.code for number in _jobs(answer)]
        return str(min(numbers)) if numbers else ""

    def questions(self, number: str) -> tuple[Words, ...]:
        return (("oarstat", "-f", "-J", "--array", number),)

    def report(self, number: str, answers: Sequence[Answer]) -> Report | Problem:
        del number
        (answer,) = answers
        if answer.code:
            return Problem(answer.reason)
        found = _jobs(answer)
        # One that was started again goes on under another number.
        before = {str(each.get("resubmit_job_id")) for each in found.values()}
        left = [each for key, each in found.items() if key not in before]
        return together([_report(each) for each in left]) if left else VANISHED

    def cancel(self, number: str) -> Words:
        return ("oardel", "--array", number)

    def outputs(self, names: Names) -> Words:
        return (f"{names.job}.*.out",)


def _jobs(answer: Answer) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(answer.text or "{}")
    return found


def _report(job: Mapping[str, Any]) -> Report:
    state = str(job["state"])
    if state in _STATES:
        return Report(_STATES[state])
    events = {str(each["type"]) for each in job.get("events") or ()}
    status = int(job.get("exit_code") or 0)
    code = signalled(status >> 8, status & 127)
    if "WALLTIME" in events:
        return Report(State.TIMED_OUT)
    if "FRAG_JOB_REQUEST" in events:
        return Report(State.CANCELLED)
    if state == "Terminated":
        return Report(State.FAILED, code) if code else Report(State.DONE)
    return Report(State.FAILED, code or None, ", ".join(sorted(events)).lower())


CLIENT: Client = _Oar()
