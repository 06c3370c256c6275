"""The canonical form of a spec: the same for the same content, whoever wrote it.

Comments stay where they are, before, behind and inside statements; at most one empty line in a row
is kept. Everything else follows from what a file says: two spaces a level, words of neighbouring
statements in columns, lists and blocks on one line where 88 columns hold them.
"""

from collections.abc import Sequence
from dataclasses import replace

from envc.source import Span
from envc.syntax.layout import page
from envc.syntax.layout.margin import Margin
from envc.syntax.layout.shapes import Block, Body, Entry, Row
from envc.syntax.layout.statements import Shaper
from envc.syntax.nodes import Header, SpecFile, Use
from envc.syntax.words import Comment


def layout(file: SpecFile) -> str:
    """The text of a file in canonical form. A file that could not be read whole has none."""
    if file.broken:
        raise ValueError(f"{file.source.name} has syntax errors")
    margin = Margin(file)
    body = margin.body(file.items, Span(0, len(file.source.text)), Shaper(margin).item)
    lines = [*page.lines(Body(tuple(_spaced(body.entries))))]
    return "\n".join(lines) + "\n" if lines else ""


def _spaced(entries: Sequence[Entry]) -> Sequence[Entry]:
    """An empty line between items; the comments before an item belong to it."""
    spaced: list[Entry] = []
    comments: list[Entry] = []
    for entry in entries:
        if isinstance(entry.what, Comment):
            comments.append(entry)
            continue
        lead = [*comments, entry]
        if spaced and _apart(spaced[-1], entry) and not any(each.blank for each in lead):
            lead[0] = replace(lead[0], blank=True)
        spaced += lead
        comments = []
    return [*spaced, *comments]


def _apart(before: Entry, behind: Entry) -> bool:
    if isinstance(before.what, Block) or isinstance(behind.what, Block):
        return True
    kinds = [each.what.shape for each in (before, behind) if isinstance(each.what, Row)]
    return kinds[0] is not kinds[1] and kinds != [Header, Use]
