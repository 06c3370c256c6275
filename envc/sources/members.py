"""What an archive lists, in its order, with names as the bytes that stand in it."""

import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, NamedTuple

from envc.facts.problem import Problem
from envc.sources import compressed
from envc.sources.limits import Budget
from envc.sources.spool import Spooled, take
from envc.sources.tree import File, Folder, Link, NotReadError, shown

_UTF8_NAMES = 0x800
_ENCRYPTED = 0x1
_UNIX = 3


class HardLink(NamedTuple):
    target: bytes


Member = tuple[bytes, File | Link | Folder | HardLink]


def of_archive(file: IO[bytes], budget: Budget, spool: IO[bytes]) -> Iterator[Member]:
    """NotReadError where it is not an archive, or a broken one."""
    into = _Spool(spool, budget)
    try:
        if compressed.is_zip(file):
            yield from _zip(file, into)
        else:
            yield from _tar(file, into)
    except EOFError as error:
        message = "the archive breaks off in the middle"
        raise NotReadError(Problem(message, "was it downloaded whole?")) from error
    except compressed.BROKEN as error:
        message = "this is not an archive that can be read, or a damaged one"
        advice = "envc reads tar, plain or packed by gzip, bzip2, xz or zstd, and zip"
        raise NotReadError(Problem(message, advice)) from error


@dataclass(frozen=True, slots=True)
class _Spool:
    file: IO[bytes]
    budget: Budget

    def take(self, read: Callable[[int], bytes], size: int) -> Spooled:
        self.budget.spend(size)
        found = take(self.file, read, size)
        if read(1):
            raise NotReadError(Problem("the archive holds more of a file than it says"))
        return found


def _tar(file: IO[bytes], into: _Spool) -> Iterator[Member]:
    stream = compressed.opened(file, into.budget)
    with tarfile.open(
        fileobj=stream, mode="r|", encoding="utf-8", errors="surrogateescape"
    ) as archive:
        for info in archive:
            yield _bytes(info.name), _entry(archive, info, into)
    compressed.check_end(stream)


def _entry(
    archive: tarfile.TarFile, info: tarfile.TarInfo, into: _Spool
) -> File | Link | Folder | HardLink:
    if info.isdir():
        return Folder()
    if info.issym():
        return Link(_bytes(info.linkname))
    if info.islnk():
        return HardLink(_bytes(info.linkname))
    inner = archive.extractfile(info) if info.isreg() else None
    if inner is None:
        name = shown((_bytes(info.name),))
        raise NotReadError(Problem(f"`{name}` in the archive is a device, a pipe or the like"))
    return File(into.take(inner.read, info.size), bool(info.mode & stat.S_IXUSR))


def _zip(file: IO[bytes], into: _Spool) -> Iterator[Member]:
    with zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            # What is not said to be UTF-8 was read as code page 437, which has all 256 bytes.
            encoding = "utf-8" if info.flag_bits & _UTF8_NAMES else "cp437"
            yield info.orig_filename.encode(encoding), _zipped(archive, info, into)


def _zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo, into: _Spool) -> File | Link | Folder:
    if info.is_dir():
        return Folder()
    if info.flag_bits & _ENCRYPTED:
        raise NotReadError(Problem("the archive is encrypted"))
    mode = info.external_attr >> 16 if info.create_system == _UNIX else 0
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFLNK):
        name = info.orig_filename
        raise NotReadError(Problem(f"`{name}` in the archive is a device, a pipe or the like"))
    with archive.open(info) as inner:
        content = into.take(inner.read, info.file_size)
    if stat.S_ISLNK(mode):
        return Link(b"".join(content.chunks()))
    return File(content, bool(mode & stat.S_IXUSR))


def _bytes(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")
