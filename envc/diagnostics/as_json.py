"""Diagnostics as one JSON document. `schema` grows by one when a reader would have to change."""

import json
from collections.abc import Iterable
from typing import Any

from envc.diagnostics.model import Diagnostic, Edit, Label
from envc.diagnostics.order import ordered

SCHEMA = 1


def render(diagnostics: Iterable[Diagnostic]) -> str:
    document = {"schema": SCHEMA, "diagnostics": [_object(each) for each in ordered(diagnostics)]}
    # ASCII alone, so that it survives any terminal, log and locale.
    return json.dumps(document, indent=2) + "\n"


def _object(diagnostic: Diagnostic) -> dict[str, Any]:
    rule = diagnostic.rule
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "message": diagnostic.message,
        "labels": [{**_place(label), "text": label.text} for label in diagnostic.labels],
        "notes": list(diagnostic.notes),
        "help": diagnostic.help or None,
        "fix": [{**_place(edit), "text": edit.text} for edit in diagnostic.fix],
    }


def _place(part: Label | Edit) -> dict[str, Any]:
    """Offsets and columns count code points; lines and columns begin at 1, offsets at 0."""
    source, span = part.source, part.span
    return {
        "file": source.name,
        "span": {"start": span.start, "end": span.end},
        "start": source.position(span.start)._asdict(),
        "end": source.position(span.end)._asdict(),
    }
