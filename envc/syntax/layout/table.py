"""Statements one below the other: their words in columns, as long as 88 columns hold them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from envc.syntax.layout.shapes import Cell, Row, flat
from envc.syntax.words import Comment

WIDTH = 88
_WIDEST_KEY = 40
"""A longer one would push the words of its neighbours out of sight."""

Line = tuple[Row, Comment | None]


def table(run: Sequence[Line], indent: int) -> Iterator[str]:
    first = first_column([row for row, _ in run], indent)
    placed = [_Placed(row, comment, indent, first) for row, comment in run]
    for _, group in groupby(placed, key=lambda each: each.row.shape):
        _align([each for each in group if not each.loose])
    _align_comments([each for each in placed if each.comment and not each.loose])
    for each in placed:
        yield from each.lines()


def first_column(rows: Sequence[Row], indent: int) -> int:
    """Where what follows the keys of a run stands."""
    rows = [row for row in rows if row.columns and not _noted(row.key)]
    keyed = [row for row in rows if len(flat(row.key)) <= _WIDEST_KEY]
    if not keyed:
        return indent
    widest = max(len(flat(row.key)) for row in keyed)
    columns = [row.columns[0] for row in keyed]
    return indent + widest + (columns[0].lone if len(keyed) == 1 else max(c.gap for c in columns))


def too_wide(row: Row, indent: int, first: int) -> bool:
    return _Placed(row, None, indent, first).end > WIDTH


def filled(line: str, cell: Cell, at: int, hang: int) -> list[str]:
    """Writes a cell behind a line; a list goes on below where it is long or has comments."""
    done: list[str] = []
    further = " " * (at + hang)
    line = line.ljust(at)
    between = ""
    for segment in cell:
        if between and len(line) + 1 + len(segment.text) > WIDTH:
            done.append(line)
            line, between = further, ""
        line += between + segment.text
        between = " "
        if segment.behind:
            first = segment.behind[0]
            done.append(line if first.alone else commented(line, first))
            rest = segment.behind if first.alone else segment.behind[1:]
            done.extend(further + comment.text for comment in rest)
            line, between = further, ""
    return [*done, line]


def commented(line: str, comment: Comment | None) -> str:
    return line if comment is None else f"{line}  {comment.text}"


@dataclass(slots=True)
class _Placed:
    """A row and the places where its columns begin."""

    row: Row
    comment: Comment | None
    indent: int
    first: int
    starts: list[int] = field(default_factory=list)
    end: int = 0
    loose: bool = False
    """Whether it takes more than a line; such a row stands in no column but the first."""

    def __post_init__(self) -> None:
        self.place_alone()
        cells = (self.row.key, *(column.cell for column in self.row.columns))
        self.loose = self.end > WIDTH or any(_noted(cell) for cell in cells)

    def place_alone(self) -> None:
        self.place(self.first, 0)
        for place, column in enumerate(self.row.columns[1:], 1):
            self.place(self.end + column.lone, place)

    def place(self, at: int, place: int) -> None:
        """Puts one column; those behind it are put anew."""
        if place == 0:
            self.end = self.indent + len(flat(self.row.key))
        if place < len(self.row.columns):
            cell, _, lone, _ = self.row.columns[place]
            at = max(at, self.end + lone) if self.row.key else at
            self.starts[place:] = [at]
            self.end = at + len(flat(cell)) if cell else self.end

    def lines(self) -> Iterator[str]:
        *most, last = self._loose() if self.loose else [self._tight()]
        yield from most
        if self.comment is None or self.loose:
            yield commented(last, self.comment)
        else:
            yield last.ljust(self.end) + self.comment.text

    def _tight(self) -> str:
        line = " " * self.indent + flat(self.row.key)
        for start, column in zip(self.starts, self.row.columns, strict=True):
            if column.cell:
                line = line.ljust(start) + flat(column.cell)
        return line

    def _loose(self) -> list[str]:
        written = filled("", self.row.key, self.indent, 2)
        at = self.first
        for column in self.row.columns:
            if column.cell:
                line = written.pop()
                at = max(at, len(line) + column.lone if line.strip() else 0)
                written += filled(line, column.cell, at, column.hang)
            at = 0
        return written


def _align(rows: Sequence[_Placed]) -> None:
    """Gives all columns but the first a common place, unless that makes a line too long."""
    for each in rows:
        each.place(each.first, 0)
    for place in range(1, max((len(each.row.columns) for each in rows), default=0)):
        section = [each for each in rows if len(each.row.columns) > place]
        columns = [each.row.columns[place] for each in section]
        gap = columns[0].lone if len(section) == 1 else max(column.gap for column in columns)
        at = max(each.end for each in section) + gap
        for each in section:
            each.place(at, place)
    if any(each.end > WIDTH for each in rows):
        for each in rows:
            each.place_alone()


def _align_comments(rows: Sequence[_Placed]) -> None:
    at = max((each.end for each in rows), default=0) + 2
    aligned = all(at + len(each.comment.text) <= WIDTH for each in rows if each.comment)
    for each in rows:
        each.end = at if aligned else each.end + 2


def _noted(cell: Cell) -> bool:
    return any(segment.behind for segment in cell)
