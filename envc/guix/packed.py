"""A table of names that is read a block at a time.

    envc guix table 1
    {"commit": "230aa…", "blocks": [["0ad", 2213], ["abook", 2190], …]}
    the blocks, one behind the other

Names are sorted. The second line says with which name each block begins and how many bytes it has.
A block is compressed JSON, from names to what is known of them.
"""

import json
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import accumulate
from typing import Any

_MAGIC = b"envc guix table 1\n"
_NAMES_A_BLOCK = 48


class Packed:
    """What `packed` made. Nothing but the two lines is read before somebody asks for a name."""

    def __init__(self, content: bytes) -> None:
        if not content.startswith(_MAGIC):
            raise ValueError("this is no table of Guix' packages, or one of another envc")
        header, _, self._body = content.removeprefix(_MAGIC).partition(b"\n")
        said = json.loads(header)
        self.commit: str = said["commit"]
        self._first = [name for name, _ in said["blocks"]]
        self._ends = list(accumulate(length for _, length in said["blocks"]))
        self._block = lru_cache(maxsize=8)(self._read)

    def get(self, name: str) -> Any:
        """What is known of a name; None where it is not in the table."""
        place = bisect_right(self._first, name) - 1
        return self._block(place).get(name) if place >= 0 else None

    def items(self) -> Iterator[tuple[str, Any]]:
        for place in range(len(self._first)):
            yield from self._read(place).items()

    def _read(self, place: int) -> dict[str, Any]:
        start = self._ends[place - 1] if place else 0
        found: dict[str, Any] = json.loads(zlib.decompress(self._body[start : self._ends[place]]))
        return found


def packed(commit: str, table: Mapping[str, Any]) -> bytes:
    """The same table and the same zlib give the same bytes."""
    names = sorted(table)
    starts = range(0, len(names), _NAMES_A_BLOCK)
    groups = [names[start : start + _NAMES_A_BLOCK] for start in starts]
    blocks = [zlib.compress(_json({name: table[name] for name in group}), 9) for group in groups]
    sizes = [[group[0], len(block)] for group, block in zip(groups, blocks, strict=True)]
    header = _json({"commit": commit, "blocks": sizes})
    return _MAGIC + header + b"\n" + b"".join(blocks)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
