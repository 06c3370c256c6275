"""Bytes of no known kind: the words in them, then the first place that differs."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest

from envc.verify.difference import Detail, What

_WORDS = re.compile(rb"[\t\x20-\x7e]{4,}")
_AROUND = 16
_BLOCK = 1 << 16


def details(one: bytes, other: bytes) -> Iterator[Detail]:
    found = words(_WORDS.findall(one), _WORDS.findall(other))
    yield from found
    if not found:
        yield first(one, other)


def words(one: list[bytes], other: list[bytes]) -> list[Detail]:
    """Those that only one side has, side by side; the same words in another order."""
    left, right = Counter(one), Counter(other)
    if left == right:
        return [] if one == other else [Detail(What.ORDER, b"\n".join(one), b"\n".join(other))]
    pairs = zip_longest(_only(one, left - right), _only(other, right - left), fillvalue=b"")
    return [Detail(What.TEXT, *each) for each in pairs]


def _only(words: list[bytes], more: Counter[bytes]) -> Iterator[bytes]:
    for word in words:
        if more[word] > 0:
            more[word] -= 1
            yield word


def first(one: bytes, other: bytes) -> Detail:
    at = place(one, other)
    start, end = max(0, at - _AROUND), at + _AROUND
    return Detail(What.BYTES, one[start:end], other[start:end], offset=at)


def place(one: bytes, other: bytes) -> int:
    """Of the first byte that differs."""
    for start in range(0, min(len(one), len(other)), _BLOCK):
        left, right = one[start : start + _BLOCK], other[start : start + _BLOCK]
        if left != right:
            pairs = enumerate(zip(left, right, strict=False))
            return start + next((n for n, (a, b) in pairs if a != b), min(len(left), len(right)))
    return min(len(one), len(other))
