"""Puts what was made into its place: whole at any moment, and only where it differs.

```
.image.envc-new   what is being made
.image.envc-old   what was there, for the moment of the change
```
"""

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from envc.facts.problem import Problem
from envc.images.tree import RefusedError
from envc.registry.layout import VERSION, canonical
from envc.store.content import Content, chunks, digits, of_bytes, of_chunks, open_plain

_LAYOUT = canonical({"imageLayoutVersion": VERSION})
_FOLDER, _FILE = 0o755, 0o644
"""What is to be copied to other machines has the same rights under every umask."""


@contextmanager
def alone(folder: str) -> Iterator[None]:
    """Only one process at once changes what is in a folder."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def layout(path: str, top: bytes, held: Mapping[str, bytes], kept: Mapping[str, str]) -> None:
    """An OCI layout of these blobs, which are bytes or files, and the index that leads to them."""
    new, old = _beside(path, "new"), _beside(path, "old")
    if os.path.isdir(old) and not os.path.lexists(path):  # a killed run came so far
        os.rename(old, path)
    for left in (new, old):
        shutil.rmtree(left, ignore_errors=True)
    if _is_there(path, top, {*held, *kept}):
        return
    _fill(new, top, held, kept)
    with suppress(FileNotFoundError):
        os.rename(path, old)
    os.rename(new, path)
    shutil.rmtree(old, ignore_errors=True)


def file(path: str, content: Content, source: str, mode: int = _FILE) -> None:
    new = _beside(path, "new")
    with suppress(FileNotFoundError):
        os.unlink(new)
    if _holds(path, content.digest):
        return
    _copy(source, new, content.digest, mode)
    os.replace(new, path)


def _is_there(path: str, top: bytes, digests: set[str]) -> bool:
    said = {"index.json": top, "oci-layout": _LAYOUT}
    if not all(_holds(os.path.join(path, name), of_bytes(said[name]).digest) for name in said):
        return False
    return all(_holds(_blob(path, digest), digest) for digest in digests)


def _holds(path: str, digest: str) -> bool:
    try:
        with open_plain(path) as file:
            return of_chunks(chunks(file)).digest == digest
    except OSError:
        return False


def _fill(new: str, top: bytes, held: Mapping[str, bytes], kept: Mapping[str, str]) -> None:
    for folder in (new, os.path.join(new, "blobs"), os.path.join(new, "blobs", "sha256")):
        os.mkdir(folder)
        os.chmod(folder, _FOLDER)
    for digest, data in held.items():
        _put(_blob(new, digest), data)
    for digest, source in kept.items():
        _copy(source, _blob(new, digest), digest, _FILE)
    _put(os.path.join(new, "oci-layout"), _LAYOUT)
    _put(os.path.join(new, "index.json"), top)


def _put(path: str, data: bytes) -> None:
    with open(path, "xb") as file:
        os.fchmod(file.fileno(), _FILE)
        file.write(data)


def _copy(source: str, path: str, digest: str, mode: int) -> None:
    """A copy, not a link: whoever changes it must not change the store."""
    with open_plain(source, follow=False) as before, open(path, "xb") as after:
        os.fchmod(after.fileno(), mode)

        def copied() -> Iterator[bytes]:
            for chunk in chunks(before):
                after.write(chunk)
                yield chunk

        if of_chunks(copied()).digest != digest:
            raise RefusedError(Problem(f"{digest} is damaged in the store", "build it again"))


def _blob(path: str, digest: str) -> str:
    return os.path.join(path, "blobs", "sha256", digits(digest))


def _beside(path: str, state: str) -> str:
    folder, name = os.path.split(path)
    return os.path.join(folder, f".{name}.envc-{state}")
