"""Applies the fixes that diagnostics carry: as many as go together, always the same ones."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from envc.diagnostics.model import Diagnostic
from envc.diagnostics.order import ordered
from envc.source import Source, Span


class Fixed(NamedTuple):
    """The new text, and how many diagnostics' fixes went into it or had to be left out."""

    text: str
    applied: int
    skipped: int


class _Change(NamedTuple):
    span: Span
    text: str


def apply(source: Source, diagnostics: Iterable[Diagnostic]) -> Fixed:
    """Applies each fix whole or not at all; of two that touch the same text, the first one."""
    taken: list[_Change] = []
    applied = skipped = 0
    for diagnostic in ordered(diagnostics):
        if not diagnostic.fix:
            continue
        new = [_Change(edit.span, edit.text) for edit in diagnostic.fix]
        ours = all(edit.source is source for edit in diagnostic.fix)
        if ours and all(_fits(change, taken) for change in new):
            for change in new:
                _take(change, taken)
            applied += 1
        else:
            skipped += 1
    return Fixed(_changed(source.text, taken), applied, skipped)


def _fits(change: _Change, taken: Sequence[_Change]) -> bool:
    """`taken` is sorted and free of overlaps, so only the two neighbours matter."""
    place = bisect_left(taken, change)
    around = taken[max(place - 1, 0) : place + 1]
    return change in around or not any(_collide(change.span, other.span) for other in around)


def _take(change: _Change, taken: list[_Change]) -> None:
    place = bisect_left(taken, change)
    if taken[place : place + 1] != [change]:
        insort(taken, change)


def _collide(one: Span, other: Span) -> bool:
    """Overlapping edits collide; so do two at one place, whose order nobody knows."""
    first, second = sorted((one, other))
    return second.start < first.end or first.start == second.start


def _changed(text: str, changes: Iterable[_Change]) -> str:
    pieces: list[str] = []
    place = 0
    for span, new in changes:
        pieces += (text[place : span.start], new)
        place = span.end
    pieces.append(text[place:])
    return "".join(pieces)
