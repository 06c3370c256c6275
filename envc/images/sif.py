"""A SIF: the file that Apptainer and SingularityCE start, written without either.

https://github.com/apptainer/sif: a head, a table of parts, and the parts. Nothing in it is of a
clock or of chance: it bears the time of all that is in it, and its name follows from its contents.
"""

import struct
import uuid
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import IO, NamedTuple, Protocol

from envc.facts.problem import Problem
from envc.images.tree import RefusedError
from envc.store.content import CHUNK, Content

DEFINITION, LABELS, PARTITION, JSON = 0x4001, 0x4003, 0x4004, 0x4006
METADATA = "inspect-metadata.json"
"""What `apptainer inspect` tells without starting anything."""
_LAUNCH = b"#!/usr/bin/env run-singularity\n"
_MAGIC = b"SIF_MAGIC\0"
_HEAD = struct.Struct("<32s10s3s3s16s8q")
_ROW = struct.Struct("<i?IIIqqqqqqq128s384s")
_ROWS = 48
"""How many parts there is room for, used or not."""
_TABLE = 4096
_DATA = _TABLE + _ROWS * _ROW.size
_PAGE = 4096
_GROUP = 0xF0000001
"""All parts belong to the one image."""
_SQUASHFS, _SYSTEM = 1, 2
_ARCHITECTURES = {
    "386": b"01",
    "amd64": b"02",
    "arm": b"03",
    "arm64": b"04",
    "ppc64": b"05",
    "ppc64le": b"06",
    "s390x": b"11",
    "riscv64": b"12",
}


class Bytes(Protocol):
    """A part's own, to be read as often as anybody wants."""

    def chunks(self) -> Iterator[bytes]: ...


class Part(NamedTuple):
    kind: int
    name: str
    content: Content
    data: Bytes


def known(architecture: str) -> bool:
    return architecture in _ARCHITECTURES


def chunks(parts: Sequence[Part], architecture: str, time: int) -> Iterator[bytes]:
    """The file, from its first byte to its last; `architecture` in OCI's words."""
    rows, place = [], _DATA
    for number, part in enumerate(parts, 1):
        start = _start(part, place)
        extra = _partition(architecture) if part.kind == PARTITION else b""
        size = part.content.size
        row = (part.kind, True, number, _GROUP, 0, start, size, start - place + size)
        rows.append(_ROW.pack(*row, time, time, 0, 0, part.name.encode(), extra))
        place = start + size
    room = (_ROWS - len(rows), _ROWS, _TABLE, _ROWS * _ROW.size, _DATA, place - _DATA)
    code = _ARCHITECTURES[architecture] + b"\0"
    yield _HEAD.pack(_LAUNCH, _MAGIC, b"01\0", code, _name(parts), time, time, *room)
    yield bytes(_TABLE - _HEAD.size)
    yield b"".join(rows).ljust(_ROWS * _ROW.size, b"\0")
    place = _DATA
    for part in parts:
        start = _start(part, place)
        yield bytes(start - place)
        yield from part.data.chunks()
        place = start + part.content.size


def _start(part: Part, place: int) -> int:
    """A file system begins with a page, so that it can be mapped and mounted."""
    return place + -place % _PAGE if part.kind == PARTITION else place


def _partition(architecture: str) -> bytes:
    return struct.pack("<ii3s", _SQUASHFS, _SYSTEM, _ARCHITECTURES[architecture])


def _name(parts: Sequence[Part]) -> bytes:
    said = "".join(f"{each.kind} {each.name} {each.content.digest}\n" for each in parts)
    return uuid.UUID(bytes=sha256(said.encode()).digest()[:16], version=4).bytes


# ---- reading -------------------------------------------------------------------------------------


class Found(NamedTuple):
    """A part of a file that is there."""

    kind: int
    name: str
    start: int
    size: int


def is_sif(file: IO[bytes]) -> bool:
    file.seek(32)
    return file.read(len(_MAGIC)) == _MAGIC


def read(file: IO[bytes]) -> tuple[Found, ...]:
    """RefusedError where it is none, or says that its parts lie outside of it."""
    file.seek(0, 2)
    end = file.tell()
    file.seek(0)
    head = file.read(_HEAD.size)
    if len(head) < _HEAD.size or not is_sif(file):
        raise RefusedError(Problem("this is no SIF"))
    *_, rows, table, _, _, _ = _HEAD.unpack(head)
    if not (0 <= rows <= CHUNK // _ROW.size and 0 < table <= end - rows * _ROW.size):
        raise RefusedError(_DAMAGED)
    file.seek(table)
    read_rows = _ROW.iter_unpack(file.read(rows * _ROW.size))
    found = tuple(
        Found(row[0], row[12].rstrip(b"\0").decode("utf-8", "replace"), row[5], row[6])
        for row in read_rows
        if row[1]
    )
    if any(each.start < 0 or each.size < 0 or each.start + each.size > end for each in found):
        raise RefusedError(_DAMAGED)
    return found


_DAMAGED = Problem("this SIF is damaged, or was not copied whole")
