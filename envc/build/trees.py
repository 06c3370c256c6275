"""File systems as tars: what a room's root does with them, who alone may read them."""

import os
import sys
from typing import NamedTuple

from envc.facts.problem import Problem
from envc.images import canonical, folder
from envc.images.tree import Folder, RefusedError, put
from envc.store.content import Content, of_chunks


def digest(path: str) -> Content | Problem:
    """Of all that an image could have of it; times have no part in it."""
    top = folder.read(path)
    if isinstance(top, Problem):
        return top
    try:
        return of_chunks(canonical.chunks(top, 0))
    except RefusedError as refused:
        return refused.problem


class Place(NamedTuple):
    folder: str
    """Of the machine: what a room has as its root."""
    path: str
    """In that."""
    name: str
    """In the image."""


def pack(places: tuple[Place, ...], epoch: int) -> Content | Problem:
    """Folders, each under its name in the image, to standard output."""
    top = Folder()
    for each in places:
        path = os.path.join(os.path.realpath(each.folder), each.path.strip("/"))
        if os.path.realpath(path) != path.rstrip("/"):
            return Problem(f"`{each.name}` is reached by a link, and an image has a folder there")
        read = folder.read(path)
        if isinstance(read, Problem):
            return read
        parts = tuple(os.fsencode(name) for name in each.name.split("/") if name)
        if parts:
            put(top, parts, read)
        else:
            top = read
    try:
        with open(sys.stdout.fileno(), "wb", closefd=False) as out:
            return canonical.write(top, out, epoch)
    except RefusedError as refused:
        return refused.problem
