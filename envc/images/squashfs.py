"""Reads a squashfs as a tree, without mounting or unpacking it.

https://docs.kernel.org/filesystems/squashfs.html: version 4, as Linux has had it since 2009.
Attributes of files are left out: what Apptainer writes has none.
"""

import lzma
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, NamedTuple

from envc.images.blocks import DAMAGED, Cursor, Disk, stored
from envc.images.tree import File, Folder, Link, Node, RefusedError, Special, parts, rights

_COMMON = struct.Struct("<HHHHII")
_FOLDER, _LONG_FOLDER = struct.Struct("<IIHHI"), struct.Struct("<IIIIHHI")
_FILE, _LONG_FILE = struct.Struct("<IIII"), struct.Struct("<QQQIIII")
_LINK = struct.Struct("<II")
_RUN, _NAMED = struct.Struct("<III"), struct.Struct("<HhHH")
_ID, _FRAGMENT = struct.Struct("<I"), struct.Struct("<QII")
_NO_FRAGMENT = 0xFFFFFFFF
_LARGEST = 1 << 44
_MOST = 5_000_000
_SPECIAL = {4: "device", 5: "device", 6: "pipe", 7: "socket"}
_LONG = 7
"""A kind's number, and this: its longer form."""


class _Listing(NamedTuple):
    """Where the names in a folder stand."""

    block: int
    offset: int
    size: int


_NOTHING = _Listing(0, 0, 0)


def read(file: IO[bytes], start: int, size: int) -> Folder:
    """Of a part of a file, which stays open as long as the tree is used."""
    try:
        return _Reader(Disk(file, start, size)).tree()
    except _BROKEN as error:
        raise RefusedError(DAMAGED) from error


_BROKEN = (struct.error, IndexError, KeyError, zlib.error, lzma.LZMAError, ValueError)
"""What Python says of numbers that lead nowhere."""


class _Reader:
    def __init__(self, disk: Disk) -> None:
        head = disk.head
        self._disk = disk
        self._ids = disk.table(head.id_table, head.ids, _ID)
        self._fragments = _Fragments(
            disk, tuple(disk.table(head.fragment_table, head.fragments, _FRAGMENT))
        )

    def tree(self) -> Folder:
        """Names of one inode are names of one file."""
        nodes: dict[int, Node] = {}
        top, listing = self._inode(self._disk.head.root)
        if not isinstance(top, Folder):
            raise RefusedError(DAMAGED)
        waiting = [(top, listing)]
        while waiting:
            folder, listing = waiting.pop()
            for name, place in self._names(listing):
                if parts(name) != (name,) or isinstance(nodes.get(place), Folder):
                    raise RefusedError(DAMAGED)  # a folder in itself, or a name that leads out
                if place not in nodes:
                    node, below = self._inode(place)
                    nodes[place] = node
                    if isinstance(node, Folder):
                        waiting.append((node, below))
                folder.entries[name] = nodes[place]
            if len(nodes) > _MOST:
                raise RefusedError(DAMAGED)
        return top

    def _inode(self, place: int) -> tuple[Node, _Listing]:
        cursor = Cursor(self._disk, self._disk.head.inode_table + (place >> 16), place & 0xFFFF)
        kind, mode, owner, group, _, _ = cursor.take(_COMMON)
        who = (self._ids[owner][0], self._ids[group][0])
        is_long = kind > _LONG
        kind -= _LONG if is_long else 0
        if kind == 1:
            return Folder(rights(mode), *who), _listing(cursor, is_long=is_long)
        if kind == 2:
            blocks = self._blocks(cursor, is_long=is_long)
            return File(rights(mode), blocks.size, blocks, *who), _NOTHING
        if kind == 3:
            _, size = cursor.take(_LINK)
            return Link(cursor.read(size), *who), _NOTHING
        return Special(_SPECIAL[kind]), _NOTHING

    def _names(self, listing: _Listing) -> Iterator[tuple[bytes, int]]:
        """Runs of names whose inodes are in one block; three bytes stand for `.` and `..`."""
        left = listing.size - 3
        if left <= 0:
            return
        place = self._disk.head.folder_table + listing.block
        cursor = Cursor(self._disk, place, listing.offset)
        while left > 0:
            more, block, _ = cursor.take(_RUN)
            left -= _RUN.size
            for _ in range(more + 1):
                offset, _, _, length = cursor.take(_NAMED)
                left -= _NAMED.size + length + 1
                yield cursor.read(length + 1), block << 16 | offset

    def _blocks(self, cursor: Cursor, *, is_long: bool) -> "_Blocks":
        if is_long:
            place, size, _, _, fragment, offset, _ = cursor.take(_LONG_FILE)
        else:
            place, fragment, offset, size = cursor.take(_FILE)
        if size > _LARGEST:
            raise RefusedError(DAMAGED)
        block = self._disk.head.block
        count = -(-size // block) if fragment == _NO_FRAGMENT else size // block
        sizes = struct.unpack(f"<{count}I", cursor.read(4 * count))
        end = None if fragment == _NO_FRAGMENT else (fragment, offset)
        return _Blocks(self._disk, self._fragments, place, sizes, end, size)


def _listing(cursor: Cursor, *, is_long: bool) -> _Listing:
    if is_long:
        _, size, block, _, _, offset, _ = cursor.take(_LONG_FOLDER)
    else:
        block, _, size, offset, _ = cursor.take(_FOLDER)
    return _Listing(block, offset, size)


# ---- what files hold -----------------------------------------------------------------------------


@dataclass(slots=True)
class _Fragments:
    """Blocks that hold the ends of many files, of which the last is read most often."""

    disk: Disk
    rows: tuple[tuple[int, ...], ...]
    last: tuple[int, bytes] = (-1, b"")

    def at(self, number: int) -> bytes:
        if self.last[0] != number:
            place, said, _ = self.rows[number]
            self.last = (number, self.disk.data(place, said))
        return self.last[1]


@dataclass(frozen=True, slots=True)
class _Blocks:
    """The bytes of a file: whole blocks, then an end among those of other files."""

    disk: Disk
    fragments: _Fragments
    place: int
    sizes: tuple[int, ...]
    end: tuple[int, int] | None
    size: int

    def chunks(self) -> Iterator[bytes]:
        try:
            yield from self._chunks()
        except _BROKEN as error:
            raise RefusedError(DAMAGED) from error

    def _chunks(self) -> Iterator[bytes]:
        place, left = self.place, self.size
        for said in self.sizes:
            count = min(self.disk.head.block, left)
            # Nothing is stored of a block that is all zeros.
            yield self.disk.data(place, said)[:count] if said else bytes(count)
            place += stored(said)
            left -= count
        if self.end is not None and left:
            number, offset = self.end
            yield self.fragments.at(number)[offset : offset + left]
