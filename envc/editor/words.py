"""The classes of words that highlighters tell apart, and the patterns by which they find them.

Everything is read from the parser's tables: a word added to the grammar is added to every editor.
"""

from collections.abc import Mapping
from enum import StrEnum

from envc.facts.units import DURATION_UNITS, MEMORY_UNITS
from envc.syntax.tables import load
from envc.syntax.words import Kind


class Class(StrEnum):
    """What a word is, for its colour."""

    KEYWORD = "keyword"  # begins a statement
    MODIFIER = "modifier"  # `when`, `for`, `default`: stands inside one
    DEFINITION = "definition"  # the name behind `app`, `variant`, `run` …
    KEY = "key"  # what a setting sets
    NAME = "name"
    NUMBER = "number"
    UNIT = "unit"  # GiB, min, behind a number
    STRING = "string"
    TAGGED = "tagged"  # sha256:…
    VERSIONS = "versions"
    OPERATOR = "operator"
    PUNCTUATION = "punctuation"
    COMMENT = "comment"


CLASS_OF: Mapping[str, Class] = {
    Kind.NAME: Class.NAME,
    Kind.NUMBER: Class.NUMBER,
    Kind.STRING: Class.STRING,
    Kind.TAGGED: Class.TAGGED,
    Kind.VERSIONS: Class.VERSIONS,
    Kind.DOTS: Class.OPERATOR,
    Kind.PLUS: Class.OPERATOR,
    Kind.TILDE: Class.OPERATOR,
    Kind.EQUAL: Class.OPERATOR,
    Kind.VBAR: Class.OPERATOR,
    Kind.COMMA: Class.PUNCTUATION,
    Kind.LBRACE: Class.PUNCTUATION,
    Kind.RBRACE: Class.PUNCTUATION,
    Kind.LPAR: Class.PUNCTUATION,
    Kind.RPAR: Class.PUNCTUATION,
}
"""A word's class where nothing but its characters is known."""

BOUNDARY = r"(?![0-9A-Za-z_]|[-./][0-9A-Za-z_]|\+\+)"
"""Ends a name. A test holds it to the grammar's NAME."""

_MARKS = {name: text for text, name in load().symbols.items()}
_PATTERNS = dict(load().patterns)


def units() -> tuple[str, ...]:
    return (*MEMORY_UNITS, *DURATION_UNITS)


def tokens() -> tuple[str, ...]:
    """The kinds of words in the order in which they are tried."""
    order = [name for name, _ in load().patterns if name in CLASS_OF]
    return (*order, *(name for name in CLASS_OF if name not in order))


def pattern(kind: str) -> str:
    """A kind's regular expression, in the notation that Python and Oniguruma share."""
    mark = _MARKS.get(kind)
    if mark is not None:
        return "[" + mark + "]"
    return _PATTERNS[kind]


def choice(words: tuple[str, ...]) -> str:
    """One of these words and not the beginning of another."""
    return f"(?:{'|'.join(sorted(words))}){BOUNDARY}"
