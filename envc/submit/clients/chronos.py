"""Chronos on Mesos, by `curl`: `CHRONOS` of the login names it. A job bears envc's name for it.

No Chronos was asked. The answers are as its documentation and its sources have them. It tells no
exit code, and what a program wrote is kept by Mesos alone.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from envc.facts.problem import Problem
from envc.submit.clients.plain import Plain
from envc.submit.model import VANISHED, Answer, Client, Names, Order, Report, State, Words

_CHRONOS = """\
chronos() {
  path=$1
  shift
  curl -fsSL "$@" "${CHRONOS:?does not say where Chronos is: http://HOST:8080}/v1/scheduler/$path"
}
"""
# The members of the request stand on lines of their own, those of its parts further to the right.
_SEND = f"""\
{_CHRONOS}
kind=iso8601 instead="^$"
[ -z "$3" ] || kind=dependency instead='^  "schedule": '
sed -e "s/^  \\"name\\": .*/  \\"name\\": \\"$2\\",$3/" -e "/$instead/d" \\
  -e '/^  "parents": \\[$/,/^  \\],$/d' "$1" >named.json || exit
chronos "$kind" -H "Content-Type: application/json" -d @named.json >&2 && echo "$2"
"""
_FIND = f"""\
{_CHRONOS}
chronos "jobs/search?name=$1" | grep -q "\\"name\\" *: *\\"$1\\"" && echo "$1"
"""
_ASK = f"""\
{_CHRONOS}
chronos "$1"
"""
_END = f"""\
{_CHRONOS}
chronos "task/kill/$1" -X DELETE && chronos "job/$1" -X DELETE
"""
_REMOVE = f"""\
{_CHRONOS}
chronos "job/$1" -X DELETE
"""
_NO_OUTPUT = 'echo "Mesos keeps it, in the sandbox of its task" >&2; exit 1'


class _Chronos(Plain):
    pattern = r"^([a-z0-9]+-[0-9a-f]{6})$"

    def hand_in(self, order: Order) -> Words:
        parents = f' "parents": {json.dumps(order.before)},' if order.before else ""
        return ("sh", "-c", _SEND, "send", order.file, order.id, parents)

    def search(self, id: str) -> tuple[Words, ...]:  # noqa: A002 - of envc
        return (("sh", "-c", _FIND, "find", id),)

    def questions(self, number: str) -> tuple[Words, ...]:
        return tuple(
            ("sh", "-c", _ASK, "ask", path) for path in (f"jobs/search?name={number}", "graph/csv")
        )

    def report(self, number: str, answers: Sequence[Answer]) -> Report | Problem:
        if failed := [each for each in answers if each.code]:
            return Problem(failed[0].reason)
        jobs, graph = answers
        for job in json.loads(jobs.text):
            if job["name"] == number:
                return _report(job, _state(number, graph.text))
        return VANISHED

    def cancel(self, number: str) -> Words:
        return ("sh", "-c", _END, "end", number)

    def clears(self, number: str) -> Words:
        return ("sh", "-c", _REMOVE, "remove", number)

    def outputs(self, names: Names) -> Words:
        del names
        return ()

    def speaks(self, number: str) -> Words:
        del number
        return ("sh", "-c", _NO_OUTPUT)


def _state(number: str, text: str) -> str:
    """Of a line `node,NAME,success,idle`."""
    for line in text.splitlines():
        match line.strip().split(","):
            case ["node", name, _, state] if name == number:
                return state
    return ""


def _report(job: Mapping[str, Any], state: str) -> Report:
    """It runs once, so that one success or failure is the end; a try that is made again is none."""
    if int(job["successCount"]):
        return Report(State.DONE)
    if int(job["errorCount"]):
        return Report(State.FAILED)
    return Report(State.RUNNING if "running" in state else State.WAITING)


CLIENT: Client = _Chronos()
