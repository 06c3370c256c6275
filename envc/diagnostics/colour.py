"""Colour, where a person looks at a terminal and has not asked for none."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Protocol


class Ink(StrEnum):
    """What a piece of output is; the value is its ANSI code."""

    ERROR = "1;31"
    WARNING = "1;33"
    NOTE = "1;36"
    HELP = "1;32"
    ALSO = "1;34"
    FAINT = "34"
    STRONG = "1"


Paint = Callable[[str, Ink], str]


class Stream(Protocol):
    def isatty(self) -> bool: ...


def plain(text: str, ink: Ink) -> str:  # noqa: ARG001 - a Paint that paints nothing
    return text


def coloured(text: str, ink: Ink) -> str:
    return f"\x1b[{ink}m{text}\x1b[0m" if text else text


def paint_for(stream: Stream | None, environ: Mapping[str, str]) -> Paint:
    return coloured if _wanted(stream, environ) else plain


def _wanted(stream: Stream | None, environ: Mapping[str, str]) -> bool:
    if environ.get("NO_COLOR"):
        return False
    force = environ.get("FORCE_COLOR", "")
    if force:
        return force != "0"
    return stream is not None and stream.isatty() and environ.get("TERM") != "dumb"
