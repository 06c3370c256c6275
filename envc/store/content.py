"""What a file holds, by its digest and its size."""

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import IO, NamedTuple

CHUNK = 1 << 20
KIND = "sha256"
_PREFIX = f"{KIND}:"
_HEX = frozenset("0123456789abcdef")


class Content(NamedTuple):
    digest: str
    size: int


def of_bytes(data: bytes) -> Content:
    return Content(_PREFIX + sha256(data).hexdigest(), len(data))


def of_chunks(chunks: Iterable[bytes]) -> Content:
    hashed, size = sha256(), 0
    for chunk in chunks:
        hashed.update(chunk)
        size += len(chunk)
    return Content(_PREFIX + hashed.hexdigest(), size)


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    """A file from its beginning, never more of it at once than fits a small memory."""
    file.seek(0)
    return iter(lambda: file.read(CHUNK), b"")


def open_plain(path: str, *, follow: bool = True) -> IO[bytes]:
    """A plain file to read; OSError for what would keep a reader waiting, such as a pipe."""
    flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | (0 if follow else os.O_NOFOLLOW)
    descriptor = os.open(path, flags)
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return open(descriptor, "rb", buffering=0)
    os.close(descriptor)
    raise OSError(errno.EINVAL, "not a plain file", path)


def is_digits(text: str) -> bool:
    """Whether it could be the name of an object."""
    return len(text) == 64 and _HEX.issuperset(text)


def digits(digest: str) -> str:
    """`ab12…` of `sha256:ab12…`. Nothing else reaches a path."""
    found = digest.removeprefix(_PREFIX)
    if found == digest or not is_digits(found):
        raise ValueError(f"not a sha256 digest: {digest}")
    return found


def place(digest: str) -> str:
    """Where an object lies, in a store and in a mirror: `sha256/ab/ab12…`."""
    found = digits(digest)
    return f"{KIND}/{found[:2]}/{found}"
