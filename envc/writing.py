"""Writes a file whole or not at all: Ctrl-C leaves the old text, never half of the new one."""

import contextlib
import os


def write(path: str, text: str) -> None:
    """A file with a text, whether there was one or not; nothing where it has that text already."""
    if not os.path.lexists(path):
        _write_new(path, text)
    elif _text(path) != text.encode():
        replace(path, text)


def _write_new(path: str, text: str) -> None:
    """Whole at once, so that a killed run leaves none; whoever else wrote it meanwhile, loses."""
    folder, name = os.path.split(path)
    spare = os.path.join(folder, f".{name}.{os.getpid()}.new")
    try:
        create(spare, text)
        os.replace(spare, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(spare)
        raise


def _text(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def replace(path: str, text: str) -> None:
    """Gives a file a new text and keeps its mode and, where allowed, its owner.

    A symbolic link stays one: the file it leads to is replaced.
    """
    target = os.path.realpath(path)
    folder, name = os.path.split(target)
    spare = os.path.join(folder, f".{name}.{os.getpid()}.new")
    try:
        _write_spare(spare, text, os.stat(target))
        os.replace(spare, target)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(spare)
        raise


def create(path: str, text: str) -> None:
    """Writes a new file; FileExistsError where one is already, whatever it is."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    try:
        with open(descriptor, "wb") as file:
            file.write(text.encode())
    except BaseException:
        os.unlink(path)
        raise


def _write_spare(spare: str, text: str, like: os.stat_result) -> None:
    descriptor = os.open(spare, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with open(descriptor, "wb") as file:
        file.write(text.encode())
        with contextlib.suppress(PermissionError):  # only root gives files away
            os.fchown(descriptor, like.st_uid, like.st_gid)
        os.fchmod(descriptor, like.st_mode & 0o7777)
        file.flush()
        os.fsync(descriptor)
