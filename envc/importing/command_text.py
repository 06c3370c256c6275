"""Words of other tools' commands, as envc writes a command: quoted, with braces doubled."""

import re
from collections.abc import Iterable

_PLAIN = re.compile(r"[\w@%+=:,./-]+", re.ASCII)


def command_text(words: Iterable[str]) -> str:
    return " ".join(map(_word, words))


def _word(text: str) -> str:
    doubled = text.replace("{", "{{").replace("}", "}}")
    if _PLAIN.fullmatch(text):
        return text
    if "'" not in text:
        return f"'{doubled}'"
    escaped = re.sub(r'(["\\$`])', r"\\\1", doubled)
    return f'"{escaped}"'


def value_text(text: str) -> str:
    """A variable's value, in which only braces mean something."""
    return text.replace("{", "{{").replace("}", "}}")
