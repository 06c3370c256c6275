"""A diagnostic: what is wrong, where, why, and what to do about it.

Rules are declared in `rules.py`; renderers (`text`, `json`, `sarif`) only read these values.
"""

from enum import StrEnum

from envc.source import Source, Span
from envc.values import dataclass


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of diagnostic. The page `pages/CODE.md` explains it and is run as a test."""

    code: str
    name: str
    summary: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Label:
    """A place in a file and what is to be said there. The first of a diagnostic is where it is."""

    source: Source
    span: Span
    text: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """Replaces a span of a file; a diagnostic's edits never overlap."""

    source: Source
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that is told about a text, and where."""

    rule: Rule
    message: str
    labels: tuple[Label, ...]
    notes: tuple[str, ...] = ()
    help: str = ""
    fix: tuple[Edit, ...] = ()

    @property
    def place(self) -> Label:
        return self.labels[0]
