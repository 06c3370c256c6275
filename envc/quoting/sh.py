"""Words as POSIX sh reads them."""

import re
from collections.abc import Iterable

_PLAIN = re.compile(r"[A-Za-z0-9_@%+:,./=-]+", re.ASCII)
"""Letters that no shell reads as more than themselves, but for `=` in the first word."""
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)


def word(text: str) -> str:
    """One word that is the text: as it stands where that is safe, else in single quotes."""
    if "\0" in text:
        raise ValueError("no program can be passed a NUL")
    return text if _is_plain(text) else quoted(text)


def quoted(text: str) -> str:
    """In single quotes in any case, as inside a pattern of `case`."""
    return "'" + text.replace("'", "'\\''") + "'"


def words(texts: Iterable[str]) -> str:
    """A program and its arguments. The first is quoted where it could be an assignment."""
    first, *others = texts
    shown = f"'{first}'" if "=" in first and _is_plain(first) else word(first)
    return " ".join((shown, *map(word, others)))


def in_quotes(text: str) -> str:
    """What stands between double quotes that somebody else writes."""
    return re.sub(r'[\\"$`]', r"\\\g<0>", text)


def assignment(name: str, value: str) -> str:
    """`NAME=value`; a name that sh cannot assign is the caller's mistake."""
    if not is_name(name):
        raise ValueError(f"`{name}` cannot be the name of a variable")
    return f"{name}={word(value)}"


def is_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None


def _is_plain(text: str) -> bool:
    return _PLAIN.fullmatch(text) is not None
