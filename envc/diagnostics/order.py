"""The one order in which diagnostics are told, whatever the order in which they were found."""

from collections.abc import Iterable

from envc.diagnostics.model import Diagnostic

_Key = tuple[str, int, str, int, str]


def ordered(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """By file, position and code; what two files find in a shared import is told once."""
    found: dict[_Key, Diagnostic] = {}
    for diagnostic in diagnostics:
        found.setdefault(_key(diagnostic), diagnostic)
    return [found[key] for key in sorted(found)]


def _key(diagnostic: Diagnostic) -> _Key:
    place = diagnostic.place
    return (
        place.source.name,
        place.span.start,
        diagnostic.rule.code,
        place.span.end,
        diagnostic.message,
    )
