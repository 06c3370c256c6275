"""A tree that grows by one path after the other, as an archive lists them."""

from collections.abc import Iterable

from envc.facts.problem import Problem
from envc.sources.tree import File, Folder, Link, Node, Path, shown

_Entries = dict[bytes, "File | Link | _Entries"]


class Growing:
    """A name stands for one thing: which of two would win depends on who unpacks."""

    def __init__(self) -> None:
        self._top: _Entries = {}

    def add(self, path: Path, node: Node) -> Problem | None:
        if isinstance(node, Folder):
            return None if self._entered(path) is not None else _twice(path)
        above = self._entered(path[:-1]) if path else None
        if above is None or path[-1] in above:
            return _twice(path)
        above[path[-1]] = node
        return None

    def find(self, path: Path) -> File | Link | None:
        """A folder cannot be linked to, so none is found."""
        entry: File | Link | _Entries | None = self._top
        for name in path:
            if not isinstance(entry, dict):
                return None
            entry = entry.get(name)
        return None if isinstance(entry, dict) else entry

    def folder(self) -> Folder:
        return _folder(self._top)

    def _entered(self, path: Iterable[bytes]) -> _Entries | None:
        """The folder there, made where it is not; None where something else has its name."""
        entries = self._top
        for name in path:
            inner = entries.setdefault(name, {})
            if not isinstance(inner, dict):
                return None
            entries = inner
        return entries


def _folder(entries: _Entries) -> Folder:
    return Folder(
        {name: _folder(each) if isinstance(each, dict) else each for name, each in entries.items()}
    )


def _twice(path: Path) -> Problem:
    return Problem(f"the archive holds `{shown(path) or '.'}` twice")
