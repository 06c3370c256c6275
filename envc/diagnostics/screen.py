"""How a line of text looks on a terminal: nothing in it invisible, nothing moving the cursor."""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

TAB = 4
"""Cells between tab stops, wherever the text is shown."""


class Laid(NamedTuple):
    """A line as shown. `edges[i]` is the cell where code point i begins; the last is the end."""

    text: str
    edges: Sequence[int]


def visible(text: str) -> str:
    """The text with each character that would not be seen, or would act, spelt out."""
    return text if text.isprintable() else "".join(map(_shown, text))


def laid_out(line: str) -> Laid:
    if line.isascii() and line.isprintable():
        return Laid(line, range(len(line) + 1))
    shown: list[str] = []
    edges = [0]
    cell = 0
    for letter in line:
        text = " " * (TAB - cell % TAB) if letter == "\t" else _shown(letter)
        shown.append(text)
        cell += cells(text)
        edges.append(cell)
    return Laid("".join(shown), edges)


def cells(text: str) -> int:
    """How many terminal cells a text without control characters takes."""
    return len(text) if text.isascii() else sum(map(_width, text))


def _shown(letter: str) -> str:
    code = ord(letter)
    if letter.isprintable():
        return letter
    if code < 0x20:
        return chr(0x2400 + code)  # the control pictures: ␀ ␛ …
    return "␡" if code == 0x7F else f"<U+{code:04X}>"


def _width(letter: str) -> int:
    # Marks stand on the letter before them; the vowels and finals of Hangul join it.
    if unicodedata.category(letter) in ("Mn", "Me") or "\u1160" <= letter <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(letter) in ("W", "F") else 1
