"""Statements, comments and blocks one below the other."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from envc.syntax.layout import table
from envc.syntax.layout.shapes import Block, Body, Entry, Row
from envc.syntax.words import Comment

_STEP = 2


def lines(body: Body, indent: int = 0) -> Iterator[str]:
    for run in _runs(_settled(body.entries, indent)):
        if run[0].blank:
            yield ""
        rows = [(entry.what, entry.comment) for entry in run if isinstance(entry.what, Row)]
        yield from table.table(rows, indent)
        for entry in run:
            if isinstance(entry.what, Comment):
                yield " " * indent + entry.what.text
            elif isinstance(entry.what, Block):
                yield from _block(entry.what, entry.comment, indent)


def _block(block: Block, comment: Comment | None, indent: int) -> Iterator[str]:
    *most, last = table.filled("", block.head, indent, 2 * _STEP)
    yield from most
    if not block.body.entries and block.body.opening is None:
        yield table.commented(last + " { }", comment)
        return
    yield table.commented(last + " {", block.body.opening)
    yield from lines(block.body, indent + _STEP)
    yield table.commented(" " * indent + "}", comment)


def _runs(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Statements of one line with nothing between them; a comment or a block stands alone."""
    run: list[Entry] = []
    for entry in entries:
        alone = not isinstance(entry.what, Row) or (run and not isinstance(run[-1].what, Row))
        if run and (entry.blank or alone):
            yield run
            run = []
        run.append(entry)
    if run:
        yield run


def _settled(entries: Sequence[Entry], indent: int) -> list[Entry]:
    """Statements that do not fit their line, and can be blocks, are."""
    settled: list[Entry] = []
    for run in _runs(entries):
        rows = [entry.what for entry in run if isinstance(entry.what, Row)]
        first = table.first_column(rows, indent)
        settled += (_settled_one(entry, indent, first) for entry in run)
    return settled


def _settled_one(entry: Entry, indent: int, first: int) -> Entry:
    row = entry.what
    if isinstance(row, Row) and row.block and table.too_wide(row, indent, first):
        return replace(entry, what=row.block)
    return entry
