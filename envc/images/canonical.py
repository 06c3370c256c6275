"""Writes a tree as a tar: the same bytes for the same tree, whoever does it, and wherever.

POSIX tar. Entries go by name, a folder before what it holds. Owners are numbers, all bears one
time, no file has setuid or setgid. An extended header stands only where a plain one cannot say it:
names that are long or not of ASCII, great numbers, and the capabilities of a program. The second
and later names of a file are hard links to the first.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import IO, NamedTuple

from envc.facts.problem import Problem
from envc.images.tree import (
    File,
    Folder,
    Gone,
    Link,
    Node,
    Path,
    RefusedError,
    Special,
    shown,
    walk,
)
from envc.store.content import Content

BLOCK = 512
CAPABILITY = b"SCHILY.xattr.security.capability"
WHITEOUT, OPAQUE = b".wh.", b".wh..wh..opq"
_KEPT_RIGHTS = 0o1777
"""All but setuid and setgid: nothing in an image gets the rights of somebody else."""
_LONGEST = 100
_LARGEST_ID = 0o7777777
_LARGEST = 0o77777777777


class Entry(NamedTuple):
    """One header of the archive."""

    name: bytes
    kind: bytes
    mode: int
    uid: int = 0
    gid: int = 0
    size: int = 0
    target: bytes = b""
    capability: bytes = b""


def write(top: Folder, out: IO[bytes], time: int) -> Content:
    """Streams: a file is never in memory. RefusedError for what cannot be in an image."""
    hashed, size = sha256(), 0
    for chunk in chunks(top, time):
        out.write(chunk)
        hashed.update(chunk)
        size += len(chunk)
    return Content(f"sha256:{hashed.hexdigest()}", size)


def chunks(top: Folder, time: int) -> Iterator[bytes]:
    names: dict[int, bytes] = {}
    for path, node in walk(top):
        for entry in _entries(path, node, names):
            yield header(entry, time)
        if isinstance(node, File) and names[id(node)] == b"/".join(path):
            yield from _whole(path, node)
            yield bytes(-node.size % BLOCK)
    yield bytes(2 * BLOCK)


def _entries(path: Path, node: Node, names: dict[int, bytes]) -> Iterator[Entry]:
    name = b"/".join(path)
    if path[-1].startswith(WHITEOUT):
        message = f"`{shown(path)}` cannot be in an image: `.wh.` says there that a file is gone"
        raise RefusedError(Problem(message))
    match node:
        case File():
            first = names.setdefault(id(node), name)
            if first == name:
                facts = (node.mode & _KEPT_RIGHTS, node.uid, node.gid, node.size)
                yield Entry(name, b"0", *facts, capability=node.capability)
            else:
                yield Entry(name, b"1", node.mode & _KEPT_RIGHTS, node.uid, node.gid, target=first)
        case Link():
            yield Entry(name, b"2", 0o777, node.uid, node.gid, target=node.target)
        case Folder():
            if not node.implied:
                yield Entry(name + b"/", b"5", node.mode & _KEPT_RIGHTS, node.uid, node.gid)
            if node.opaque:
                yield Entry(b"/".join((name, OPAQUE)), b"0", 0o644)
        case Gone():
            yield Entry(b"/".join((*path[:-1], WHITEOUT + path[-1])), b"0", 0o644)
        case Special():
            raise RefusedError(Problem(f"`{shown(path)}` is a {node.kind}: no image has one"))


def _whole(path: Path, node: File) -> Iterator[bytes]:
    left = node.size
    for chunk in node.data.chunks():
        left -= len(chunk)
        yield chunk
    if left:
        raise RefusedError(Problem(f"`{shown(path)}` changed while it was read"))


# ---- headers -------------------------------------------------------------------------------------


def header(entry: Entry, time: int) -> bytes:
    more = b"".join(_record(key, value) for key, value in _extended(entry))
    plain = _plain(entry, time)
    if not more:
        return plain
    about = _plain(Entry(b"PaxHeaders/" + entry.name, b"x", 0o644, size=len(more)), time)
    return b"".join((about, more, bytes(-len(more) % BLOCK), plain))


def _extended(entry: Entry) -> Iterator[tuple[bytes, bytes]]:
    """What a plain header has no room or no letters for."""
    texts = ((b"linkpath", entry.target), (b"path", entry.name))
    odd = [(key, text) for key, text in texts if len(text) > _LONGEST or not text.isascii()]
    if not all(map(_is_utf8, (text for _, text in odd))):
        yield b"hdrcharset", b"BINARY"
    yield from odd
    for key, number, largest in (
        (b"gid", entry.gid, _LARGEST_ID),
        (b"size", entry.size, _LARGEST),
        (b"uid", entry.uid, _LARGEST_ID),
    ):
        if number > largest:
            yield key, b"%d" % number
    if entry.capability:
        yield CAPABILITY, entry.capability


def _record(key: bytes, value: bytes) -> bytes:
    """Its length is part of its length."""
    rest = b" %b=%b\n" % (key, value)
    length = len(rest) + len(str(len(rest)))
    return b"%d%b" % (len(rest) + len(str(length)), rest)


def _plain(entry: Entry, time: int) -> bytes:
    fields = (
        entry.name[:_LONGEST].ljust(_LONGEST, b"\0"),
        b"%07o\0" % entry.mode,
        b"%07o\0" % _fitting(entry.uid, _LARGEST_ID),
        b"%07o\0" % _fitting(entry.gid, _LARGEST_ID),
        b"%011o\0" % _fitting(entry.size, _LARGEST),
        b"%011o\0" % time,
        b" " * 8,
        entry.kind,
        entry.target[:_LONGEST].ljust(_LONGEST, b"\0"),
        b"ustar\x0000",
        bytes(64),
        b"0000000\x00" * 2,
        bytes(167),
    )
    block = b"".join(fields)
    return block[:148] + b"%06o\0 " % sum(block) + block[156:]


def _fitting(number: int, largest: int) -> int:
    return number if number <= largest else 0


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True
