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
from envc.reading import Read, read
from envc.source import Source
from envc.spec import Package, Site
from envc.syntax import nodes
from envc.syntax.parser import parse

SUFFIX = ".envc"
OWN = "envc:"
"""Begins the names of the library's own sources in messages, such as `envc:packages/hdf5.envc`."""


@dataclass(slots=True)
class Shelf:
    """A folder of the library, one package a file, the file called like the package."""

    folder: str
    _files: dict[str, nodes.SpecFile | None] = field(default_factory=dict, init=False)
    _packages: dict[str, Package | None] = field(default_factory=dict, init=False)

    def names(self) -> tuple[str, ...]:
        return tuple(sorted(_specs_in(data.path("specs", self.folder))))

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
        checked = check_file(node[0], self, Nothing())
        return next((each for each in checked.spec.packages if each.name == name), None)

    def _node(self, name: str) -> tuple[nodes.SpecFile, nodes.Package] | None:
        if name not in self._files:
            found = _read_own(f"{self.folder}/{name}") if _plain(name) else None
            source = found.source if found is not None else None
            self._files[name] = parse(source).file if source is not None else None
        file = self._files[name]
        for item in file.items if file is not None else ():
            if isinstance(item, nodes.Package) and item.name.text == name and file is not None:
                return file, item
        return None


@cache
def standard() -> Shelf:
    """The library that ships with envc; read once, it never changes while envc runs."""
    return Shelf("packages")


class Beside:
    """Finds what `use apps/gromacs` names: beside the file that says so, else in the library."""

    def __call__(self, path: str, said_in: Source) -> Read | None:
        if (folder := _folder_of(said_in)) is not None:
            beside = os.path.join(folder, path + SUFFIX)
            if os.path.lexists(beside):
                return read(beside)
        return _read_own(path)

    def known(self, said_in: Source) -> Iterator[str]:
        folders = (_folder_of(said_in), data.path("specs"))
        for folder in folders:
            if folder is not None:
                yield from _specs_in(folder)
                for below in _folders_in(folder):
                    yield from (
                        f"{below}/{name}" for name in _specs_in(os.path.join(folder, below))
                    )


class Nothing:
    """For files that take nothing in."""

    def __call__(self, path: str, said_in: Source) -> None:
        del path, said_in

    def known(self, said_in: Source) -> Iterator[str]:
        del said_in
        return iter(())


def sites() -> tuple[str, ...]:
    """The places that come with envc."""
    return tuple(sorted(_specs_in(data.path("specs", "sites"))))


def site(name: str) -> Site | None:
    """The library's own tests see to it that its files have no mistakes."""
    from envc.check import check_file

    found = _read_own(f"sites/{name}") if _plain(name) else None
    if found is None or found.source is None:
        return None
    spec = check_file(parse(found.source).file, standard(), Nothing()).spec
    return next((each for each in spec.sites if each.name == name), None)


def path_on_disk(source: Source) -> str:
    """Where a source is, the library's own included."""
    name = source.name
    return data.path("specs", name.removeprefix(OWN)) if name.startswith(OWN) else name


def _folder_of(source: Source) -> str | None:
    """None for the library's own specs: they take in only each other."""
    return None if source.name.startswith(OWN) else os.path.dirname(source.name)


def _read_own(name: str) -> Read | None:
    """One of the library's specs, under a name that is the same on every host."""
    path = data.path("specs", name + SUFFIX)
    if not os.path.isfile(path):
        return None
    found = read(path)
    if found.source is None:
        return found
    return Read(Source(OWN + name + SUFFIX, found.source.text), found.diagnostics)


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
