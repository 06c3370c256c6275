"""The blocks of a squashfs: names and numbers in blocks of 8 KiB, bytes of files in larger ones."""

import lzma
import os
import struct
import zlib
from collections.abc import Callable
from typing import IO, NamedTuple

from envc.facts.problem import Problem
from envc.images.tree import RefusedError

_HEAD = struct.Struct("<4s4I6H8Q")
_META = 8192
_LARGEST_BLOCK = 1 << 20
_PLAIN_META, _PLAIN_DATA = 0x8000, 1 << 24
"""The bit that says that a block is as it is, since packing would not have made it smaller."""
DAMAGED = Problem("the file system in the image is damaged")

Unpack = Callable[[bytes, int], bytes]


class Head(NamedTuple):
    magic: bytes
    inodes: int
    time: int
    block: int
    fragments: int
    packing: int
    log: int
    flags: int
    ids: int
    major: int
    minor: int
    root: int
    used: int
    id_table: int
    attribute_table: int
    inode_table: int
    folder_table: int
    fragment_table: int
    export_table: int


class Disk:
    """A part of a file that is a squashfs."""

    def __init__(self, file: IO[bytes], start: int, size: int) -> None:
        self._file, self._start, self._size = file, start, size
        self.head = Head(*_HEAD.unpack(self.read(0, _HEAD.size)))
        if (self.head.magic, self.head.major) != (b"hsqs", 4) or self.head.block > _LARGEST_BLOCK:
            raise RefusedError(Problem("this is no squashfs of version 4"))
        self._unpack = _unpacking(self.head.packing)
        self._blocks: dict[int, tuple[bytes, int]] = {}

    def read(self, place: int, count: int) -> bytes:
        if place < 0 or place + count > self._size:
            raise RefusedError(DAMAGED)
        return os.pread(self._file.fileno(), count, self._start + place)

    def data(self, place: int, said: int) -> bytes:
        """A block of a file; `said` is its size and whether it is packed."""
        data = self.read(place, stored(said))
        return data if said & _PLAIN_DATA else self._unpack(data, self.head.block)

    def table(self, place: int, count: int, row: struct.Struct) -> list[tuple[int, ...]]:
        blocks = -(-count * row.size // _META)
        places = struct.unpack(f"<{blocks}Q", self.read(place, blocks * 8)) if count else ()
        whole = b"".join(self.block(each)[0] for each in places)
        return list(row.iter_unpack(whole[: count * row.size]))

    def block(self, place: int) -> tuple[bytes, int]:
        """A block of names and numbers, and where the next one begins."""
        if place not in self._blocks:
            (said,) = struct.unpack("<H", self.read(place, 2))
            count = said & ~_PLAIN_META
            data = self.read(place + 2, count)
            plain = data if said & _PLAIN_META else self._unpack(data, _META)
            if not plain:
                raise RefusedError(DAMAGED)
            self._blocks[place] = (plain, place + 2 + count)
        return self._blocks[place]


def stored(said: int) -> int:
    """How much room a block of a file takes."""
    return said & ~_PLAIN_DATA


class Cursor:
    """Reads names and numbers one after the other, over the ends of blocks."""

    def __init__(self, disk: Disk, place: int, offset: int) -> None:
        self._disk = disk
        self._data, self._next = disk.block(place)
        self._at = offset

    def read(self, count: int) -> bytes:
        while len(self._data) < self._at + count:
            more, self._next = self._disk.block(self._next)
            self._data = self._data[self._at :] + more
            self._at = 0
        self._at += count
        return self._data[self._at - count : self._at]

    def take(self, row: struct.Struct) -> tuple[int, ...]:
        return row.unpack(self.read(row.size))


# ---- how blocks are packed -----------------------------------------------------------------------


def _unpacking(number: int) -> Unpack:
    if number not in _PACKINGS:
        name = {3: "lzo", 5: "lz4"}.get(number, "a way that envc does not know")
        advice = "build it with `--mksquashfs-args '-comp gzip'`"
        raise RefusedError(Problem(f"the file system in the image is packed by {name}", advice))
    return _PACKINGS[number]


def _gzip(data: bytes, most: int) -> bytes:
    return zlib.decompressobj().decompress(data, most)


def _xz(data: bytes, most: int) -> bytes:
    return lzma.LZMADecompressor().decompress(data, most)


def _zstd(data: bytes, most: int) -> bytes:
    try:
        from zstandard import ZstdDecompressor, ZstdError
    except ImportError as error:
        advice = "install it with `pip install zstandard`"
        problem = Problem("reading what is packed by zstd needs `zstandard`", advice)
        raise RefusedError(problem) from error
    try:
        return ZstdDecompressor().decompress(data, max_output_size=most)
    except ZstdError as error:
        raise ValueError(str(error)) from error


_PACKINGS: dict[int, Unpack] = {1: _gzip, 2: _xz, 4: _xz, 6: _zstd}
