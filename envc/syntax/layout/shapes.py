"""What a statement looks like on paper, before anybody has counted columns."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from envc.source import Span
from envc.syntax.nodes import Node
from envc.syntax.words import Comment


class Segment(NamedTuple):
    """Text that stays together; a line may end behind it. The span finds the comments between."""

    text: str
    span: Span
    behind: tuple[Comment, ...] = ()


Cell = tuple[Segment, ...]
EMPTY: Cell = ()


def text(words: str, span: Span) -> Cell:
    return (Segment(words, span),)


def joined(left: Cell, right: Cell, between: str = " ") -> Cell:
    if not left or not right:
        return left or right
    last, first = left[-1], right[0]
    middle = Segment(last.text + between + first.text, last.span.to(first.span), first.behind)
    return (*left[:-1], middle, *right[1:])


def framed(before: str, cell: Cell, after: str = "") -> Cell:
    ended = (*cell[:-1], cell[-1]._replace(text=cell[-1].text + after))
    return (ended[0]._replace(text=before + ended[0].text), *ended[1:])


def listed(cells: Iterable[Cell], mark: str = ",") -> Cell:
    *most, last = cells
    return (*(segment for cell in most for segment in framed("", cell, mark)), *last)


def flat(cell: Cell) -> str:
    """The cell on one line."""
    return " ".join(segment.text for segment in cell)


class Column(NamedTuple):
    cell: Cell
    gap: int = 2
    """Spaces before it, at least, where rows stand in columns."""
    lone: int = 2
    """Spaces before it where this row stands alone."""
    hang: int = 0
    """How much deeper its further lines begin."""


@dataclass(frozen=True, slots=True)
class Row:
    """A statement on one line, or on a few where a list is long."""

    shape: type[Node]
    """Past the first column only rows of one shape stand in columns."""
    key: Cell
    columns: tuple[Column, ...] = ()
    block: "Block | None" = None
    """What it becomes where the line would be too long."""


@dataclass(frozen=True, slots=True)
class Block:
    head: Cell
    body: "Body"


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement or a comment on lines of its own, and the comment that ends its last line."""

    what: Row | Block | Comment
    blank: bool = False
    """Whether an empty line stands before it."""
    comment: Comment | None = None


@dataclass(frozen=True, slots=True)
class Body:
    entries: tuple[Entry, ...]
    opening: Comment | None = None
    """The comment behind the `{`."""
