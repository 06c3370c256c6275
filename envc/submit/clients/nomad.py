"""Nomad. A job is registered under envc's id: one of the same name would be changed, not added.

No Nomad runs in the tests. The answers are as its API describes jobs and allocations.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from envc.facts.problem import Problem
from envc.submit.clients.plain import Plain, ended
from envc.submit.model import VANISHED, Answer, Client, Names, Order, Report, State, Words, together

_SPACE = """\
space() {
  sed -n 's/^  namespace *= "\\(.*\\)"$/\\1/p' "$1"
}
"""
_RUN = f"""\
{_SPACE}
sed "s/^job \\"[^\\"]*\\"/job \\"$2\\"/" "$1" >named.hcl || exit
space=$(space named.hcl)
nomad job run -detach named.hcl >&2 && echo "${{space:+$space/}}$2"
"""
_FIND = f"""\
{_SPACE}
space=$(space ".envc/jobs/$1/named.hcl") || exit
nomad job inspect ${{space:+"-namespace=$space"}} "$1" >/dev/null && echo "${{space:+$space/}}$1"
"""
_SPEAK = """\
id=$1
shift
nomad job allocs "$@" -t '{{range .}}{{.ID}}{{"\\n"}}{{end}}' "$id" | while read -r one; do
  nomad alloc logs "$@" "$one" </dev/null || exit
  nomad alloc logs "$@" -stderr "$one" </dev/null || exit
done
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
    nothing = r"No job\(s\)|No such file"
    pattern = r"^((?:[\w-]+/)?[a-z0-9]+-[0-9a-f]{6})$"
    """Behind its namespace, where the job has one."""

    def hand_in(self, order: Order) -> Words:
        return ("sh", "-c", _RUN, "run", order.file, order.id)

    def search(self, id: str) -> tuple[Words, ...]:  # noqa: A002 - of envc
        return (("sh", "-c", _FIND, "find", id),)

    def questions(self, number: str) -> tuple[Words, ...]:
        return (
            ("nomad", "job", "inspect", *_in(number)),
            ("nomad", "job", "allocs", "-json", *_in(number)),
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
        if allocations.code:
            return Problem(allocations.reason)
        found = sorted(json.loads(allocations.text or "[]"), key=lambda each: each["CreateIndex"])
        # One that was started again has the name of the one before it.
        newest = {each["Name"]: each for each in found}
        return together(tuple(map(_report, newest.values()))) if found else Report(State.WAITING)

    def cancel(self, number: str) -> Words:
        return ("nomad", "job", "stop", "-detach", "-yes", *_in(number))

    def clears(self, number: str) -> Words:
        return ("nomad", "job", "stop", "-detach", "-yes", "-purge", *_in(number))

    def outputs(self, names: Names) -> Words:
        del names
        return ()

    def speaks(self, number: str) -> Words:
        *space, id_ = _in(number)
        return ("sh", "-c", _SPEAK, "speak", id_, *space)


def _in(number: str) -> Words:
    space, _, id_ = number.rpartition("/")
    return (*((f"-namespace={space}",) if space else ()), id_)


def _report(allocation: Mapping[str, Any]) -> Report:
    state = _STATES.get(str(allocation.get("ClientStatus")), State.UNKNOWN)
    if state is not State.FAILED:
        return Report(state)
    if allocation.get("FollowupEvalID"):
        return Report(State.WAITING, None, "to be started again")
    code = _code(allocation)
    return ended(code) if code else Report(state, None, str(allocation.get("ClientDescription")))


def _code(allocation: Mapping[str, Any]) -> int | None:
    for task in (allocation.get("TaskStates") or {}).values():
        for event in reversed(task.get("Events") or ()):
            if event.get("Type") == "Terminated":
                return int(event.get("ExitCode", 0))
    return None


CLIENT: Client = _Nomad()
