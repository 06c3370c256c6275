"""A folder of this machine, read as a tree."""

import os
import stat
from collections.abc import Callable, Iterator
from typing import NamedTuple

from envc.facts.problem import Problem
from envc.sources.tree import DEEPEST, File, Folder, Link, Node, NotReadError, Path, shown

_CHUNK = 1 << 20

LeftOut = Callable[[Path], bool]
"""Whether what has this path in the folder does not belong to it."""


def read_folder(path: str, left_out: LeftOut = lambda _: False) -> Folder | Problem:
    """What it holds now; the files themselves are read when they are asked for."""
    try:
        return _Reader(os.fsencode(path), left_out).folder(())
    except NotReadError as error:
        return error.problem


class _Reader(NamedTuple):
    top: bytes
    left_out: LeftOut

    def folder(self, path: Path) -> Folder:
        if len(path) > DEEPEST:
            raise NotReadError(
                Problem(f"`{shown(path[:3])}/…` holds more than {DEEPEST} folders in each other")
            )
        where = os.path.join(self.top, *path)
        try:
            names = sorted(os.listdir(where))
        except OSError as error:
            raise _unread(where, error) from error
        entries = {
            name: self._node((*path, name)) for name in names if not self.left_out((*path, name))
        }
        return Folder(entries)

    def _node(self, path: Path) -> Node:
        where = os.path.join(self.top, *path)
        try:
            found = os.lstat(where)
            if stat.S_ISLNK(found.st_mode):
                return Link(os.readlink(where))
        except OSError as error:
            raise _unread(where, error) from error
        if stat.S_ISDIR(found.st_mode):
            return self.folder(path)
        if stat.S_ISREG(found.st_mode):
            return File(OnDisk.seen(where, found), bool(found.st_mode & stat.S_IXUSR))
        what = (
            f"`{shown(path)}` is {_kind(found.st_mode)}, and sources hold files, folders and links"
        )
        raise NotReadError(Problem(what, "remove it, or leave it out with `ignore`"))


class OnDisk(NamedTuple):
    """A file that is the same at each reading, or not read at all."""

    path: bytes
    state: tuple[int, ...]

    @classmethod
    def seen(cls, path: bytes, found: os.stat_result) -> "OnDisk":
        return cls(path, _state(found))

    @property
    def size(self) -> int:
        return self.state[0]

    def chunks(self) -> Iterator[bytes]:
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        try:
            with open(os.open(self.path, flags), "rb", buffering=0) as file:
                self._check(file.fileno())
                yield from iter(lambda: file.read(_CHUNK), b"")
                self._check(file.fileno())
        except OSError as error:
            raise _unread(self.path, error) from error

    def _check(self, descriptor: int) -> None:
        if _state(os.fstat(descriptor)) != self.state:
            message = f"`{shown((self.path,))}` was changed while it was read"
            raise NotReadError(Problem(message, "run this again when nothing writes there"))


def _state(found: os.stat_result) -> tuple[int, ...]:
    """What changes when somebody writes; not the time of the inode, which a new link changes."""
    return (found.st_size, found.st_mtime_ns, found.st_dev, found.st_ino)


def _unread(path: bytes, error: OSError) -> NotReadError:
    reason = (error.strerror or str(error)).lower()
    advice = "let yourself read it, or leave it out with `ignore`"
    return NotReadError(Problem(f"`{shown((path,))}` cannot be read: {reason}", advice))


def _kind(mode: int) -> str:
    kinds = (
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISBLK, "a device"),
        (stat.S_ISCHR, "a device"),
    )
    return next((word for test, word in kinds if test(mode)), "none of the usual kinds of file")
