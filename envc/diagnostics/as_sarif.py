"""Diagnostics as SARIF 2.1.0, the format that code hosts and editors read."""

import json
import os
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote_from_bytes

from envc import __version__
from envc.diagnostics import page
from envc.diagnostics.model import Diagnostic, Edit, Label, Rule
from envc.diagnostics.order import ordered
from envc.source import Source, Span

VERSION = "2.1.0"
SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

_Object = dict[str, Any]


def render(diagnostics: Iterable[Diagnostic]) -> str:
    told = ordered(diagnostics)
    rules = sorted({each.rule for each in told}, key=lambda rule: rule.code)
    run = {
        "tool": {"driver": _driver(rules)},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, rules.index(each.rule)) for each in told],
    }
    log = {"$schema": SCHEMA, "version": VERSION, "runs": [run]}
    return json.dumps(log, indent=2) + "\n"


def _driver(rules: Sequence[Rule]) -> _Object:
    return {
        "name": "envc",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(rule) for rule in rules],
    }


def _rule(rule: Rule) -> _Object:
    told = page.load(rule)
    described: _Object = {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "defaultConfiguration": {"level": rule.severity.value},
    }
    if told is not None:
        described["fullDescription"] = {"text": " ".join(told.meaning.split())}
        described["help"] = {"text": told.markdown, "markdown": told.markdown}
    return described


def _result(diagnostic: Diagnostic, rule: int) -> _Object:
    place, *others = diagnostic.labels
    result: _Object = {
        "ruleId": diagnostic.rule.code,
        "ruleIndex": rule,
        "level": diagnostic.rule.severity.value,
        "message": {"text": _message(diagnostic)},
        "locations": [_location(place)],
    }
    if others:
        result["relatedLocations"] = [
            {"id": number, **_location(label)} for number, label in enumerate(others, 1)
        ]
    if diagnostic.fix:
        result["fixes"] = [_fix(diagnostic)]
    return result


def _message(diagnostic: Diagnostic) -> str:
    notes = [f"note: {note}" for note in diagnostic.notes]
    help_ = [f"help: {diagnostic.help}"] if diagnostic.help else []
    return "\n".join([diagnostic.message, *notes, *help_])


def _location(label: Label) -> _Object:
    place: _Object = {"artifactLocation": _artifact(label.source)}
    if label.source.text:  # a file that could not be read has no regions
        place["region"] = _region(label.source, label.span)
    message = {"message": {"text": label.text}} if label.text else {}
    return {"physicalLocation": place, **message}


def _region(source: Source, span: Span) -> _Object:
    start, end = source.position(span.start), source.position(span.end)
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "charOffset": span.start,
        "charLength": span.end - span.start,
    }


def _artifact(source: Source) -> _Object:
    """A relative name becomes a relative reference; a colon in it is quoted, never a scheme."""
    name = quote_from_bytes(os.fsencode(source.name), safe="/")
    return {"uri": f"file://{name}" if source.name.startswith("/") else name}


def _fix(diagnostic: Diagnostic) -> _Object:
    sources: list[Source] = []
    for edit in diagnostic.fix:
        if edit.source not in sources:
            sources.append(edit.source)
    return {
        "description": {"text": diagnostic.help or diagnostic.message},
        "artifactChanges": [_change(source, diagnostic.fix) for source in sources],
    }


def _change(source: Source, edits: Sequence[Edit]) -> _Object:
    return {
        "artifactLocation": _artifact(source),
        "replacements": [
            {
                "deletedRegion": _region(source, edit.span),
                "insertedContent": {"text": edit.text},
            }
            for edit in sorted(edits, key=lambda edit: edit.span)
            if edit.source is source
        ],
    }
