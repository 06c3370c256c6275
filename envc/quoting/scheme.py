"""Strings, symbols and keywords of Scheme, as Guile writes them and reads them back.

Other values are Python's own: a tuple is a list, a `str` is a string.
"""

import re
import unicodedata
from typing import NamedTuple


class Symbol(NamedTuple):
    name: str


class Keyword(NamedTuple):
    """`#:name`"""

    name: str


_PLAIN = re.compile(r"[A-Za-z!$%&*/<=>?^_~][A-Za-z0-9!$%&*/<=>?^_~:@.+-]*|[+-]|\.\.\.", re.ASCII)
_NAMED = {"\a": "a", "\b": "b", "\t": "t", "\n": "n", "\v": "v", "\f": "f", "\r": "r"}


def string(text: str) -> str:
    """Every character that cannot be seen is spelt out, as `write` does."""
    return '"' + "".join(map(_character, text)) + '"'


def string_as_it_stands(text: str) -> str:
    """What is long and has line ends is easier read with them in place."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def symbol(name: str) -> str:
    """What would be read as a number, or as more than one thing, stands in `#{…}#`."""
    if _PLAIN.fullmatch(name):
        return name
    return "#{" + "".join(_in_braces(each) for each in name) + "}#"


def keyword(name: str) -> str:
    return "#:" + symbol(name)


def comment(text: str) -> str:
    """One line, whatever is in the text."""
    return " ".join((";;", *text.split()))


def _character(one: str) -> str:
    if one in '"\\':
        return "\\" + one
    if one == " " or unicodedata.category(one)[0] in "LMNPS":
        return one
    if one in _NAMED:
        return "\\" + _NAMED[one]
    code = ord(one)
    if 0xD800 <= code < 0xE000:
        raise ValueError("half a character has no way to be written")
    return f"\\x{code:02x}" if code < 0x100 else _long(code)


def _long(code: int) -> str:
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:06x}"


def _in_braces(one: str) -> str:
    known = one.isascii() and (one.isalnum() or one in "!$%&*/<=>?^_~:@.+- ")
    return one if known else f"\\x{ord(one):x};"
