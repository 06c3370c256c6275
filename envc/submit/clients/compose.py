"""Docker Swarm, by `docker` with the context of whoever calls. A job is a stack of envc's name.

Answers were recorded from a swarm of Docker 20.10.24.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from envc.facts.problem import Problem
from envc.submit.clients.plain import Plain, ended
from envc.submit.model import VANISHED, Answer, Client, Names, Order, Report, State, Words, together

_DEPLOY = """\
docker stack deploy --resolve-image=never -c "$1" "$2" >&2 && echo "$2" && exit
# It may have come as far as a part of it.
code=$?
docker stack rm "$2" >/dev/null 2>&1
exit "$code"
"""
_FIND = """\
docker stack ls --format "{{.Name}}" | grep -Fx "$1"
"""
_SPEAK = """\
docker stack services --format "{{.Name}}" "$1" | while read -r service; do
  docker service logs --raw "$service" </dev/null 2>&1 || exit
done
"""
# A task whose service is removed runs on, in a swarm that has forgotten it.
_END = """\
docker stack services --format "{{.Name}}" "$1" | while read -r service; do
  docker service scale --detach "$service=0" </dev/null || exit
done || exit
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  docker stack ps --format "{{.CurrentState}}" "$1" 2>/dev/null |
    grep -Evq "^(Complete|Failed|Rejected|Shutdown|Orphaned)" || break
  sleep 1
done
docker stack rm "$1"
"""
_WAITS = ("New", "Pending", "Allocated", "Assigned", "Accepted", "Preparing", "Ready", "Starting")
_STATES = {
    **dict.fromkeys(_WAITS, State.WAITING),
    "Running": State.RUNNING,
    "Complete": State.DONE,
    "Failed": State.FAILED,
    "Rejected": State.FAILED,
    "Orphaned": State.FAILED,
    "Shutdown": State.CANCELLED,
    "Remove": State.CANCELLED,
}
_CODE = re.compile(r"task: non-zero exit \((\d+)\)")


class _Compose(Plain):
    waits = False
    pattern = r"^([a-z0-9]+-[0-9a-f]{6})$"

    def hand_in(self, order: Order) -> Words:
        return ("sh", "-c", _DEPLOY, "deploy", order.file, order.id)

    def search(self, id: str) -> tuple[Words, ...]:  # noqa: A002 - of envc
        return (("sh", "-c", _FIND, "find", id),)

    def questions(self, number: str) -> tuple[Words, ...]:
        return (("docker", "stack", "ps", "--no-trunc", "--format", "{{json .}}", number),)

    def report(self, number: str, answers: Sequence[Answer]) -> Report | Problem:
        (answer,) = answers
        if "nothing found in stack" in answer.error.lower():
            return VANISHED
        if answer.code:
            return Problem(answer.reason)
        return together(tuple(map(_report, _newest(number, answer.text))))

    def cancel(self, number: str) -> Words:
        return ("sh", "-c", _END, "end", number)

    def clears(self, number: str) -> Words:
        return ("docker", "stack", "rm", number)

    def outputs(self, names: Names) -> Words:
        del names
        return ()

    def speaks(self, number: str) -> Words:
        return ("sh", "-c", _SPEAK, "speak", number)


def _newest(number: str, text: str) -> Iterator[Mapping[str, Any]]:
    """Of each service: behind it stand those in whose place it was started. What is left of a
    service that was removed bears another name."""
    seen = set()
    for line in text.splitlines():
        task: Mapping[str, Any] = json.loads(line)
        service = str(task["Name"]).partition(".")[0]
        if service.startswith(f"{number}_") and service not in seen:
            seen.add(service)
            yield task


def _report(task: Mapping[str, Any]) -> Report:
    said, *_ = str(task["CurrentState"]).split()
    state, why = _STATES.get(said, State.UNKNOWN), str(task["Error"]).strip('"')
    if state is State.FAILED and (code := _CODE.search(why)):
        return ended(int(code[1]))
    return Report(state, None, why if state in {State.WAITING, State.FAILED} else "")


CLIENT: Client = _Compose()
