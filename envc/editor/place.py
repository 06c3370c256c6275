"""Where in a spec the cursor is: which blocks are open, and what its statement says so far."""

from typing import NamedTuple

from envc.editor.document import Document
from envc.syntax.words import Kind, Word

_CONTINUES = (Kind.COMMA, Kind.VBAR)


class Place(NamedTuple):
    blocks: tuple[tuple[str, ...], ...]
    """The words before each open `{`, outermost first."""
    said: tuple[Word, ...]
    """The statement's words before the cursor, the one being written left out."""
    prefix: str
    """What is written of the word at the cursor."""

    @property
    def block(self) -> str:
        """The word that the innermost block begins with; empty at the top of the file."""
        return self.blocks[-1][0] if self.blocks and self.blocks[-1] else ""

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(word.text for word in self.said)


def place(document: Document, offset: int) -> Place:
    """The place before the word that the cursor is in or right behind."""
    blocks: list[tuple[str, ...]] = []
    said: list[Word] = []
    for word in document.words:
        if word.span.end >= offset and not (word.span.end == offset and word.kind in _MARKS):
            break
        if word.kind is Kind.LBRACE:
            blocks.append(tuple(each.text for each in said))
            said = []
        elif word.kind is Kind.RBRACE:
            said = []
            del blocks[-1:]
        elif word.kind is Kind.NEWLINE:
            if not said or said[-1].kind not in _CONTINUES:
                said = []
        else:
            said.append(word)
    return Place(tuple(blocks), tuple(said), _prefix(document, offset))


_MARKS = frozenset(
    {
        Kind.COMMA, Kind.EQUAL, Kind.LBRACE, Kind.RBRACE, Kind.LPAR, Kind.RPAR, Kind.PLUS,
        Kind.TILDE, Kind.VBAR, Kind.DOTS, Kind.NEWLINE,
    }
)  # fmt: skip


def _prefix(document: Document, offset: int) -> str:
    for word in document.words:
        if word.span.start < offset <= word.span.end:
            return "" if word.kind in _MARKS else document.text[word.span.start : offset]
    return ""
