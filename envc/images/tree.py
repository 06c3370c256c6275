"""The files of an image as values: names, owners, rights, links, and bytes that are read when due.

No time is in it: all of an image bears one. A layer of an image is a tree too, in which a name can
stand for "no longer there" and a folder for "nothing of what was in it".
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

from envc.facts.problem import Problem

LONGEST_NAME = 255
LONGEST_PATH = 4095
"""As Linux has it."""
_RIGHTS = 0o7777


class RefusedError(Exception):
    """Why a tree is not taken, or not written."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Data(Protocol):
    """The bytes of a file, to be read as often as anybody wants."""

    def chunks(self) -> Iterator[bytes]:
        """RefusedError where they are not to be had, or no longer what they were."""


@dataclass(frozen=True, slots=True)
class Held:
    """Bytes in memory."""

    data: bytes

    def chunks(self) -> Iterator[bytes]:
        yield self.data


@dataclass(frozen=True, slots=True, eq=False)
class File:
    """One file under each of its names: hard links are one value."""

    mode: int
    size: int
    data: Data
    uid: int = 0
    gid: int = 0
    capability: bytes = b""
    """What a program may do though nobody gave it rights: Linux's `security.capability`."""


@dataclass(frozen=True, slots=True)
class Link:
    target: bytes
    uid: int = 0
    gid: int = 0


@dataclass(frozen=True, slots=True)
class Folder:
    mode: int = 0o755
    uid: int = 0
    gid: int = 0
    entries: "dict[bytes, Node]" = field(default_factory=dict)
    implied: bool = False
    """Only a path leads through it: of one below, rights and owner stay."""
    opaque: bool = False
    """Of a layer: nothing shows through of what is below."""


@dataclass(frozen=True, slots=True)
class Gone:
    """Of a layer: what has this name below is no longer there."""


@dataclass(frozen=True, slots=True)
class Special:
    """A device, a pipe or a socket; in no image of ours, and only in a few folders of others."""

    kind: str


Node = File | Link | Folder | Gone | Special
Path = tuple[bytes, ...]


def walk(top: Folder) -> Iterator[tuple[Path, Node]]:
    """All below a folder: by name, a folder before what it holds."""
    waiting: list[tuple[Path, Node]] = [((), top)]
    while waiting:
        path, node = waiting.pop()
        if path:
            yield path, node
        if isinstance(node, Folder):
            names = sorted(node.entries, reverse=True)
            waiting += [((*path, name), node.entries[name]) for name in names]


def at(top: Folder, path: Path) -> Node | None:
    node: Node | None = top
    for name in path:
        if not isinstance(node, Folder):
            return None
        node = node.entries.get(name)
    return node


def put(top: Folder, path: Path, node: Node) -> None:
    """RefusedError where it would lie below something that is no folder."""
    here = top
    for depth, name in enumerate(path[:-1], 1):
        below = here.entries.setdefault(name, Folder(implied=True))
        if not isinstance(below, Folder):
            message = f"`{shown(path)}` lies below `{shown(path[:depth])}`, which is no folder"
            raise RefusedError(Problem(message))
        here = below
    here.entries[path[-1]] = node


def laid(below: Folder, above: Folder) -> Folder:
    """A layer on all that is below it: the layer's own word counts."""
    top = _joined(below, above)
    waiting = [(top, above)]
    while waiting:
        here, over = waiting.pop()
        for name, node in over.entries.items():
            old = here.entries.get(name)
            if isinstance(node, Gone):
                here.entries.pop(name, None)
            elif isinstance(node, Folder):
                if node.implied and isinstance(old, Link):
                    message = f"a layer has files in `{shown((name,))}`, which is a link below it"
                    raise RefusedError(Problem(message))
                joined = _joined(old if isinstance(old, Folder) else Folder(), node)
                here.entries[name] = joined
                waiting.append((joined, node))
            else:
                here.entries[name] = node
    return top


def _joined(below: Folder, above: Folder) -> Folder:
    """With what was below; what the layer has in it comes later."""
    said = below if above.implied else above
    entries = {} if above.opaque else dict(below.entries)
    return replace(said, entries=entries, implied=False, opaque=False)


def parts(name: bytes) -> Path:
    """The names in a path as an archive writes it; RefusedError where it leads out of the tree."""
    if name.startswith(b"/"):
        raise RefusedError(Problem(f"`{shown((name,))}` is an absolute path"))
    found = tuple(part for part in name.split(b"/") if part not in (b"", b"."))
    if b".." in found:
        raise RefusedError(Problem(f"`{shown((name,))}` leads out of the image with `..`"))
    if b"\0" in name or len(name) > LONGEST_PATH or any(len(each) > LONGEST_NAME for each in found):
        raise RefusedError(Problem(f"Linux has no file called `{shown((name[:200],))}`"))
    return found


def rights(mode: int) -> int:
    return mode & _RIGHTS


def shown(path: Path) -> str:
    """A path for people: what is not UTF-8 in it, or would move their cursor, as `\\x…`."""
    text = b"/".join(path).decode("utf-8", "backslashreplace")
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode() for each in text
    )
