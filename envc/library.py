"""The packages, toolchains and sites that come with envc, read when something asks for them.

Also how `use` finds a file. Both read from disk, so both are handed to the checker, which only
asks: a language server and the tests hand it something else.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from envc import data
from envc.check.signatures import Signature, signature
from envc.source import Source
from envc.spec import Package
from envc.syntax import nodes
from envc.syntax.parser import parse

SUFFIX = ".envc"


@dataclass(slots=True)
class Shelf:
    """A folder of packages, one a file, the file called like the package."""

    folder: str
    _files: dict[str, nodes.SpecFile | None] = field(default_factory=dict, init=False)
    _packages: dict[str, Package | None] = field(default_factory=dict, init=False)

    def names(self) -> tuple[str, ...]:
        return tuple(sorted(_specs_in(self.folder)))

    def signature(self, name: str) -> Signature | None:
        node = self._node(name)
        return signature(node[1], node[0].source) if node is not None else None

    def package(self, name: str) -> Package | None:
        """The whole package. The library's own tests see to it that its files have no mistakes."""
        if name not in self._packages:
            self._packages[name] = self._read(name)
        return self._packages[name]

    def _read(self, name: str) -> Package | None:
        from envc.check import check_file

        node = self._node(name)
        if node is None:
            return None
        checked = check_file(node[0], self, no_imports)
        return next((each for each in checked.spec.packages if each.name == name), None)

    def _node(self, name: str) -> tuple[nodes.SpecFile, nodes.Package] | None:
        if name not in self._files:
            source = read_spec(os.path.join(self.folder, name + SUFFIX)) if _plain(name) else None
            self._files[name] = parse(source).file if source is not None else None
        file = self._files[name]
        for item in file.items if file is not None else ():
            if isinstance(item, nodes.Package) and item.name.text == name and file is not None:
                return file, item
        return None


@cache
def standard() -> Shelf:
    """The library that ships with envc; read once, it never changes while envc runs."""
    return Shelf(data.path("specs", "packages"))


def imports(folder: str) -> "Imports":
    return Imports((folder, data.path("specs")))


@dataclass(frozen=True, slots=True)
class Imports:
    """Finds what `use apps/gromacs` names: beside the file that says so, else in the library."""

    folders: tuple[str, ...]

    def __call__(self, path: str) -> Source | None:
        for folder in self.folders:
            source = read_spec(os.path.join(folder, path + SUFFIX))
            if source is not None:
                return source
        return None

    def known(self) -> Iterator[str]:
        """What could be named, for suggestions."""
        for folder in self.folders:
            yield from _specs_in(folder)
            for below in _folders_in(folder):
                yield from (f"{below}/{name}" for name in _specs_in(os.path.join(folder, below)))


class _NoImports:
    def __call__(self, path: str) -> None:
        del path

    def known(self) -> Iterator[str]:
        return iter(())


no_imports = _NoImports()


def read_spec(path: str) -> Source | None:
    """A spec on disk, under the name by which messages call it; None where there is none."""
    from envc.reading import read

    if not os.path.isfile(path):
        return None
    return read(path).source


def _plain(name: str) -> bool:
    return bool(name) and "/" not in name and not name.startswith(".")


def _specs_in(folder: str) -> list[str]:
    try:
        entries = os.listdir(folder)
    except OSError:
        return []
    return [entry[: -len(SUFFIX)] for entry in entries if entry.endswith(SUFFIX)]


def _folders_in(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in entries if entry.is_dir())
    except OSError:
        return []
