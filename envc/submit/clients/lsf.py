"""IBM Spectrum LSF, which remembers jobs for as long as the site's `CLEAN_PERIOD`.

No LSF runs in the tests. The answers are as its documentation describes them. Its name for a job is
part of an array, so a job is found by its description.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from envc.facts.problem import Problem
from envc.submit.clients.plain import Plain
from envc.submit.model import VANISHED, Answer, Client, Names, Order, Report, State, Words, together

_READ = 'exec "$@" <"$0"'
_STATES = {
    **dict.fromkeys(("PEND", "PROV", "PSUSP", "WAIT"), State.WAITING),
    **dict.fromkeys(("RUN", "USUSP", "SSUSP"), State.RUNNING),
    "DONE": State.DONE,
    "UNKWN": State.UNKNOWN,
}
_LATE = ("TERM_RUNLIMIT", "TERM_DEADLINE")
_ENDED = ("TERM_OWNER", "TERM_ADMIN", "TERM_FORCE_OWNER", "TERM_FORCE_ADMIN")


class _Lsf(Plain):
    nothing = r"[Nn]o (unfinished )?job|not found"
    pattern = r"^(?:Job <)?(\d+)(?:> is submitted.*)?$"

    def hand_in(self, order: Order) -> Words:
        before = " && ".join(f"done({number})" for number in order.before)
        waiting = ("-w", before) if before else ()
        return ("sh", "-c", _READ, order.file, "bsub", "-Jd", order.id, *waiting)

    def search(self, id: str) -> tuple[Words, ...]:  # noqa: A002 - of envc
        return (("bjobs", "-a", "-noheader", "-o", "jobid", "-Jd", id),)

    def questions(self, number: str) -> tuple[Words, ...]:
        return (("bjobs", "-a", "-json", "-o", "stat exit_code exit_reason", number),)

    def report(self, number: str, answers: Sequence[Answer]) -> Report | Problem:
        del number
        (answer,) = answers
        if "is not found" in answer.error or "is not found" in answer.text:
            return VANISHED
        if answer.code:
            return Problem(answer.reason)
        return together(tuple(map(_report, json.loads(answer.text)["RECORDS"])))

    def cancel(self, number: str) -> Words:
        return ("bkill", number)

    def outputs(self, names: Names) -> Words:
        return (f"{names.job}.{names.number}*.out", f"{names.job}-{names.number}*.out")


def _report(job: Mapping[str, Any]) -> Report:
    said, reason = str(job["STAT"]), str(job.get("EXIT_REASON", ""))
    if said in _STATES:
        return Report(_STATES[said])
    if reason.startswith(_LATE):
        return Report(State.TIMED_OUT)
    if reason.startswith(_ENDED):
        return Report(State.CANCELLED)
    code = str(job.get("EXIT_CODE", ""))
    return Report(State.FAILED, int(code) if code.isdigit() else None, reason)


CLIENT: Client = _Lsf()
