"""What can be mended at once: each fix that a diagnostic carries, and all of them together."""

from collections.abc import Iterable
from typing import NamedTuple

from envc.diagnostics.model import Diagnostic, Edit
from envc.source import Source, Span


class Fix(NamedTuple):
    title: str
    edits: tuple[Edit, ...]
    diagnostic: Diagnostic


def fixes(source: Source, diagnostics: Iterable[Diagnostic], around: Span) -> list[Fix]:
    """Those of the diagnostics that touch the span; a fix of another file is left to that file."""
    return [
        Fix(_title(source, each), each.fix, each)
        for each in diagnostics
        if each.fix
        and all(edit.source.name == source.name for edit in each.fix)
        and each.place.source.name == source.name
        and each.place.span.start <= around.end
        and each.place.span.end >= around.start
    ]


def _title(source: Source, diagnostic: Diagnostic) -> str:
    first, *others = diagnostic.fix
    old = source.text[first.span.start : first.span.end].strip()
    new = first.text.strip()
    if others or "\n" in old + new or len(old + new) > 60:
        return f"Fix: {diagnostic.message}"
    if not new:
        return f"Remove `{old}`"
    return f"Replace `{old}` with `{new}`" if old else f"Insert `{new}`"
