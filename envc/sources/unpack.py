"""An archive, read as a tree. Its names never touch a disk, so that they can do no harm there.

What is refused is refused whole: paths and links that lead out, devices and pipes, two files of
one name, bombs, and an archive that breaks off.
"""

import os
from collections.abc import Iterator
from typing import IO

from envc.facts.problem import Problem
from envc.sources import members
from envc.sources.growing import Growing
from envc.sources.limits import LIMITS, Limits
from envc.sources.members import HardLink, Member
from envc.sources.tree import (
    File,
    Folder,
    Link,
    NotReadError,
    Path,
    leading_out,
    parts,
    shown,
)


def unpack(
    path: str, spool: IO[bytes], *, strip: int | None = None, limits: Limits = LIMITS
) -> Folder | Problem:
    """
    The tree of a tar, in whatever it is packed, or of a zip; its bytes go into the `spool`.

    `strip` leading names are dropped. Where it is None, the one folder that holds everything is.
    """
    try:
        with open(path, "rb") as file:
            budget = limits.of(os.fstat(file.fileno()).st_size)
            listed = members.of_archive(file, budget, spool)
            folder = _grown(listed, strip or 0, limits.entries)
    except NotReadError as error:
        return error.problem
    if strip is None:
        folder = _inner(folder)
    if not folder.entries:
        return Problem("the archive is empty")
    return leading_out(folder) or folder


def _grown(listed: Iterator[Member], strip: int, most: int) -> Folder:
    growing = Growing()
    for count, (name, node) in enumerate(listed):
        if count == most:
            raise NotReadError(Problem(f"the archive holds more than {most:,} entries"))
        path = _inside(name)[strip:]
        if isinstance(node, HardLink):
            node = _linked(growing, path, node, strip)  # noqa: PLW2901 - one file, two names
        if path or not strip or isinstance(node, Folder):
            problem = growing.add(path, node)
            if problem is not None:
                raise NotReadError(problem)
    return growing.folder()


def _inside(name: bytes) -> Path:
    path = parts(name)
    if isinstance(path, Problem):
        raise NotReadError(path)
    return path


def _linked(growing: Growing, path: Path, link: HardLink, strip: int) -> File | Link:
    original = growing.find(_inside(link.target)[strip:])
    if original is None:
        whither = shown((link.target,))
        message = f"`{shown(path)}` is a hard link to `{whither}`, which is no file before it"
        raise NotReadError(Problem(message))
    return original


def _inner(folder: Folder) -> Folder:
    only = tuple(folder.entries.values())
    return only[0] if len(only) == 1 and isinstance(only[0], Folder) else folder
