"""A folder as what it holds: names, bytes, links, and which files may be run.

Nothing of a machine is in it: no owner, no time, no order, no mode but the one bit that git and
Guix keep too. Names are bytes, since that is what archives and file systems have.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from envc.facts.problem import Problem


class Content(Protocol):
    """The bytes of a file, to be read as often as anybody wants."""

    @property
    def size(self) -> int: ...

    def chunks(self) -> Iterator[bytes]:
        """NotReadError where they are not to be had, or no longer what they were."""


class NotReadError(Exception):
    """Why the bytes of a file cannot be read."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Held:
    """Bytes in memory."""

    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)

    def chunks(self) -> Iterator[bytes]:
        yield self.data


@dataclass(frozen=True, slots=True)
class File:
    """A file of the tree."""

    content: Content
    executable: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A symbolic link of the tree."""

    target: bytes


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of the tree, by names."""

    entries: "Mapping[bytes, Node]" = field(default_factory=dict)


Node = File | Link | Folder
Path = tuple[bytes, ...]
"""The names on the way down from the top."""

DEEPEST = 200
"""Folders in folders; more are the work of somebody who wants a program to stumble."""
_MOST_LINKS = 40
"""Linux follows no more of them either."""


def walk(folder: Folder, above: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Everything below a folder, by name, a folder before what it holds."""
    for name in sorted(folder.entries):
        node = folder.entries[name]
        yield (*above, name), node
        if isinstance(node, Folder):
            yield from walk(node, (*above, name))


def at(folder: Folder, path: Iterable[bytes]) -> Node | None:
    node: Node | None = folder
    for name in path:
        if not isinstance(node, Folder):
            return None
        node = node.entries.get(name)
    return node


def shown(path: Iterable[bytes]) -> str:
    """A path for people: what is not UTF-8 in it, or would move their cursor, as `\\x…`."""
    text = b"/".join(path).decode("utf-8", "backslashreplace")
    return "".join(each if each.isprintable() else _escaped(each) for each in text)


def _escaped(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii")


def parts(name: bytes) -> Path | Problem:
    """The names in a path as an archive writes it; none may lead out of where it is unpacked."""
    names = tuple(part for part in name.split(b"/") if part not in (b"", b"."))
    if name.startswith(b"/"):
        return Problem(f"`{shown((name,))}` is an absolute path")
    if b".." in names:
        return Problem(f"`{shown((name,))}` leads out of the folder with `..`")
    if b"\0" in name:
        return Problem(f"the name `{shown((name,))}` holds a zero byte")
    if len(names) > DEEPEST:
        return Problem(f"`{shown(names[:3])}/…` lies in more than {DEEPEST} folders")
    return names


def leading_out(folder: Folder) -> Problem | None:
    """Why a link leads out of the folder: on another machine it would lead elsewhere."""
    for path, node in walk(folder):
        if isinstance(node, Link) and _leads_out(folder, path[:-1], node.target):
            target = shown((node.target,))
            return Problem(f"the link `{shown(path)}` leads out of the folder, to `{target}`")
    return None


def _leads_out(folder: Folder, above: Path, target: bytes) -> bool:
    """As the system follows it, through the other links of the folder."""
    where, left, links = list(above), [target], 0
    while left:
        name, _, rest = left.pop().partition(b"/")
        if not name and not rest:
            continue
        if rest:
            left.append(rest.lstrip(b"/") or b".")
        if not name:
            return True
        if name == b".." and not where:
            return True
        if name == b"..":
            where.pop()
        elif name != b".":
            node = at(folder, (*where, name))
            if isinstance(node, Link):
                links += 1
                if links > _MOST_LINKS:
                    return False
                left.append(node.target)
            else:
                where.append(name)
    return False
