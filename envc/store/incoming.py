"""An object on its way in: a file that one process has to itself, until it is whole or given up.

The file is its own lock. Whoever waited for it looks again whether it still has its name: it does
not where the object became whole meanwhile, because it was renamed into its place.
"""

import errno
import fcntl
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from threading import get_native_id

from envc.facts.problem import Problem
from envc.store.content import CHUNK, KIND, Content
from envc.store.trouble import NotStoredError
from envc.store.turns import is_named

_WITHOUT_LOCKS = (errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOLCK)
"""What file systems answer that have no locks, such as Lustre mounted without them."""


class Incoming:
    """The bytes so far, and their hash."""

    def __init__(self, path: str, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor
        self._hash = sha256()
        self.size = 0
        self._resume()

    @property
    def content(self) -> Content:
        return Content(f"{KIND}:{self._hash.hexdigest()}", self.size)

    def write(self, data: bytes) -> None:
        self._hash.update(data)
        self.size += len(data)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]

    def restart(self) -> None:
        os.ftruncate(self._descriptor, 0)
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        self._hash = sha256()
        self.size = 0

    def take(self, wanted: Content, what: str, chunks: Iterable[bytes], place: str) -> None:
        """Copies what `what` holds, as it is expected to be, and gives it its name."""
        self.restart()
        try:
            for chunk in chunks:
                self.write(chunk)
            if self.content != wanted:
                found, due = self.content.digest, wanted.digest
                raise NotStoredError(Problem(f"{what} holds {found} where {due} is expected"))
            self.settle(place)
        except OSError:
            self.give_up()
            raise

    def settle(self, place: str) -> None:
        settle(self._descriptor, self.path, place)

    def give_up(self) -> None:
        with suppress(FileNotFoundError):
            os.unlink(self.path)

    def _resume(self) -> None:
        while data := os.read(self._descriptor, CHUNK):
            self._hash.update(data)
            self.size += len(data)


def settle(descriptor: int, path: str, place: str) -> None:
    """Gives a file, whole and on the disk, the name of an object."""
    with suppress(PermissionError):  # disks to carry know no modes
        os.fchmod(descriptor, 0o444)
    os.fsync(descriptor)
    os.rename(path, place)
    _sync_folder(os.path.dirname(place))


@contextmanager
def incoming(path: str) -> Iterator[Incoming]:
    """Waits until no other process has it."""
    path, descriptor = _held(path)
    try:
        yield Incoming(path, descriptor)
    finally:
        os.close(descriptor)


def _held(path: str) -> tuple[str, int]:
    while True:
        descriptor = _opened(path)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if is_named(descriptor, path):
                return path, descriptor
        except OSError as error:
            os.close(descriptor)
            if error.errno not in _WITHOUT_LOCKS:
                raise
            with suppress(FileNotFoundError):
                os.unlink(path)
            own = f"{path}.{os.getpid()}.{get_native_id()}"
            return own, _opened(own)
        os.close(descriptor)


def _opened(path: str) -> int:
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        descriptor = os.open(path, flags, 0o600)
    except OSError as error:
        if error.errno not in (errno.ELOOP, errno.EISDIR):
            raise
        raise NotStoredError(_strange(path)) from error
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return descriptor
    os.close(descriptor)
    raise NotStoredError(_strange(path))


def _strange(path: str) -> Problem:
    return Problem(f"`{path}` is not a plain file", "remove it: nothing in a store is like that")


def _sync_folder(folder: str) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
