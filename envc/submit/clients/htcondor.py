"""HTCondor. A job is a cluster; what has ended leaves the queue for the history.

Answers were recorded from HTCondor 23.9.6.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from envc.facts.problem import Problem
from envc.submit.clients.plain import Plain, signalled
from envc.submit.model import Answer, Client, Names, Order, Report, State, Words, together

_KNOWN = "TotalSubmitProcs,JobStatus,ExitCode,ExitBySignal,ExitSignal,HoldReason,LastHoldReasonCode"
_TOO_LONG = 46
"""Why a job is held that runs longer than `allowed_job_duration`."""
_WAITS, _RUNS, _REMOVED, _OVER, _HELD = (1,), (2, 6, 7), (3,), (4,), (5,)


class _HTCondor(Plain):
    waits = False
    pattern = r"^(\d+)(?:\.\d+ - \d+\.\d+)?$"
    """`7.0 - 7.3`: its first and its last job."""

    def hand_in(self, order: Order) -> Words:
        return ("condor_submit", "-terse", "-batch-name", order.id, order.file)

    def search(self, id: str) -> tuple[Words, ...]:  # noqa: A002 - of envc
        asked = ("-constraint", f'JobBatchName == "{id}"', "-af", "ClusterId")
        return (("condor_q", *asked), ("condor_history", *asked))

    def questions(self, number: str) -> tuple[Words, ...]:
        shown = ("-json", "-attributes", _KNOWN)
        return (("condor_q", number, *shown), ("condor_history", number, *shown))

    def report(self, number: str, answers: Sequence[Answer]) -> Report | Problem:
        del number
        queue, history = answers
        if queue.code:
            return Problem(queue.reason)
        ended = [] if history.code else _jobs(history.text)
        jobs = [*_jobs(queue.text), *ended]
        # Of an array with a limit, those whose turn has not come are in neither.
        count = max((int(job.get("TotalSubmitProcs", 0)) for job in jobs), default=0)
        waiting = [Report(State.WAITING)] * (count - len(jobs))
        return together([*map(_report, jobs), *waiting])

    def cancel(self, number: str) -> Words:
        return ("condor_rm", number)

    def outputs(self, names: Names) -> Words:
        start = f"{names.job}.{names.number}"
        return (f"{start}.*.out", f"{start}.*.err")


def _jobs(text: str) -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = json.loads(text.strip() or "[]")
    return found


def _report(job: Mapping[str, Any]) -> Report:
    status = job.get("JobStatus")
    if status in _WAITS:
        return Report(State.WAITING)
    if status in _RUNS:
        return Report(State.RUNNING)
    if status in _HELD:
        return Report(State.WAITING, None, f"held: {job.get('HoldReason', '')}".rstrip(": "))
    if status in _REMOVED:
        is_late = job.get("LastHoldReasonCode") == _TOO_LONG
        return Report(State.TIMED_OUT if is_late else State.CANCELLED)
    if status in _OVER:
        signal = int(job.get("ExitSignal", 0)) if job.get("ExitBySignal") else 0
        code = signalled(int(job.get("ExitCode", 0)), signal)
        return Report(State.FAILED, code) if code else Report(State.DONE)
    return Report(State.UNKNOWN, None, f"JobStatus {status}")


CLIENT: Client = _HTCondor()
