"""SWHIDs of contents and folders, which are the names that git gives them.

https://www.swhid.org/specification, section 5: a folder is a list of entries, each a mode, a name
and the hash of what it names; folders are sorted as if their names ended with `/`.
"""

from collections.abc import Iterable
from hashlib import sha1

from envc.sources.tree import Content, File, Folder, Held, Link, Node

_FILE, _PROGRAM, _LINK, _FOLDER = b"100644", b"100755", b"120000", b"40000"


def content_id(content: Content) -> str:
    return f"swh:1:cnt:{_blob(content).hex()}"


def directory_id(folder: Folder) -> str:
    return f"swh:1:dir:{_directory(folder).hex()}"


def _directory(folder: Folder) -> bytes:
    lines = sorted(map(_line, folder.entries.items()))
    body = b"".join(mode + b" " + name + b"\0" + digest for _, mode, name, digest in lines)
    return _hash(b"tree", len(body), (body,))


def _line(entry: tuple[bytes, Node]) -> tuple[bytes, bytes, bytes, bytes]:
    """What it is sorted by, its mode, its name and its hash."""
    name, node = entry
    match node:
        case File(content, executable):
            return name, _PROGRAM if executable else _FILE, name, _blob(content)
        case Link(target):
            return name, _LINK, name, _blob(Held(target))
        case Folder():
            return name + b"/", _FOLDER, name, _directory(node)


def _blob(content: Content) -> bytes:
    return _hash(b"blob", content.size, content.chunks())


def _hash(kind: bytes, size: int, chunks: Iterable[bytes]) -> bytes:
    hashed = sha1(b"%s %d\0" % (kind, size), usedforsecurity=False)
    for chunk in chunks:
        hashed.update(chunk)
    return hashed.digest()
