"""Mounts of a room, made by the process that is in it."""

import errno
import fcntl
import os
import socket
import stat
import struct
from typing import assert_never

from envc.build import syscalls
from envc.build.room import Bind, Devices, Laid, Memory, Mount, Overlay, Processes

_PLAIN = ("null", "zero", "full", "random", "urandom")
_LINKS = {
    "fd": "/proc/self/fd",
    "stdin": "/proc/self/fd/0",
    "stdout": "/proc/self/fd/1",
    "stderr": "/proc/self/fd/2",
    "ptmx": "pts/ptmx",
}
_SAFE = syscalls.NO_SETUID | syscalls.NO_DEVICES | syscalls.NO_PROGRAMS
_LOCKED = {
    os.ST_NOSUID: syscalls.NO_SETUID,
    os.ST_NODEV: syscalls.NO_DEVICES,
    os.ST_NOEXEC: syscalls.NO_PROGRAMS,
    os.ST_NOATIME: 1024,
    os.ST_NODIRATIME: 2048,
    os.ST_RELATIME: 1 << 21,
}
"""What nobody may take away who has a mount from somebody else, and has to say again."""


def make_private() -> None:
    """What is mounted from here on is seen in the room alone."""
    syscalls.mount("none", "/", flags=syscalls.PRIVATE | syscalls.RECURSIVE)


def make(mount: Mount, root: str) -> None:
    match mount:
        case Bind(source, target, writable):
            _bind(source, _place(root, target, like=source), writable=writable)
        case Memory(target):
            where = _place(root, target)
            syscalls.mount("tmpfs", where, "tmpfs", syscalls.NO_SETUID | syscalls.NO_DEVICES)
        case Processes(target):
            where = _place(root, target)
            syscalls.mount("proc", where, "proc", _SAFE | syscalls.READ_ONLY)
        case Devices(target, terminals):
            _devices(_place(root, target), terminals=terminals)
        case Laid(overlay, target):
            lay(overlay, _place(root, target))
        case _:
            assert_never(mount)


def lay(overlay: Overlay, target: str) -> None:
    """By names alone: paths may have letters that an option cannot."""
    os.chdir(overlay.folder)
    options = (
        f"lowerdir={':'.join(overlay.lower)}",
        f"upperdir={overlay.upper}",
        f"workdir={overlay.work}",
        "userxattr",  # alike for root and for others
        "volatile",
    )
    syscalls.mount("overlay", target, "overlay", options=",".join(options))
    os.chdir("/")


def enclose(root: str, *, writable: bool) -> None:
    """Makes a mount of a folder, which `syscalls.change_root` asks for."""
    _bind(root, root, writable=writable)


def protect(target: str) -> None:
    """Nobody writes there from now on; what is mounted below it stays as it is."""
    seen = os.statvfs(target).f_flag
    kept = sum(flag for known, flag in _LOCKED.items() if seen & known)
    flags = syscalls.REMOUNT | syscalls.BIND | syscalls.READ_ONLY | kept
    syscalls.mount("none", target, flags=flags)


def raise_loopback() -> None:
    """The room's own, which leads nowhere else."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        up = struct.pack("16sh22x", b"lo", 1)
        fcntl.ioctl(any_socket, 0x8914, up)  # SIOCSIFFLAGS: IFF_UP


def _bind(source: str, target: str, *, writable: bool) -> None:
    syscalls.mount(source, target, flags=syscalls.BIND)
    if not writable:
        protect(target)


def _devices(target: str, *, terminals: bool) -> None:
    syscalls.mount("tmpfs", target, "tmpfs", syscalls.NO_SETUID | syscalls.NO_PROGRAMS, "mode=755")
    for name in _PLAIN:
        where = f"{target}/{name}"
        _make_file(where)
        _bind(f"/dev/{name}", where, writable=True)
    if not terminals:
        return
    for name, leads in _LINKS.items():
        os.symlink(leads, f"{target}/{name}")
    _make_file(f"{target}/tty")
    _bind("/dev/tty", f"{target}/tty", writable=True)
    for name, mode in (("pts", 0o755), ("shm", 0o1777)):
        os.mkdir(f"{target}/{name}")
        os.chmod(f"{target}/{name}", mode)
    options = "newinstance,ptmxmode=0666,mode=0620"
    syscalls.mount("devpts", f"{target}/pts", "devpts", syscalls.NO_SETUID, options)


def _place(root: str, target: str, like: str = "/") -> str:
    """Made where it is not there; nothing in the room leads a mount out of it."""
    place = f"{root}{target}" if root else target
    found = os.path.realpath(place)
    if root and not found.startswith(f"{os.path.realpath(root)}/"):
        raise OSError(errno.ELOOP, "leads out of the room", place)
    if not os.path.lexists(found):
        if stat.S_ISDIR(os.stat(like).st_mode):
            os.makedirs(found)
        else:
            os.makedirs(os.path.dirname(found), exist_ok=True)
            _make_file(found)
    return found


def _make_file(path: str) -> None:
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
