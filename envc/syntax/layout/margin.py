"""The comments of a file, found by the places between which they stand."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

from envc.source import Span
from envc.syntax.layout.shapes import Block, Body, Cell, Entry, Row
from envc.syntax.nodes import Node, SpecFile
from envc.syntax.words import Comment

Each = TypeVar("Each", bound=Node)


class Margin:
    def __init__(self, file: SpecFile) -> None:
        self._text = file.source.text
        self._comments = file.comments
        self._starts = [comment.span.start for comment in file.comments]

    def between(self, start: int, end: int) -> tuple[Comment, ...]:
        first = bisect_left(self._starts, start)
        return self._comments[first : bisect_left(self._starts, end, first)]

    def any_in(self, span: Span) -> bool:
        return bool(self.between(span.start, span.end))

    def blank_between(self, start: int, end: int) -> bool:
        return self._text.count("\n", start, end) > 1

    def noted(self, cell: Cell) -> Cell:
        """The cell with the comments that stand between its segments."""
        if len(cell) < 2 or not self._comments:
            return cell
        gaps = (self.between(left.span.end, right.span.start) for left, right in pairwise(cell))
        most = (segment._replace(behind=gap) for segment, gap in zip(cell, gaps, strict=False))
        return (*most, cell[-1])

    def body(
        self, nodes: Sequence[Each], within: Span, shaped: Callable[[Each], Row | Block]
    ) -> Body:
        """Statements with the comments around them: before each, and behind it on its line."""
        entries: list[Entry] = []
        opening = None
        place = within.start
        for node in (*nodes, None):
            end = within.end if node is None else node.span.start
            for comment in self.between(place, end):
                if comment.alone:
                    entries.append(Entry(comment, self._blank(entries, place, comment.span.start)))
                elif entries:
                    entries[-1] = Entry(entries[-1].what, entries[-1].blank, comment)
                else:
                    opening = comment
                place = comment.span.end
            if node is not None:
                entries.append(Entry(shaped(node), self._blank(entries, place, end)))
                place = node.span.end
        return Body(tuple(entries), opening)

    def _blank(self, before: list[Entry], start: int, end: int) -> bool:
        return bool(before) and self.blank_between(start, end)
