"""What Linux offers and Python's own library does not, before 3.12 at least."""

import ctypes
import os
import signal

NEW_MOUNTS = 0x0002_0000
NEW_HOST_NAME = 0x0400_0000
NEW_IPC = 0x0800_0000
NEW_USERS = 0x1000_0000
NEW_PROCESSES = 0x2000_0000
NEW_NETWORK = 0x4000_0000

READ_ONLY = 1
NO_SETUID = 2
NO_DEVICES = 4
NO_PROGRAMS = 8
REMOUNT = 32
BIND = 4096
RECURSIVE = 16384
PRIVATE = 1 << 18

_DETACH = 2
_DIE_WITH_PARENT = 1
_DROP_FROM_BOUNDS = 24
_NO_NEW_PRIVILEGES = 38

_libc = ctypes.CDLL(None, use_errno=True)


def unshare(namespaces: int) -> None:
    _check(_libc.unshare(ctypes.c_int(namespaces)))


def mount(what: str, where: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    words = (os.fsencode(what), os.fsencode(where), os.fsencode(kind))
    _check(_libc.mount(*words, ctypes.c_ulong(flags), os.fsencode(options)), where)


def change_root(folder: str) -> None:
    """What was the root is not to be reached any more."""
    os.chdir(folder)
    _check(_libc.pivot_root(b".", b"."), folder)
    _check(_libc.umount2(b".", ctypes.c_int(_DETACH)), folder)
    os.chdir("/")


def set_host_name(name: str) -> None:
    said = name.encode()
    _check(_libc.sethostname(said, ctypes.c_size_t(len(said))), name)


def set_personality(persona: int) -> None:
    _check(_libc.personality(ctypes.c_ulong(persona)))


def die_with_parent() -> None:
    """Asked for again after each change of identity, which forgets it."""
    _prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def gain_nothing() -> None:
    """No program that is started has more rights than who starts it."""
    _prctl(_NO_NEW_PRIVILEGES, 1)


def drop_capability(number: int) -> None:
    _prctl(_DROP_FROM_BOUNDS, number)


def _prctl(what: int, value: int) -> None:
    words = (ctypes.c_ulong(each) for each in (value, 0, 0, 0))
    _check(_libc.prctl(ctypes.c_int(what), *words))


def _check(answer: int, path: str | None = None) -> None:
    if answer != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), path)
