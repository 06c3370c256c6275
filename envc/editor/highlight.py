"""Specs in colour wherever Pygments is: Sphinx, minted, Jupyter, `pygmentize`."""

import re
from collections.abc import Iterator
from functools import cache
from typing import ClassVar

from pygments.lexer import Lexer
from pygments.token import (
    Comment,
    Keyword,
    Literal,
    Name,
    Number,
    Operator,
    Punctuation,
    String,
    Text,
)
from pygments.token import _TokenType as TokenType

from envc.editor import machine
from envc.editor.words import CLASS_OF, Class, pattern, tokens, units
from envc.syntax.words import Kind

SHOWN: dict[Class, TokenType] = {
    Class.KEYWORD: Keyword,
    Class.MODIFIER: Keyword.Pseudo,
    Class.DEFINITION: Name.Class,
    Class.KEY: Name.Attribute,
    Class.NAME: Name,
    Class.NUMBER: Number,
    Class.UNIT: Keyword.Type,
    Class.STRING: String,
    Class.TAGGED: Literal,
    Class.VERSIONS: Number.Other,
    Class.OPERATOR: Operator,
    Class.PUNCTUATION: Punctuation,
    Class.COMMENT: Comment,
}

_BLANK, _COMMENT, _LINE = "BLANK", "COMMENT", "LINE"

Piece = tuple[int, str, Class | None]


class EnvcLexer(Lexer):
    name = "envc"
    aliases: ClassVar[list[str]] = ["envc"]
    filenames: ClassVar[list[str]] = ["*.envc"]
    mimetypes: ClassVar[list[str]] = ["text/x-envc"]
    url = ""

    def get_tokens_unprocessed(self, text: str) -> Iterator[tuple[int, TokenType, str]]:
        for start, word, shown in pieces(text):
            yield start, Text if shown is None else SHOWN[shown], word


def pieces(text: str) -> Iterator[Piece]:
    """Every character of a text once, with its class; None for blanks and what no word holds."""
    states = machine.read().states
    blocks = [0]
    state, before = 0, ""
    for match in _scanner().finditer(text):
        kind, word = str(match.lastgroup), match[0]
        shown = CLASS_OF.get(kind)
        if kind == Kind.LBRACE:
            state = states[state].block
            blocks.append(state)
        elif kind == Kind.RBRACE:
            del blocks[max(1, len(blocks) - 1) :]
        elif kind == _LINE:
            state = state if before in machine.CONTINUES else blocks[-1]
        elif kind == _COMMENT:
            shown = Class.COMMENT
        elif shown is not None:
            shown, state = _step(states[state], kind, word)
        if kind == Kind.NAME and before == Kind.NUMBER and word in units():
            shown = Class.UNIT
        yield match.start(), word, shown
        before = before if kind in (_BLANK, _COMMENT, _LINE) else kind


def _step(state: machine.State, kind: str, word: str) -> tuple[Class, int]:
    for symbol, shown, to in state.steps:
        if symbol == kind or (symbol == word and kind == Kind.NAME):
            return shown, to
    raise AssertionError(kind)  # a machine has a step for every kind


@cache
def _scanner() -> re.Pattern[str]:
    named = [f"(?P<{kind}>{pattern(kind)})" for kind in tokens()]
    blanks = [rf"(?P<{_BLANK}>[ \t\r\f]+)", rf"(?P<{_COMMENT}>#[^\n]*)", rf"(?P<{_LINE}>\n)"]
    return re.compile("|".join([*blanks, *named, "(?P<STRAY>.)"]))
