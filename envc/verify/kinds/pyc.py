"""Compiled Python: a header that may bear the time of its source, then the code."""

from collections.abc import Iterator

from envc.verify.difference import Detail, What
from envc.verify.kinds import binary
from envc.verify.kinds.members import Inside

_HEADER = 16
_BY_HASH = 1


def details(one: bytes, other: bytes, inside: Inside) -> Iterator[Detail] | None:  # noqa: ARG001
    return _details(one, other) if _is_compiled(one) and _is_compiled(other) else None


def _details(one: bytes, other: bytes) -> Iterator[Detail]:
    if one[:8] == other[:8] and not one[4] & _BY_HASH and one[8:12] != other[8:12]:
        before, after = (b"%d" % int.from_bytes(each[8:12], "little") for each in (one, other))
        yield Detail(What.TIME, before, after, ("header of the compiled module",))
    if one[_HEADER:] != other[_HEADER:]:
        yield from (each.inside("code") for each in binary.details(one[_HEADER:], other[_HEADER:]))


def _is_compiled(data: bytes) -> bool:
    """Every version of Python has a number that ends so; then flags that are hardly ever set."""
    return data[2:4] == b"\r\n" and data[4:8] in (bytes(4), b"\1\0\0\0", b"\3\0\0\0")
