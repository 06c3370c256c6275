"""A text as it was written, and how to point into it."""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of code points; lines and columns exist only at the border."""

    start: int
    end: int

    def to(self, other: "Span") -> "Span":
        return Span(self.start, other.end)


class Position(NamedTuple):
    """Line and column as people count them: from 1, in code points."""

    line: int
    column: int


@dataclass(slots=True, eq=False)
class Source:
    """One file's text under the name that messages show."""

    name: str
    text: str
    _starts: list[int] = field(default_factory=list, init=False, repr=False)

    def position(self, offset: int) -> Position:
        starts = self._line_starts()
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def offset(self, line: int, column: int) -> int:
        """The offset of a position, held inside the line and the text."""
        starts = self._line_starts()
        if line > len(starts):
            return len(self.text)
        first = starts[line - 1]
        return min(first + column - 1, first + len(self.line(line)))

    def line(self, number: int) -> str:
        """A line's text without its end."""
        starts = self._line_starts()
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")

    def line_count(self) -> int:
        return len(self._line_starts())

    def _line_starts(self) -> list[int]:
        if not self._starts:
            starts = [0]
            end = self.text.find("\n")
            while end >= 0:
                starts.append(end + 1)
                end = self.text.find("\n", end + 1)
            self._starts = starts
        return self._starts
