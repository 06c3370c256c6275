"""What most schedulers have in common."""

import re
from collections.abc import Iterable

from envc.facts.problem import Problem
from envc.submit.asking import TOO_LATE
from envc.submit.model import Answer, Report, State, Words


class Plain:
    """Jobs have one number, and write into files."""

    waits = True
    pattern = r"^(\d+)$"
    """Of a line that says a number, when a job is handed in and when it is looked for."""
    nothing = r"(?!)"
    """Most do not complain."""

    def number(self, text: str) -> str | Problem:
        found = re.findall(self.pattern, text, re.MULTILINE)
        if not found:
            return Problem(f"its answer has no number of a job: {text.strip()!r}")
        return str(found[-1])

    def found(self, answers: Iterable[Answer]) -> str:
        for answer in answers:
            number = self.number(answer.text)
            if not answer.code and isinstance(number, str):
                return number
        return ""

    def speaks(self, number: str) -> Words:
        del number
        return ()

    def clears(self, number: str) -> Words:
        del number
        return ()


def signalled(code: int, signal: int) -> int:
    """As a shell counts a program that a signal has ended."""
    return 128 + signal if signal else code


def ended(code: int) -> Report:
    """Of a program whose time `timeout` keeps, since its scheduler has no word for it."""
    if code == TOO_LATE:
        return Report(State.TIMED_OUT)
    return Report(State.FAILED, code) if code else Report(State.DONE)
