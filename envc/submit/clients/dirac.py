"""The grid, by DIRAC's commands and the proxy of whoever calls. A job bears envc's id as its group.

No DIRAC was asked. The answers are as the commands of DIRAC 9.1.22 print them, read in its sources.
An array is as many jobs, which are one to us; the exit code of a program DIRAC does not tell.
"""

import re
from collections.abc import Iterator, Sequence

from envc.facts.problem import Problem
from envc.submit.clients.plain import Plain
from envc.submit.model import Answer, Client, Names, Order, Report, State, Words, together

_SUBMIT = """\
{ echo "["; echo "  JobGroup = \\"$2\\";"; sed 1d "$1"; } >grouped.jdl || exit
exec dirac-wms-job-submit grouped.jdl
"""
# What has not ended has no sandbox, but shows its last lines.
_SPEAK = """\
at=$(mktemp -d) || exit
trap 'rm -rf -- "$at"' EXIT
for job; do
  if dirac-wms-job-get-output --Dir="$at" "$job" >"$at/said" && [ -d "$at/$job" ]; then
    find "$at/$job" -name "*.out" -exec cat {} +
    find "$at/$job" -name "*.err" -exec cat {} +
  else
    dirac-wms-job-peek "$job" || exit
  fi
done
"""
_SINCE = "1970-01-01"
"""For of itself, it looks at the jobs of one day."""
_NUMBERS = (r"^JobID = \[?(\d+(?:, \d+)*)\]?$", r"Selected \d+ jobs.*\n(?:.* )?(\d+(?:,\d+)*)\s*$")
"""Of what was handed in, and of what is looked for."""
_STATES = {
    **dict.fromkeys(("Submitting", "Received", "Checking", "Staging", "Scouting"), State.WAITING),
    **dict.fromkeys(("Waiting", "Matched", "Rescheduled"), State.WAITING),
    **dict.fromkeys(("Running", "Stalled", "Completing", "Completed"), State.RUNNING),
    "Done": State.DONE,
    "Failed": State.FAILED,
    "Killed": State.CANCELLED,
    "Deleted": State.CANCELLED,
}
_LATE = (
    "Job has exceeded maximum wall clock time",
    "Job has reached the CPU limit of the queue",
)


class _Dirac(Plain):
    waits = False

    def hand_in(self, order: Order) -> Words:
        return ("sh", "-c", _SUBMIT, "submit", order.file, order.id)

    def number(self, text: str) -> str | Problem:
        """All of them."""
        for pattern in _NUMBERS:
            if found := re.search(pattern, text, re.MULTILINE):
                return " ".join(re.findall(r"\d+", found[1]))
        return Problem(f"its answer has no number of a job: {text.strip()!r}")

    def search(self, id: str) -> tuple[Words, ...]:  # noqa: A002 - of envc
        words = ("dirac-wms-select-jobs", f"--JobGroup={id}", f"--Date={_SINCE}", "--Maximum=0")
        return (words,)

    def questions(self, number: str) -> tuple[Words, ...]:
        return (("dirac-wms-job-status", *number.split()),)

    def report(self, number: str, answers: Sequence[Answer]) -> Report | Problem:
        del number
        (answer,) = answers
        if answer.code:
            return Problem(answer.reason)
        return together(tuple(_reports(answer.text)))

    def cancel(self, number: str) -> Words:
        return ("dirac-wms-job-kill", *number.split())

    def clears(self, number: str) -> Words:
        return ("dirac-wms-job-delete", *number.split())

    def outputs(self, names: Names) -> Words:
        del names
        return ()

    def speaks(self, number: str) -> Words:
        return ("sh", "-c", _SPEAK, "speak", *number.split())


def _reports(text: str) -> Iterator[Report]:
    for line in re.findall(r"^JobID=\d+ (.*)$", text, re.MULTILINE):
        found = dict(re.findall(r"(\w+)=(.*?);", line))
        said, why = found["Status"], found.get("MinorStatus", "")
        if said == "Failed" and why in _LATE:
            yield Report(State.TIMED_OUT)
        else:
            state = _STATES.get(said, State.UNKNOWN)
            note = why if state is State.FAILED or said == "Stalled" else ""
            yield Report(state, None, note)


CLIENT: Client = _Dirac()
