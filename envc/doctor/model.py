"""What was found, as values."""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from envc.engines.model import Found, Missing
from envc.facts.problem import Problem


class State(StrEnum):
    GOOD = "ok"
    BROKEN = "broken"
    """It is here and cannot be used."""
    MISSING = "missing"


class Finding(NamedTuple):
    """One thing that was looked for."""

    name: str
    state: State
    version: str = ""
    path: str = ""
    about: str = ""
    problem: Problem | None = None


class Group(NamedTuple):
    name: str
    findings: tuple[Finding, ...]


class Question(NamedTuple):
    """What is looked for, and how."""

    group: str
    name: str
    ask: Callable[[], Found | Problem]
    about: Callable[[Found], str] = lambda _: ""
    """What it is good for."""


def answered(question: Question) -> Finding:
    said = question.ask()
    if isinstance(said, Found):
        about = question.about(said)
        return Finding(question.name, State.GOOD, said.version, said.program, about)
    state = State.MISSING if isinstance(said, Missing) else State.BROKEN
    return Finding(question.name, state, problem=said)
