"""Versions of Debian packages, in dpkg's order (deb-version(7)).

    version = [EPOCH ":"] UPSTREAM ["-" REVISION]

An epoch counts most, then the upstream version, then the revision. Both are read in turns as words
and numbers: a `~` sorts before the end of a word, the end before letters, letters before the rest.
"""

import re
from functools import lru_cache
from typing import Final

Key = tuple[int, tuple[str | int, ...], tuple[str | int, ...]]

_END: Final = "\x02"
_PARTS: Final = re.compile(r"([^0-9]*)([0-9]*)")
_VALID: Final = re.compile(r"(?:[0-9]+:[0-9A-Za-z.+~:-]*|[0-9A-Za-z.+~-]*)[0-9A-Za-z.+~]")
_ORDER: Final = {
    code: "\x01" if chr(code) == "~" else chr(code + 256)
    for code in range(ord("!"), 127)
    if not chr(code).isalnum()
}
OPERATORS: Final = ("<<", "<=", "=", ">=", ">>")


def is_version(text: str) -> bool:
    """Whether dpkg can compare it: an upstream version without a digit at its start is forgiven."""
    return _VALID.fullmatch(text) is not None


@lru_cache(maxsize=1 << 16)
def key(version: str) -> Key:
    """Two versions compare as their keys do."""
    epoch, colon, rest = version.partition(":")
    if not colon:
        epoch, rest = "0", version
    upstream, _, revision = rest.rpartition("-") if "-" in rest else (rest, "", "")
    return int(epoch), _words(upstream), _words(revision)


def _words(text: str) -> tuple[str | int, ...]:
    """A word and a number in turns, a word last; what is left out is an empty word or 0."""
    found: list[str | int] = []
    for word, number in _PARTS.findall(text.translate(_ORDER)) if text else ():
        if word or number:
            found += (word + _END, int(number or 0))
    return (*found, _END) if found else (_END, 0, _END)


def compare(first: str, second: str) -> int:
    """Below 0 where the first is earlier, 0 where dpkg takes them for equal."""
    if first == second:
        return 0
    one, other = key(first), key(second)
    return (one > other) - (one < other)


def satisfies(version: str, operator: str, bound: str) -> bool:
    """Whether `version` is `operator` `bound`, as `dpkg --compare-versions` says."""
    order = compare(version, bound)
    match operator:
        case "<<":
            return order < 0
        case "<=":
            return order <= 0
        case "=":
            return order == 0
        case ">=":
            return order >= 0
        case ">>":
            return order > 0
        case _:
            raise ValueError(operator)
