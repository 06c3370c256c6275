"""A tree as the one tar file that stands for it: the same bytes on every machine."""

import tarfile
from collections.abc import Iterator
from typing import IO

from envc.sources.tree import File, Folder, Link, Node, Path, walk

TIME = 315_619_200
"""2 January 1980, which is after what zip files begin with in every time zone."""
_BLOCK = 512
_RECORD = 10_240


def write(folder: Folder, file: IO[bytes]) -> None:
    size = 0
    for piece in _pieces(folder):
        file.write(piece)
        size += len(piece)
    file.write(bytes(2 * _BLOCK))
    file.write(bytes(-(size + 2 * _BLOCK) % _RECORD))


def _pieces(folder: Folder) -> Iterator[bytes]:
    for path, node in walk(folder):
        yield _header(path, node)
        if isinstance(node, File):
            yield from node.content.chunks()
            yield bytes(-node.content.size % _BLOCK)


def _header(path: Path, node: Node) -> bytes:
    """GNU's, which takes names of any length and any bytes."""
    info = tarfile.TarInfo(_text(b"/".join(path)))
    info.mtime = TIME
    match node:
        case File(content, executable):
            info.size = content.size
            info.mode = 0o755 if executable else 0o644
        case Link(target):
            info.type, info.linkname, info.mode = tarfile.SYMTYPE, _text(target), 0o777
        case Folder():
            info.type, info.mode = tarfile.DIRTYPE, 0o755
    return info.tobuf(tarfile.GNU_FORMAT, "utf-8", "surrogateescape")


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")
