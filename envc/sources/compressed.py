"""What an archive is packed in, by its first bytes; its name says nothing."""

import bz2
import gzip
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Protocol, cast

from envc.facts.problem import Problem
from envc.sources.limits import Budget
from envc.sources.tree import NotReadError

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_CHUNK = 1 << 20
_HEADERS = 64 << 20

BROKEN = (
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)
"""All that Python's readers of archives raise for one that is none."""


class _Readable(Protocol):
    def read(self, count: int, /) -> bytes: ...


def is_zip(file: IO[bytes]) -> bool:
    return _begins(file).startswith(_ZIP)


def is_packed(file: IO[bytes]) -> bool:
    return _begins(file).startswith(tuple(magic for magic, _ in _PACKINGS))


def opened(file: IO[bytes], budget: Budget) -> IO[bytes]:
    """The tar inside."""
    begins = _begins(file)
    plain = next(
        (unpacked(file) for magic, unpacked in _PACKINGS if begins.startswith(magic)), file
    )
    # tarfile asks a stream for nothing but `read`.
    return cast("IO[bytes]", _Bounded(plain, Budget(budget.packed, budget.left + _HEADERS)))


def check_end(stream: IO[bytes]) -> None:
    """EOFError where the packing breaks off behind what tar reads; nothing else matters there."""
    with suppress(*BROKEN):
        while stream.read(_CHUNK):
            pass


class _Bounded:
    """Counts what it reads: also headers and holes between files can be a bomb."""

    def __init__(self, plain: _Readable, budget: Budget) -> None:
        self._plain = plain
        self._budget = budget

    def read(self, count: int, /) -> bytes:
        data = self._plain.read(count)
        self._budget.spend(len(data))
        return data


def _begins(file: IO[bytes]) -> bytes:
    file.seek(0)
    begins = file.read(8)
    file.seek(0)
    return begins


def _as_it_is(file: IO[bytes]) -> _Readable:
    return file


def _gzip(file: IO[bytes]) -> _Readable:
    return gzip.GzipFile(fileobj=file)


class _Zstd:
    """Its own kind of error becomes one of Python's."""

    def __init__(self, file: IO[bytes]) -> None:
        from zstandard import ZstdDecompressor, ZstdError

        self._stream = ZstdDecompressor().stream_reader(file, read_across_frames=True)
        self._broken = ZstdError

    def read(self, count: int, /) -> bytes:
        try:
            return self._stream.read(count)
        except self._broken as error:
            raise ValueError(str(error)) from error


def _zstd(file: IO[bytes]) -> _Readable:
    try:
        return _Zstd(file)
    except ImportError as error:
        advice = "install it with `pip install zstandard`"
        raise NotReadError(
            Problem("reading what is packed by zstd needs `zstandard`", advice)
        ) from error


_PACKINGS: tuple[tuple[bytes, Callable[[IO[bytes]], _Readable]], ...] = (
    (b"\x1f\x8b", _gzip),
    (b"BZh", bz2.BZ2File),
    (b"\xfd7zXZ\0", lzma.LZMAFile),
    (b"\x28\xb5\x2f\xfd", _zstd),
)
