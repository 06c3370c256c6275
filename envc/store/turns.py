"""Who has what of a store, so that nothing is taken out of anybody's hands.

A lock is that of a file or folder itself, and ends with the process that has it. When something was
used last, its own time says.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def alone(path: str) -> Iterator[None]:
    """Whoever wants the same waits. Who has it alone may remove the file, which others notice."""
    descriptor = _locked(path)
    try:
        yield
    finally:
        os.close(descriptor)


def _locked(path: str) -> int:
    while True:
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        descriptor = os.open(path, flags, 0o600)
        with suppress(OSError):  # some network file systems lock no files
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        if is_named(descriptor, path):
            return descriptor
        os.close(descriptor)


def taken(path: str) -> int | None:
    """The lock of what nobody else has; None where somebody does, or nothing is there."""
    descriptor = _opened(path)
    if descriptor is None:
        return None
    with suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if is_named(descriptor, path):
            return descriptor
    os.close(descriptor)
    return None


def hold(path: str) -> bool:
    """Beside others, until this process ends; False where it is not there."""
    descriptor = _opened(path)
    if descriptor is None:
        return False
    with suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_SH)
    if is_named(descriptor, path):
        return True
    os.close(descriptor)
    return False


def is_named(descriptor: int, path: str) -> bool:
    """Whether an open file still has its name."""
    try:
        return os.path.samestat(os.fstat(descriptor), os.lstat(path))
    except FileNotFoundError:
        return False


def _opened(path: str) -> int | None:
    try:
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None


# ---- use -----------------------------------------------------------------------------------------


def use(folder: str, path: str) -> bool:
    """Says that what lies in a store was used now; False where it is not there.

    Nobody removes it meanwhile, and afterwards all see that it was used.
    """
    with gate(folder, fcntl.LOCK_SH):
        try:
            os.utime(path, follow_symlinks=False)
        except FileNotFoundError:
            return False
        except OSError:  # a store that can only be read: nobody empties it either
            return os.path.lexists(path)
        return True


def used(path: str) -> float:
    """When, in seconds since 1970; 0 where it is not there."""
    try:
        return os.lstat(path).st_mtime
    except OSError:
        return 0.0


@contextmanager
def gate(folder: str, how: int = fcntl.LOCK_EX) -> Iterator[None]:
    """Of a store: only who has it alone removes what others may find."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:  # where there is no store, nothing is found or removed
        yield
        return
    try:
        with suppress(OSError):
            fcntl.flock(descriptor, how)
        yield
    finally:
        os.close(descriptor)
