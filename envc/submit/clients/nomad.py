"""Nomad. A job is registered under envc's id: one of the same name would be changed, not added.

No Nomad runs in the tests. The answers are as its API describes jobs and allocations.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from envc.facts.problem import Problem
from envc.submit.clients.plain import Plain
from envc.submit.model import VANISHED, Answer, Client, Names, Order, Report, State, Words, together

_RUN = """\
sed "s/^job \\"[^\\"]*\\"/job \\"$2\\"/" "$1" >named.hcl || exit
nomad job run -detach named.hcl >&2 && echo "$2"
"""
_STATES = {
    "pending": State.WAITING,
    "running": State.RUNNING,
    "complete": State.DONE,
    "failed": State.FAILED,
    "lost": State.FAILED,
}


class _Nomad(Plain):
    waits = False
    pattern = r"^([a-z0-9]+-[0-9a-f]{6})$"

    def hand_in(self, order: Order) -> Words:
        return ("sh", "-c", _RUN, "run", order.file, order.id)

    def search(self, id: str) -> tuple[Words, ...]:  # noqa: A002 - of envc
        return (("sh", "-c", 'nomad job inspect "$1" >/dev/null && echo "$1"', "search", id),)

    def questions(self, number: str) -> tuple[Words, ...]:
        return (
            ("nomad", "job", "inspect", number),
            ("nomad", "job", "allocs", "-json", number),
        )

    def report(self, number: str, answers: Sequence[Answer]) -> Report | Problem:
        del number
        job, allocations = answers
        if "No job(s)" in job.error:
            return VANISHED
        if job.code:
            return Problem(job.reason)
        if json.loads(job.text)["Job"].get("Stop"):
            return Report(State.CANCELLED)
        found = json.loads(allocations.text or "[]")
        return together(tuple(map(_report, found))) if found else Report(State.WAITING)

    def cancel(self, number: str) -> Words:
        return ("nomad", "job", "stop", "-detach", "-yes", number)

    def outputs(self, names: Names) -> Words:
        del names
        return ()

    def speaks(self, number: str) -> Words:
        return ("nomad", "alloc", "logs", "-job", number)


def _report(allocation: Mapping[str, Any]) -> Report:
    state = _STATES.get(str(allocation.get("ClientStatus")), State.UNKNOWN)
    return Report(state, _code(allocation) if state is State.FAILED else None)


def _code(allocation: Mapping[str, Any]) -> int | None:
    for task in (allocation.get("TaskStates") or {}).values():
        for event in reversed(task.get("Events") or ()):
            if event.get("Type") == "Terminated":
                return int(event.get("ExitCode", 0))
    return None


CLIENT: Client = _Nomad()
