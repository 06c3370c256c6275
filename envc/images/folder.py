"""Reads a folder of this machine as a tree, the owners as whoever reads it sees them.

The upper folder of an overlay is read as the layer that it is: what it hides is `Gone`.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass

from envc.facts.problem import Problem
from envc.images.tree import File, Folder, Gone, Link, Node, RefusedError, Special, rights, shown
from envc.store.content import CHUNK

_CAPABILITY = "security.capability"
_OPAQUE = ("trusted.overlay.opaque", "user.overlay.opaque")
_KINDS = {
    stat.S_IFBLK: "device",
    stat.S_IFCHR: "device",
    stat.S_IFIFO: "pipe",
    stat.S_IFSOCK: "socket",
}


@dataclass(frozen=True, slots=True)
class OnDisk:
    """The bytes of a file of this machine."""

    path: bytes

    def chunks(self) -> Iterator[bytes]:
        flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
        try:
            with open(os.open(self.path, flags), "rb", buffering=0) as file:
                while chunk := file.read(CHUNK):
                    yield chunk
        except OSError as error:
            raise RefusedError(_unreadable(self.path, error)) from error


def read(path: str) -> Folder | Problem:
    top = os.fsencode(path)
    files: dict[tuple[int, int], File] = {}
    try:
        found = _node(top, files)
        waiting = [(top, found)]
        while waiting:
            above, folder = waiting.pop()
            if not isinstance(folder, Folder):
                return Problem(f"`{path}` is no folder")
            for name in os.listdir(above):
                node = folder.entries[name] = _node(os.path.join(above, name), files)
                if isinstance(node, Folder):
                    waiting.append((os.path.join(above, name), node))
    except OSError as error:
        return _unreadable(os.fsencode(error.filename or path), error)
    return found if isinstance(found, Folder) else Problem(f"`{path}` is no folder")


def _node(path: bytes, files: dict[tuple[int, int], File]) -> Node:
    said = os.lstat(path)
    kind = stat.S_IFMT(said.st_mode)
    if kind == stat.S_IFREG:
        return _file(path, said, files)
    if kind == stat.S_IFLNK:
        return Link(os.readlink(path), said.st_uid, said.st_gid)
    if kind == stat.S_IFDIR:
        opaque = any(_attribute(path, name) == b"y" for name in _OPAQUE)
        return Folder(rights(said.st_mode), said.st_uid, said.st_gid, opaque=opaque)
    if kind == stat.S_IFCHR and said.st_rdev == 0:  # how overlayfs says it
        return Gone()
    return Special(_KINDS[kind])


def _file(path: bytes, said: os.stat_result, files: dict[tuple[int, int], File]) -> File:
    place = (said.st_dev, said.st_ino)
    if place in files:
        return files[place]
    found = File(
        rights(said.st_mode),
        said.st_size,
        OnDisk(path),
        said.st_uid,
        said.st_gid,
        plain_capability(_attribute(path, _CAPABILITY)),
    )
    if said.st_nlink > 1:
        files[place] = found
    return found


def _attribute(path: bytes, name: str) -> bytes:
    try:
        return os.getxattr(path, name, follow_symlinks=False)
    except OSError:  # none, not allowed to look, or a file system without
        return b""


def plain_capability(said: bytes) -> bytes:
    """Without the user namespace that it was given in: version 3 of its form is version 2 then."""
    if len(said) == _VERSION_3_SIZE and said[3] == 3:
        return said[:3] + b"\x02" + said[4:20]
    return said


_VERSION_3_SIZE = 24


def _unreadable(path: bytes, error: OSError) -> Problem:
    return Problem(f"`{shown((path,))}` cannot be read: {(error.strerror or str(error)).lower()}")
