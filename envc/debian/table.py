"""Sorted lines in a file, found by halving: what is kept of an index, to be read in no time.

    head = "envc-table" FORMAT KEY CRC LENGTH* LF
    line = NAME TAB ANYTHING LF

The key says what the lines were made from. They can be made again at any time, so a file that is
damaged, of another format or of another user is as good as none.
"""

import os
import re
import stat
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import groupby
from typing import NamedTuple
from zlib import crc32

from envc.store import content, safety
from envc.store.folders import DERIVED
from envc.store.incoming import incoming

FORMAT = 2
_LINE = re.compile(rb"([^\t\n]*)[^\n]*\n")
_UNUSED = 90 * 24 * 3600
"""Seconds after which a file is removed, however often it is used: it is quickly made again."""


class Lines(NamedTuple):
    buffer: bytes
    start: int
    end: int

    def find(self, name: str) -> Iterator[str]:
        """What stands behind a name, in the order in which it was written."""
        wanted = name.encode(errors="replace") + b"\t"
        if b"\n" in wanted or b"\t" in wanted[:-1]:
            return
        place, long = self._first(wanted), len(wanted)
        while place < self.end and self.buffer[place : place + long] == wanted:
            end = self.buffer.index(b"\n", place)
            yield self.buffer[place + long : end].decode()
            place = end + 1

    def names(self) -> Iterator[str]:
        """Each once."""
        found = (match[1] for match in _LINE.finditer(self.buffer, self.start, self.end))
        return (name.decode() for name, _ in groupby(found))

    def _first(self, wanted: bytes) -> int:
        low, high = self.start, self.end
        while low < high:
            middle = self.buffer.rfind(b"\n", low, (low + high) // 2) + 1 or low
            if self.buffer[middle : middle + len(wanted)] < wanted:
                low = self.buffer.index(b"\n", middle) + 1
            else:
                high = middle
        return low


Table = tuple[Lines, ...]


class Made(NamedTuple):
    data: bytes
    """What the file is to hold."""
    table: Table


def made(key: str, sections: Sequence[Iterable[str]]) -> Made:
    """The lines of each section are sorted by their names already."""
    body, lengths = bytearray(), []
    for lines in sections:
        before = len(body)
        for line in lines:
            body += line.encode()
            body += b"\n"
        lengths.append(len(body) - before)
    counts = " ".join(map(str, lengths))
    head = f"envc-table {FORMAT} {key} {crc32(body):08x} {counts}\n".encode()
    data = head + body
    return Made(data, _parted(data, len(head), lengths))


def read(data: bytes, key: str, sections: int) -> Table | None:
    """None where it is not whole, or something else."""
    head = data[: data.find(b"\n", 0, 1000)]
    words = head.decode(errors="replace").split(" ")
    if words[:3] != ["envc-table", str(FORMAT), key] or len(words) != 4 + sections:
        return None
    start, lengths = len(head) + 1, words[4:]
    # Against damage, not against forgery: nobody else can write into the folder.
    if f"{crc32(memoryview(data)[start:]):08x}" != words[3]:
        return None
    if not all(length.isdecimal() for length in lengths):
        return None
    counts = [int(length) for length in lengths]
    return _parted(data, start, counts) if start + sum(counts) == len(data) else None


def _parted(data: bytes, start: int, lengths: Iterable[int]) -> Table:
    found: list[Lines] = []
    for length in lengths:
        found.append(Lines(data, start, start + length))
        start += length
    return tuple(found)


def path(folder: str, key: str) -> str:
    return os.path.join(folder, DERIVED, f"{key}-{FORMAT}")


def kept(folder: str, key: str, sections: int) -> Table | None:
    """What was made before, and is still as it was."""
    if safety.refusal(folder) or safety.refusal_inside(os.path.join(folder, DERIVED)):
        return None
    try:
        with content.open_plain(path(folder, key), follow=False) as file:
            found = os.fstat(file.fileno())
            if found.st_uid != os.geteuid() or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
                return None
            return read(file.read(), key, sections)
    except OSError:
        return None


def keep(folder: str, key: str, data: bytes) -> None:
    """OSError where the disk says no, or where others could change the folder."""
    inside = os.path.join(folder, DERIVED)
    safety.make_folder(inside)
    if refused := safety.refusal(folder) or safety.refusal_inside(inside):
        raise OSError(0, refused.message, inside)
    _sweep(inside)
    place = path(folder, key)
    with incoming(f"{place}.new") as coming:
        try:
            coming.restart()
            coming.write(data)
            coming.settle(place)
        except OSError:
            coming.give_up()
            raise


def _sweep(folder: str) -> None:
    with os.scandir(folder) as found:
        for each in found:
            with suppress(FileNotFoundError):  # another process sweeps, too
                if each.stat(follow_symlinks=False).st_mtime < time.time() - _UNUSED:
                    os.unlink(each.path)
