"""gzip: its header bears a time and a name; then what is packed."""

import zlib
from collections.abc import Iterator
from typing import NamedTuple

from envc.verify.difference import Detail, What
from envc.verify.kinds.members import Inside

_MAGIC = b"\x1f\x8b\x08"
_CRC, _EXTRA, _NAME, _COMMENT = 2, 4, 8, 16
_LARGEST = 1 << 28
"""Bytes that are unpacked to be looked at."""


class _Packed(NamedTuple):
    time: int
    name: bytes
    data: bytes


def details(one: bytes, other: bytes, inside: Inside) -> Iterator[Detail] | None:
    left, right = _read(one), _read(other)
    if left is None or right is None:
        return None
    return _details(left, right, inside)


def _details(one: _Packed, other: _Packed, inside: Inside) -> Iterator[Detail]:
    place = ("gzip header",)
    if one.time != other.time:
        before, after = (str(each.time).encode() for each in (one, other))
        yield Detail(What.TIME, before, after, place)
    if one.name != other.name:
        yield Detail(What.FIELD, one.name, other.name, places=place)
    yield from (each.inside("unpacked") for each in inside(one.data, other.data))


def _read(data: bytes) -> _Packed | None:
    if not data.startswith(_MAGIC) or len(data) < 18:
        return None
    flags, place, name = data[3], 10, b""
    if flags & _EXTRA:
        place += 2 + int.from_bytes(data[place : place + 2], "little")
    for flag in (_NAME, _COMMENT):
        if flags & flag:
            end = data.find(b"\0", place)
            if end < 0:
                return None
            name = data[place:end] if flag == _NAME else name
            place = end + 1
    try:
        unpacked = zlib.decompressobj(31).decompress(data, _LARGEST)
    except zlib.error:
        return None
    return _Packed(int.from_bytes(data[4:8], "little"), name, unpacked)
