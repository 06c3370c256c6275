"""Diagnostics for people: the place, the lines it is about, what is wrong and what to do."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from envc.diagnostics.colour import Ink, Paint, plain
from envc.diagnostics.model import Diagnostic, Label, Severity
from envc.diagnostics.order import ordered
from envc.diagnostics.screen import laid_out, visible

LONGEST = 160
"""A line of more code points is shown in part."""
_BEFORE = 50
"""Code points shown before the place in such a line."""
_GUTTER = 5
_INKS = {Severity.ERROR: Ink.ERROR, Severity.WARNING: Ink.WARNING, Severity.NOTE: Ink.NOTE}


def render(diagnostics: Iterable[Diagnostic], paint: Paint = plain) -> str:
    """All of them, in order, with an empty line between two."""
    return "\n".join(_rendered(diagnostic, paint) for diagnostic in ordered(diagnostics))


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """`2 errors and 1 warning in heat2d.envc`."""
    told = ordered(diagnostics)
    counts = [
        (sum(each.rule.severity is severity for each in told), severity.value)
        for severity in Severity
    ]
    *most, last = [counted(*count) for count in counts if count[0]] or ["no mistakes"]
    said = f"{', '.join(most)} and {last}" if most else last
    files = {each.place.source.name for each in told}
    where = visible(next(iter(files))) if len(files) == 1 else f"{len(files)} files"
    return f"{said} in {where}" if files else said


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _rendered(diagnostic: Diagnostic, paint: Paint) -> str:
    lines = [_headline(diagnostic, paint)]
    lines += _excerpts(diagnostic, paint)
    for note in diagnostic.notes:
        lines += _remark("note", note, paint(" note:", Ink.NOTE))
    if diagnostic.help:
        lines += _remark("help", diagnostic.help, paint(" help:", Ink.HELP))
    return "\n".join(lines) + "\n"


def _headline(diagnostic: Diagnostic, paint: Paint) -> str:
    rule, place = diagnostic.rule, diagnostic.place
    where = visible(place.source.name)
    if place.source.text:  # a file that could not be read has no lines to point at
        line, column = place.source.position(place.span.start)
        where = f"{where}:{line}:{column}"
    kind = paint(f"{rule.severity}[{rule.code}]:", _INKS[rule.severity])
    return f"{paint(where + ':', Ink.STRONG)} {kind} {visible(diagnostic.message)}"


def _remark(kind: str, text: str, heading: str) -> list[str]:
    first, *rest = text.split("\n")
    indent = " " * len(f"  {kind}: ")
    return [f" {heading} {visible(first)}", *(f"{indent}{visible(line)}".rstrip() for line in rest)]


# ---- source lines ------------------------------------------------------------------------------


class _Mark(NamedTuple):
    """A label on the one line of it that is shown, in code points of that line."""

    label: Label
    primary: bool
    line: int
    start: int
    end: int
    more: bool  # the label goes on below this line


def _excerpts(diagnostic: Diagnostic, paint: Paint) -> list[str]:
    marks = [_mark(label, place == 0) for place, label in enumerate(diagnostic.labels)]
    marks = [mark for mark in marks if mark.label.source.text]
    gutter = max([_GUTTER, *(len(str(mark.line)) for mark in marks)])
    ink = _INKS[diagnostic.rule.severity]
    lines: list[str] = []
    file = diagnostic.place.source.name
    for group in _by_line(marks):
        source = group[0].label.source
        if source.name != file:
            file = source.name
            where = f"{visible(file)}:{group[0].line}"
            lines.append(f"  {paint(where, Ink.STRONG)}")
        lines += _excerpt(group, gutter, ink, paint)
    return lines


def _mark(label: Label, primary: bool) -> _Mark:
    source = label.source
    start, end = label.span
    line, column = source.position(start)
    length = len(source.line(line))
    last = source.position(max(start, end - 1)).line
    # A place may lie in the end of a line, which is shown without it.
    first = min(column - 1, length)
    final = length if last > line else min(first + end - start, length)
    return _Mark(label, primary, line, first, max(final, first), last > line)


def _by_line(marks: Sequence[_Mark]) -> Iterator[list[_Mark]]:
    group: list[_Mark] = []
    for mark in marks:
        if group and not _share(group[0], mark):
            yield group
            group = []
        group.append(mark)
    if group:
        yield group


def _share(one: _Mark, other: _Mark) -> bool:
    source = one.label.source
    same = source.name == other.label.source.name and one.line == other.line
    return same and len(source.line(one.line)) <= LONGEST


def _excerpt(group: Sequence[_Mark], gutter: int, ink: Ink, paint: Paint) -> Iterator[str]:
    line = group[0].label.source.line(group[0].line)
    first, last = _window(line, group[0].start)
    shown = laid_out(line[first:last])
    before, after = "…" if first else "", "…" if last < len(line) else ""
    number = paint(f"{group[0].line:>{gutter}} |", Ink.FAINT)
    yield f"{number} {before}{shown.text}{after}".rstrip()
    for mark in group:
        start = shown.edges[min(mark.start, last) - first]
        end = shown.edges[min(mark.end, last) - first]
        carets = ("^" if mark.primary else "-") * max(end - start, 1) + "…" * mark.more
        said = f"{carets} {visible(mark.label.text)}".rstrip()
        blank = paint(" " * gutter + " |", Ink.FAINT)
        said = paint(said, ink if mark.primary else Ink.ALSO)
        yield f"{blank} {' ' * (start + len(before))}{said}"


def _window(line: str, start: int) -> tuple[int, int]:
    if len(line) <= LONGEST:
        return 0, len(line)
    first = min(max(start - _BEFORE, 0), len(line) - LONGEST)
    return first, first + LONGEST
