"""Unpacks packages of Debian as root of a room does, with their owners and rights.

The folder becomes the root of the process first: whatever an archive says of `..`, of absolute
names or of links, nothing outside is written or read.
"""

import lzma
import os
import tarfile
import zlib
from collections.abc import Iterable
from typing import IO

from envc.build import debs
from envc.facts.problem import Problem

_RIGHTS = 0o1777
"""All but setuid and setgid."""
_CHUNK = 1 << 20


def packages(folder: str, there: str, names: Iterable[str], more: Iterable[str]) -> Problem | None:
    """Just their files, in an empty folder: nothing is configured. With more folders, empty."""
    packages_there = os.open(there, os.O_RDONLY | os.O_DIRECTORY)
    _merge(folder)
    os.chroot(folder)
    os.chdir("/")
    for name in names:
        with open(os.open(name, os.O_RDONLY, dir_fd=packages_there), "rb") as package:
            files = debs.files(package, name)
            problem = files if isinstance(files, Problem) else _unpack(files, name)
        if problem is not None:
            return problem
    for name in more:
        os.makedirs(name, exist_ok=True)
    return None


def _merge(folder: str) -> None:
    """As all of Debian has been since bookworm."""
    for name in ("bin", "sbin", "lib", "lib64"):
        os.makedirs(f"{folder}/usr/{name}")
        os.symlink(f"usr/{name}", f"{folder}/{name}")


def _unpack(archive: IO[bytes], about: str) -> Problem | None:
    try:
        with tarfile.open(fileobj=archive, mode="r|", bufsize=_CHUNK) as tar:
            for member in tar:
                if problem := _member(tar, member, about):
                    return problem
    except (tarfile.TarError, lzma.LZMAError, zlib.error, EOFError, ValueError) as error:
        return Problem(f"`{about}` is no whole archive: {error}")
    except (FileExistsError, FileNotFoundError, NotADirectoryError) as error:
        reason = (error.strerror or str(error)).lower()
        return Problem(f"`{about}` has files that exclude each other: {reason}")
    return None


def _member(tar: tarfile.TarFile, member: tarfile.TarInfo, about: str) -> Problem | None:
    names = [each for each in member.name.split("/") if each not in ("", ".")]
    if ".." in names:
        return Problem(f"`{about}` has `{member.name}`, which leads out of it with `..`")
    path = f"/{'/'.join(names)}"
    if member.isdir():
        _folder(path, member)
        return None
    _clear(path)
    if member.isreg():
        _file(path, member, tar)
    elif member.issym():
        os.symlink(member.linkname, path)
        os.chown(path, member.uid, member.gid, follow_symlinks=False)
    elif member.islnk():
        os.link(f"/{member.linkname}", path, follow_symlinks=False)
    else:
        return Problem(f"`{about}` has `{member.name}`, which is no file, folder or link")
    return None


def _folder(path: str, member: tarfile.TarInfo) -> None:
    if not os.path.isdir(path):  # where a link to a folder stays: `/lib` is one
        os.makedirs(path)
    os.chown(path, member.uid, member.gid)
    os.chmod(path, member.mode & _RIGHTS)


def _file(path: str, member: tarfile.TarInfo, tar: tarfile.TarFile) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with open(descriptor, "wb", buffering=0) as file:
        content = tar.extractfile(member)
        while content is not None and (chunk := content.read(_CHUNK)):
            file.write(chunk)
        os.fchown(descriptor, member.uid, member.gid)
        os.fchmod(descriptor, member.mode & _RIGHTS)


def _clear(path: str) -> None:
    """What an archive has twice is there as it came last."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if os.path.lexists(path):
        os.unlink(path)
