"""The smallest things that a spec holds: words, told apart by their characters, and comments."""

from dataclasses import dataclass
from enum import StrEnum

from envc.source import Span


class Kind(StrEnum):
    """What a word looks like; its characters alone tell. Values are the grammar's terminals."""

    NAME = "NAME"
    NUMBER = "NUMBER"
    STRING = "STRING"
    TAGGED = "TAGGED"  # sha256:…, swh:1:dir:…, orcid:…
    VERSIONS = "VERSIONS"  # @1.2:
    DOTS = "DOTS"
    COMMA = "COMMA"
    EQUAL = "EQUAL"
    LBRACE = "LBRACE"
    RBRACE = "RBRACE"
    LPAR = "LPAR"
    RPAR = "RPAR"
    PLUS = "PLUS"
    TILDE = "TILDE"
    VBAR = "VBAR"
    NEWLINE = "_NL"
    END = "$END"
    STRAY = "STRAY"  # a character that no word begins with
    OPEN_STRING = "OPEN_STRING"  # a quote that the line does not close


_ESCAPES = {"n": "\n", "t": "\t"}


@dataclass(slots=True)
class Word:
    """The smallest thing a spec can hold. `text` is as written, quotes included."""

    kind: Kind
    text: str
    span: Span

    @property
    def value(self) -> str:
        """What the word says: a string without its quotes and escapes."""
        if self.kind is not Kind.STRING:
            return self.text
        inner = self.text[1:-1]
        return inner if "\\" not in inner else _unescaped(inner)


def _unescaped(text: str) -> str:
    said: list[str] = []
    letters = iter(text)
    for letter in letters:
        if letter == "\\":
            escaped = next(letters, "\\")
            said.append(_ESCAPES.get(escaped, escaped))
        else:
            said.append(letter)
    return "".join(said)


@dataclass(slots=True)
class Comment:
    """`alone` comments stand on their own line; the others follow a statement."""

    text: str
    span: Span
    alone: bool
