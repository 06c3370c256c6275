"""An open document: its text, what was read in it, and positions as editors count them."""

from dataclasses import dataclass
from functools import cached_property

from envc.source import Source
from envc.syntax import lexer, nodes
from envc.syntax.parser import parse
from envc.syntax.words import Comment, Kind, Word


@dataclass
class Document:
    """One state of a file. Whatever is asked of it is worked out once."""

    source: Source

    @property
    def text(self) -> str:
        return self.source.text

    @cached_property
    def _lexed(self) -> tuple[list[Word], list[Comment]]:
        comments: list[Comment] = []
        return list(lexer.words(self.text, comments)), comments

    @property
    def words(self) -> list[Word]:
        return self._lexed[0]

    @cached_property
    def file(self) -> nodes.SpecFile:
        return parse(self.source).file

    def adopt(self, file: nodes.SpecFile) -> None:
        """Takes what somebody else has read of this text already."""
        self.__dict__["file"] = file

    def word_at(self, offset: int) -> Word | None:
        """The word under the cursor, or the one that the cursor stands right behind."""
        touching = [
            word
            for word in self.words
            if word.span.start <= offset <= word.span.end and word.kind is not Kind.NEWLINE
        ]
        inside = [word for word in touching if offset < word.span.end]
        names = [word for word in touching if word.kind is Kind.NAME]
        return next(iter([*inside, *names, *touching]), None)

    def in_comment(self, offset: int) -> bool:
        return any(each.span.start < offset <= each.span.end for each in self._lexed[1])


def offset(source: Source, line: int, character: int) -> int:
    """From a line and UTF-16 units, both from 0. Past the end of a line is its end."""
    if line >= source.line_count():
        return len(source.text)
    text = source.line(line + 1)
    column = len(text)
    if not text.isascii():
        column, units = 0, 0
        while column < len(text) and units < character:
            units += _units(text[column])
            column += 1
    return source.offset(line + 1, min(column, character) + 1)


def position(source: Source, at: int) -> tuple[int, int]:
    """Line and UTF-16 units, both from 0."""
    line, column = source.position(at)
    before = source.text[at - column + 1 : at]
    return line - 1, len(before) if before.isascii() else sum(map(_units, before))


def _units(letter: str) -> int:
    return 2 if ord(letter) > 0xFFFF else 1
