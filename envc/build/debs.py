"""What a package of Debian installs, without any program of Debian."""

import gzip
import lzma
from typing import IO, cast

from envc.facts.problem import Problem

_MAGIC = b"!<arch>\n"
_HEADER = 60


def files(package: IO[bytes], name: str) -> IO[bytes] | Problem:
    """The tar in it, opened where the file stands; only what is asked for is read."""
    if package.read(len(_MAGIC)) != _MAGIC:
        return Problem(f"`{name}` is no package of Debian")
    while len(header := package.read(_HEADER)) == _HEADER:
        member = header[:16].rstrip(b" /")
        size = int(header[48:58])
        if member == b"data.tar":
            return package
        if member == b"data.tar.xz":
            return lzma.LZMAFile(package)
        if member == b"data.tar.gz":
            return cast("IO[bytes]", gzip.GzipFile(fileobj=package))
        if member.startswith(b"data.tar"):
            how = member.rpartition(b".")[2].decode("ascii", "replace")
            return Problem(f"`{name}` is packed by {how}, which envc cannot unpack")
        package.seek(size + size % 2, 1)
    return Problem(f"`{name}` holds no files")
