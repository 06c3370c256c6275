"""Reads a tar of anybody as a tree. Nothing in it reaches a disk, so it can do no harm there.

What is refused: names that lead out, hard links to what is not in the archive, two files of one
name, headers that are damaged or larger than a header has reason to be, an archive that breaks off.
A link may lead anywhere: whoever follows it does so inside of the image.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, NamedTuple

from envc.facts.problem import Problem
from envc.images.canonical import BLOCK, CAPABILITY, OPAQUE, WHITEOUT
from envc.images.folder import plain_capability
from envc.images.tree import (
    File,
    Folder,
    Gone,
    Link,
    Node,
    Path,
    RefusedError,
    Special,
    at,
    parts,
    put,
    rights,
    shown,
)
from envc.store.content import CHUNK

_LARGEST_HEADER = 1 << 20
_DIGITS = 19
"""Of the greatest number that anybody writes into a header."""
_MOST = 5_000_000
"""Entries; a tree of so many is a trap."""
_OCTAL = frozenset(b"01234567")
_SPARSE = b"GNU.sparse."
_FILES = (b"0", b"\0", b"7")
_KINDS = {b"3": "device", b"4": "device", b"6": "pipe"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes inside of another file."""

    file: IO[bytes]
    start: int
    size: int

    def chunks(self) -> Iterator[bytes]:
        place, left, number = self.start, self.size, self.file.fileno()
        while left and (chunk := os.pread(number, min(CHUNK, left), place)):
            place, left = place + len(chunk), left - len(chunk)
            yield chunk


class _Header(NamedTuple):
    name: bytes
    kind: bytes
    mode: int
    uid: int
    gid: int
    size: int
    target: bytes
    data: int
    """Where its bytes begin."""
    capability: bytes = b""


def read(file: IO[bytes]) -> Folder:
    """The file stays open as long as the tree is used. RefusedError where it is no such archive."""
    top = Folder(implied=True)
    for count, each in enumerate(_headers(file)):
        if count == _MOST:
            raise RefusedError(Problem(f"the archive holds more than {_MOST:,} entries"))
        path = parts(each.name)
        if path:
            _take(top, path, each, file)
    return top


def _take(top: Folder, path: Path, each: _Header, file: IO[bytes]) -> None:
    if path[-1] == OPAQUE:
        _hide(top, path[:-1])
        return
    gone = path[-1].removeprefix(WHITEOUT)
    if gone == path[-1]:
        _place(top, path, _node(top, each, file))
    elif parts(gone) == (gone,):
        _place(top, (*path[:-1], gone), Gone())
    else:
        raise RefusedError(Problem(f"`{shown(path)}` says of no file that it is gone"))


def _place(top: Folder, path: Path, node: Node) -> None:
    old = at(top, path)
    if isinstance(old, Folder) and isinstance(node, Folder):
        put(top, path, Folder(node.mode, node.uid, node.gid, old.entries, opaque=old.opaque))
    elif old is None or (isinstance(old, Gone) and not isinstance(node, Gone)):
        put(top, path, node)
    elif not isinstance(node, Gone):  # a whiteout is of what is below, never of the layer's own
        raise RefusedError(Problem(f"the archive holds `{shown(path)}` twice"))


def _hide(top: Folder, path: Path) -> None:
    old = at(top, path) if path else None
    if isinstance(old, Folder):
        put(top, path, Folder(old.mode, old.uid, old.gid, old.entries, old.implied, opaque=True))
    elif path and old is None:
        put(top, path, Folder(implied=True, opaque=True))
    else:
        raise RefusedError(Problem(f"a layer hides all that is in `/{shown(path)}`"))


def _node(top: Folder, each: _Header, file: IO[bytes]) -> Node:
    if each.kind in _FILES:
        piece = Piece(file, each.data, each.size)
        return File(each.mode, each.size, piece, each.uid, each.gid, each.capability)
    if each.kind == b"1":
        return _linked(top, each)
    if each.kind == b"2":
        return Link(each.target, each.uid, each.gid)
    if each.kind == b"5":
        return Folder(each.mode, each.uid, each.gid)
    if each.kind in _KINDS:
        return Special(_KINDS[each.kind])
    name = shown((each.name,))
    raise RefusedError(Problem(f"`{name}` in the archive is of a kind that envc does not know"))


def _linked(top: Folder, each: _Header) -> Node:
    original = at(top, parts(each.target))
    if isinstance(original, File | Link | Special):
        return original
    name, whither = shown((each.name,)), shown((each.target,))
    message = f"`{name}` is a hard link to `{whither}`, which is no file before it"
    raise RefusedError(Problem(message))


# ---- headers -------------------------------------------------------------------------------------


def _headers(file: IO[bytes]) -> Iterator[_Header]:
    everywhere: dict[bytes, bytes] = {}
    here: dict[bytes, bytes] = {}
    end = os.fstat(file.fileno()).st_size
    place = 0
    while block := _block(file, place):
        place += BLOCK
        kind, size = block[156:157], _number(block[124:136])
        if kind in (b"x", b"g"):
            (here if kind == b"x" else everywhere).update(_records(_more(file, place, size)))
        elif kind in (b"L", b"K"):
            here[b"path" if kind == b"L" else b"linkpath"] = _text(_more(file, place, size))
        else:
            found = _header(block, place, {**everywhere, **here})
            here, size = {}, found.size
            yield found
        if place + size > end:
            raise RefusedError(_BROKEN_OFF)
        place += size + -size % BLOCK


_BROKEN_OFF = Problem("the archive breaks off in the middle", "was it written whole?")
_DAMAGED = Problem("this is not a tar, or a damaged one")


def _block(file: IO[bytes], place: int) -> bytes:
    """Nothing where the archive is at its end."""
    block = os.pread(file.fileno(), BLOCK, place)
    if len(block) < BLOCK:
        raise RefusedError(_BROKEN_OFF if place else _DAMAGED)
    if not any(block):
        return b""
    if sum(block) - sum(block[148:156]) + 8 * 0x20 != _number(block[148:156]):
        raise RefusedError(_DAMAGED)
    return block


def _more(file: IO[bytes], data: int, size: int) -> bytes:
    if size > _LARGEST_HEADER:
        raise RefusedError(Problem("the archive says more about a file than fits into a header"))
    more = os.pread(file.fileno(), size, data)
    if len(more) < size:
        raise RefusedError(_BROKEN_OFF)
    return more


def _header(block: bytes, data: int, said: Mapping[bytes, bytes]) -> _Header:
    if any(key.startswith(_SPARSE) for key in said):
        raise RefusedError(
            Problem("the archive has files with holes", "pack it without `--sparse`")
        )
    name, target, kind = _text(block[:100]), _text(block[157:257]), block[156:157]
    if block[257:263] == b"ustar\0" and (above := _text(block[345:500])):
        name = b"%b/%b" % (above, name)
    name = said.get(b"path", name)
    if kind in _FILES and name.endswith(b"/"):  # as it was before there was a kind for it
        kind = b"5"
    size = _decimal(said, b"size", _number(block[124:136]))
    return _Header(
        name,
        kind,
        rights(_number(block[100:108])),
        _decimal(said, b"uid", _number(block[108:116])),
        _decimal(said, b"gid", _number(block[116:124])),
        size if kind in _FILES else 0,
        said.get(b"linkpath", target),
        data,
        plain_capability(said.get(CAPABILITY, b"")),
    )


def _records(more: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 0
    while more[place : place + 1].strip(b"\0"):
        length = more[place : more.find(b" ", place)]
        end = place + (int(length) if length.isdigit() and len(length) < _DIGITS else 0)
        key, equals, value = more[place + len(length) + 1 : end].partition(b"=")
        if not equals or not value.endswith(b"\n") or end > len(more):
            raise RefusedError(_DAMAGED)
        yield key, value[:-1]
        place = end


def _text(field: bytes) -> bytes:
    return field.partition(b"\0")[0]


def _number(field: bytes) -> int:
    """Octal digits, or GNU's form for great numbers."""
    if field[0] == 0x80:
        return int.from_bytes(field[1:])
    digits = field.strip(b" \0") or b"0"
    if not _OCTAL.issuperset(digits):
        raise RefusedError(_DAMAGED)
    return int(digits, 8)


def _decimal(said: Mapping[bytes, bytes], key: bytes, plain: int) -> int:
    value = said.get(key)
    if value is None:
        return plain
    if not value.isdigit() or len(value) > _DIGITS:
        raise RefusedError(_DAMAGED)
    return int(value)
