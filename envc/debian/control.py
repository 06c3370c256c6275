"""Fields as Debian writes them: deb822(5), as far as archives use it.

    stanza = field+
    field  = NAME ":" VALUE LF ((" " | TAB) VALUE LF)*

Stanzas are parted by empty lines. Of a field of several lines, every line but the first keeps the
space it begins with.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from envc.facts.problem import Problem

_NAME = re.compile(r"[!-,.-9;-~][!-9;-~]*")
Fields = dict[str, str]


def stanzas(text: str) -> Iterator[str]:
    """Each without the line end of its last line."""
    return (found.strip("\n") for found in re.split(r"\n\n+", text) if found.strip("\n"))


def fields(stanza: str) -> Fields | Problem:
    """By their names, each of which comes once."""
    found: Fields = {}
    name = ""
    for line in stanza.split("\n"):
        if line[:1] in {" ", "\t"}:
            if not name:
                return Problem(f"`{_shown(line)}` continues no field")
            found[name] += f"\n{line}"
            continue
        name, colon, value = line.partition(":")
        if not colon or not _is_name(name):
            return Problem(f"`{_shown(line)}` is not a field")
        if name in found:
            return Problem(f"the field `{name}` is there twice")
        found[name] = value.strip(" \t")
    return found


def folded(value: str) -> str:
    """A value of several lines as one: what it means where line ends mean nothing."""
    return " ".join(value.split())


@lru_cache(maxsize=1024)  # an index has a dozen names, a million times
def _is_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None


def _shown(line: str) -> str:
    return line if len(line) <= 60 else f"{line[:59]}…"
