"""What a package of Debian installs, without any program of Debian."""

import gzip
import io
import lzma
from typing import IO, TYPE_CHECKING, cast

from envc.facts.problem import Problem

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_MAGIC = b"!<arch>\n"
_HEADER = 60


def files(package: IO[bytes], name: str) -> IO[bytes] | Problem:
    """The tar in it; only what is asked for is read."""
    if package.read(len(_MAGIC)) != _MAGIC:
        return Problem(f"`{name}` is no package of Debian")
    while len(header := package.read(_HEADER)) == _HEADER:
        member = header[:16].rstrip(b" /")
        size = int(header[48:58])
        if member.startswith(b"data.tar"):
            return _opened(member, io.BufferedReader(_Part(package, size)), name)
        package.seek(size + size % 2, 1)
    return Problem(f"`{name}` holds no files")


def _opened(member: bytes, part: io.BufferedReader, name: str) -> IO[bytes] | Problem:
    if member == b"data.tar":
        return part
    if member == b"data.tar.xz":
        return lzma.LZMAFile(part)
    if member == b"data.tar.gz":
        return cast("IO[bytes]", gzip.GzipFile(fileobj=part))
    how = member.rpartition(b".")[2].decode("ascii", "replace")
    return Problem(f"`{name}` is packed by {how}, which envc cannot unpack")


class _Part(io.RawIOBase):
    """So many bytes from where a file stands."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file = file
        self._left = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer)
        data = self._file.read(min(len(view), self._left))
        view[: len(data)] = data
        self._left -= len(data)
        return len(data)
