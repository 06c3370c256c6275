"""Flux. It has no arrays of scripts: each number is a job of its own, and all are one to us.

No Flux runs in the tests. The answers are as its manual describes them.
"""

from collections.abc import Iterable, Iterator, Sequence

from envc.facts.problem import Problem
from envc.jobs.model import INDEX
from envc.submit.clients.plain import Plain
from envc.submit.model import Answer, Client, Names, Order, Report, State, Words, together

_EACH = f"""\
file=$1 numbers=$2
shift 2
for number in $numbers; do
  flux batch "--env={INDEX}=$number" "$@" "$file" || exit
done
"""
_STATES = {
    **dict.fromkeys(("DEPEND", "PRIORITY", "SCHED"), State.WAITING),
    **dict.fromkeys(("RUN", "CLEANUP"), State.RUNNING),
    "COMPLETED": State.DONE,
    "FAILED": State.FAILED,
    "CANCELED": State.CANCELLED,
    "TIMEOUT": State.TIMED_OUT,
}


class _Flux(Plain):
    def hand_in(self, order: Order) -> Words:
        before = [number for each in order.before for number in each.split()]
        said = (f"--job-name={order.id}", *(f"--dependency=afterok:{each}" for each in before))
        if not order.numbers:
            return ("flux", "batch", *said, order.file)
        numbers = " ".join(map(str, order.numbers))
        return ("sh", "-c", _EACH, "each", order.file, numbers, *said)

    def number(self, text: str) -> str | Problem:
        """All of them."""
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if not lines or any(" " in line for line in lines):
            return Problem(f"its answer has no number of a job: {text.strip()!r}")
        return " ".join(lines)

    def search(self, id: str) -> tuple[Words, ...]:  # noqa: A002 - of envc
        return (("flux", "jobs", "-a", "--no-header", f"--name={id}", "--format={id.f58plain}"),)

    def found(self, answers: Iterable[Answer]) -> str:
        return super().found(each for each in answers if each.text.strip())

    def questions(self, number: str) -> tuple[Words, ...]:
        shown = ("--no-header", "--format={status}|{returncode}")
        return (("flux", "jobs", "-a", *shown, *number.split()),)

    def report(self, number: str, answers: Sequence[Answer]) -> Report | Problem:
        del number
        (answer,) = answers
        if answer.code and "unknown job" not in answer.error:
            return Problem(answer.reason)
        return together(tuple(_reports(answer.text)))

    def cancel(self, number: str) -> Words:
        return ("flux", "cancel", *number.split())

    def outputs(self, names: Names) -> Words:
        return (f"{names.job}-*.out",)


def _reports(text: str) -> Iterator[Report]:
    for line in text.splitlines():
        said, _, code = line.strip().partition("|")
        if said:
            state = _STATES.get(said, State.UNKNOWN)
            failed = state is State.FAILED and code.isdigit()
            yield Report(state, int(code) if failed else None)


CLIENT: Client = _Flux()
