"""Slurm. The controller forgets jobs soon after their end; where there are accounts, those do not.

Answers were recorded from 22.05 and 24.11, those of `sacct` are as its manual has them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from envc.facts.problem import Problem
from envc.submit.clients.plain import Plain, signalled
from envc.submit.model import VANISHED, Answer, Client, Names, Order, Report, State, Words, together

_STATES = {
    "COMPLETED": State.DONE,
    "CANCELLED": State.CANCELLED,
    "PREEMPTED": State.CANCELLED,
    "REVOKED": State.CANCELLED,
    "TIMEOUT": State.TIMED_OUT,
    "DEADLINE": State.TIMED_OUT,
    "FAILED": State.FAILED,
    "BOOT_FAIL": State.FAILED,
    "NODE_FAIL": State.FAILED,
    "OUT_OF_MEMORY": State.FAILED,
    "LAUNCH_FAILED": State.FAILED,
    "PENDING": State.WAITING,
    "CONFIGURING": State.WAITING,
    "REQUEUED": State.WAITING,
    "REQUEUE_HOLD": State.WAITING,
    "SPECIAL_EXIT": State.WAITING,
    "RUNNING": State.RUNNING,
    "COMPLETING": State.RUNNING,
    "STAGE_OUT": State.RUNNING,
    "SUSPENDED": State.RUNNING,
    "STOPPED": State.RUNNING,
}
_PLAIN = frozenset({"COMPLETED", "FAILED", "CANCELLED", "TIMEOUT", "PENDING", "RUNNING"})
"""What needs no word beside ours."""


class _Slurm(Plain):
    pattern = r"^(\d+)(?:;.*)?$"

    def hand_in(self, order: Order) -> Words:
        before = f"afterok:{':'.join(order.before)}"
        waiting = (f"--dependency={before}", "--kill-on-invalid-dep=yes") if order.before else ()
        return ("sbatch", "--parsable", f"--job-name={order.id}", *waiting, order.file)

    def search(self, id: str) -> tuple[Words, ...]:  # noqa: A002 - of envc
        shown = ("--noheader", f"--name={id}")
        return (
            ("squeue", *shown, "--states=all", "--format=%F"),
            ("sacct", *shown, "--allocations", "--parsable2", "--format=JobIDRaw"),
        )

    def questions(self, number: str) -> tuple[Words, ...]:
        columns = ("--noheader", "--parsable2", "--allocations", "--format=State,ExitCode")
        return (
            ("scontrol", "--oneliner", "show", "job", number),
            ("sacct", *columns, f"--jobs={number}"),
        )

    def report(self, number: str, answers: Sequence[Answer]) -> Report | Problem:
        del number
        controller, accounts = answers
        if controller.code == 0 and controller.text.strip():
            return together(tuple(_of_controller(controller.text)))
        if accounts.code == 0 and accounts.text.strip():
            return together(tuple(_of_accounts(accounts.text)))
        if "Invalid job id" in controller.error:
            return VANISHED
        return Problem(controller.reason)

    def cancel(self, number: str) -> Words:
        return ("scancel", number)

    def outputs(self, names: Names) -> Words:
        return (f"{names.job}-{names.number}.out", f"{names.job}-{names.number}_*.out")


def _of_controller(text: str) -> Iterator[Report]:
    for line in text.splitlines():
        if line.strip():
            found: Mapping[str, str] = dict(re.findall(r"(\S+?)=(\S*)", line))
            yield _report(found["JobState"], found["ExitCode"], found.get("Reason", "None"))


def _of_accounts(text: str) -> Iterator[Report]:
    for line in text.splitlines():
        state, _, code = line.partition("|")
        yield _report(state, code, "None")


def _report(said: str, codes: str, reason: str) -> Report:
    name, *_ = said.split()  # `CANCELLED by 1000`
    state = _STATES.get(name.removesuffix("+"), State.UNKNOWN)
    code, _, signal = codes.partition(":")
    ended = state is State.FAILED
    note = "" if name in _PLAIN else name.lower().replace("_", " ")
    if state is State.WAITING and reason != "None":
        note = reason
    return Report(state, signalled(int(code), int(signal or 0)) if ended else None, note)


CLIENT: Client = _Slurm()
