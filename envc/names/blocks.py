"""A sorted table on disk that is read in parts: one name costs one small block, not the table.

    file   = "envc-names 1 " fact* "\\n" index block*
    index  = the first name, the length and the offset of each block, packed
    block  = records, packed
    record = name ("\\t" field)* "\\n" (" " field ("\\t" field)* "\\n")*

Packed with zlib: reading a block takes less time than importing a stronger program would.
"""

import re
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

_MAGIC = "envc-names 1"
_BLOCK = 48_000
"""Letters of a block. Twice as many save 3 % of the file and take twice as long to read."""


class Record(NamedTuple):
    name: str
    fields: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()


_NAMES = re.compile(r"^[^ \t\n]+", re.MULTILINE)
_REST = r"((?:\t[^\t\n]*)*)\n((?: [^\n]*\n)*)"
_RECORD = re.compile(r"^([^ \t\n]+)" + _REST, re.MULTILINE)


class Table:
    """Reads its file when it is first asked, and only what it needs of it."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._text = lru_cache(maxsize=64)(self._read)

    def record(self, name: str) -> Record | None:
        at = bisect_right(self._firsts, name) - 1
        if at < 0:
            return None
        # The block is searched, not read: of a thousand records one is wanted.
        found = re.search(f"^{re.escape(name)}{_REST}", self._text(at), re.MULTILINE)
        return _record(name, found[1], found[2]) if found is not None else None

    def records(self) -> Iterator[Record]:
        for at in range(len(self._firsts)):
            for found in _RECORD.finditer(self._text(at)):
                yield _record(found[1], found[2], found[3])

    def beginning(self, prefix: str) -> Iterator[str]:
        """The names that begin so, in order; only the blocks that hold them are read."""
        for at in range(max(bisect_right(self._firsts, prefix) - 1, 0), len(self._firsts)):
            for name in _NAMES.findall(self._text(at)):
                if name.startswith(prefix):
                    yield name
                elif name > prefix:
                    return

    def names(self) -> Iterator[str]:
        for at in range(len(self._firsts)):
            yield from _NAMES.findall(self._text(at))

    @property
    def facts(self) -> tuple[str, ...]:
        return self._head[0]

    # ---- the file ---------------------------------------------------------------------------

    @cached_property
    def _head(self) -> tuple[tuple[str, ...], list[str], list[tuple[int, int]]]:
        """The facts of the first line, the first name of each block, and where each is."""
        with open(self.path, "rb") as file:
            line = file.readline().decode()
            *facts, length = line.removeprefix(_MAGIC).split()
            index = zlib.decompress(file.read(int(length))).decode()
        firsts: list[str] = []
        places: list[tuple[int, int]] = []
        start = len(line.encode()) + int(length)
        for entry in index.splitlines():
            first, size = entry.split("\t")
            firsts.append(first)
            places.append((start, int(size)))
            start += int(size)
        return tuple(facts), firsts, places

    @property
    def _firsts(self) -> list[str]:
        return self._head[1]

    def _read(self, at: int) -> str:
        start, size = self._head[2][at]
        with open(self.path, "rb") as file:
            file.seek(start)
            return zlib.decompress(file.read(size)).decode()


def packed(facts: Iterable[str], records: Iterable[Record]) -> bytes:
    """The whole file. The same records give the same bytes wherever zlib is the same."""
    blocks: list[tuple[str, bytes]] = []
    lines: list[str] = []
    first, size = "", 0
    for record in sorted(records):
        if size > _BLOCK:
            blocks.append((first, _pack(lines)))
            lines, size = [], 0
        first = first if lines else record.name
        lines.append(_written(record))
        size += len(lines[-1])
    blocks.append((first, _pack(lines)))
    index = _pack([f"{first}\t{len(block)}\n" for first, block in blocks])
    head = " ".join([_MAGIC, *facts, str(len(index))]) + "\n"
    return b"".join([head.encode(), index, *(block for _, block in blocks)])


def _pack(lines: list[str]) -> bytes:
    return zlib.compress("".join(lines).encode(), 9)


def _written(record: Record) -> str:
    rows = (" " + "\t".join(row) for row in record.rows)
    return "\n".join(["\t".join([record.name, *record.fields]), *rows]) + "\n"


def _record(name: str, fields: str, rows: str) -> Record:
    read = (tuple(row[1:].split("\t")) for row in rows.split("\n")[:-1])
    return Record(name, tuple(fields.split("\t")[1:]), tuple(read))
