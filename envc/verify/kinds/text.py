"""Texts: by their lines, or by their words where one line holds all."""

import re
from collections.abc import Iterator

from envc.verify.difference import Detail
from envc.verify.kinds.binary import words
from envc.verify.kinds.members import Inside

_WORD = re.compile(rb"[^\s,;:{}\[\]()\"']+")


def details(one: bytes, other: bytes, inside: Inside) -> Iterator[Detail] | None:  # noqa: ARG001
    return _details(one, other) if _is_text(one) and _is_text(other) else None


def _details(one: bytes, other: bytes) -> Iterator[Detail]:
    """Lines of the same words in another order are one detail, not two lines of each side."""
    for each in words(one.splitlines(), other.splitlines()):
        left, right = _WORD.findall(each.one), _WORD.findall(each.other)
        if left != right and sorted(left) == sorted(right):
            yield from words(left, right)
        else:
            yield each


def _is_text(data: bytes) -> bool:
    if b"\0" in data[:4096]:
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
