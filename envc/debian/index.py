"""The packages of one suite for one architecture, found by their names."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from envc.debian import versions
from envc.debian.table import Lines, Table

SECTIONS: Final = 4
"""Packages, who provides a name, what is built from a source, and what is essential."""
_PROVIDED = re.compile(r"(?:^|,)\s*([^\s,(:]+)")


class Deb(NamedTuple):
    """One binary package. What it needs is as it is written; `relations` reads it."""

    name: str
    version: str
    architecture: str
    source: str
    source_version: str
    path: str
    size: int
    sha256: str
    pre_depends: str
    depends: str
    conflicts: str
    breaks: str
    provides: str
    replaces: str
    essential: bool
    important: bool
    """`Important` or `Protected`: apt does not remove it."""
    priority: str
    multi_arch: str
    section: str
    mention: int
    """Which of the names it is that apt meets in the index: see `mentions`."""

    def provided(self) -> list[str]:
        """Names by which others may ask for it."""
        return _PROVIDED.findall(self.provides)


class Index:
    """`tables` are those of the components, the first before the others."""

    def __init__(self, suite: str, architecture: str, tables: Iterable[Table]) -> None:
        self.suite: Final = suite
        self.architecture: Final = architecture
        packages, providers, sources, essential = zip(*tables, strict=True)
        self._packages: Final[tuple[Lines, ...]] = packages
        self._providers: Final[tuple[Lines, ...]] = providers
        self._sources: Final[tuple[Lines, ...]] = sources
        self._essential: Final[tuple[Lines, ...]] = essential
        self._named: Final[dict[str, tuple[Deb, ...]]] = {}

    def named(self, name: str) -> tuple[Deb, ...]:
        """Every version of it, the newest first."""
        found = self._named.get(name)
        if found is None:
            found = self._named[name] = self._read(name)
        return found

    def providing(self, name: str) -> tuple[Deb, ...]:
        """Packages that say to be this one, in the index's order; not the one of that name."""
        others = dict.fromkeys(
            other
            for lines in self._providers
            for told in lines.find(name)
            for other in told.split()
        )
        return tuple(
            deb
            for other in others
            if other != name
            for deb in self.named(other)
            if name in deb.provided()
        )

    def from_source(self, source: str) -> tuple[str, ...]:
        """The names of the packages that are built from it, sorted."""
        found = (told for lines in self._sources for told in lines.find(source))
        return tuple(sorted({name for told in found for name in told.split()}))

    def names(self) -> Iterable[str]:
        """Sorted."""
        if len(self._packages) == 1:
            return self._packages[0].names()
        return sorted({name for lines in self._packages for name in lines.names()})

    def essential(self) -> tuple[Deb, ...]:
        """What every system has, by name."""
        names = sorted({name for lines in self._essential for name in lines.names()})
        return tuple(deb for name in names for deb in self.named(name) if deb.essential)

    def description(self, name: str) -> str:
        """One line; nothing where there is no such package."""
        for lines in self._packages:
            for told in lines.find(name):
                return told.rpartition("\t")[2]
        return ""

    def _read(self, name: str) -> tuple[Deb, ...]:
        found: dict[tuple[str, str], Deb] = {}
        for lines in self._packages:
            for told in lines.find(name):
                deb = unfolded(name, told)
                found.setdefault((deb.version, deb.architecture), deb)
        debs = list(found.values())
        if len(debs) > 1:
            debs.sort(key=lambda deb: versions.key(deb.version), reverse=True)
        return tuple(debs)


def line(deb: Deb, description: str) -> str:
    """What the table keeps of a package; no value holds a tab or the end of a line."""
    said = (value if isinstance(value, str) else str(int(value)) for value in deb)
    return "\t".join((*said, description))


def unfolded(name: str, told: str) -> Deb:
    """What `line` wrote, but for the name."""
    values = told.split("\t")
    return Deb._make(
        (
            name,
            *values[:5],
            int(values[5]),
            *values[6:13],
            *(value == "1" for value in values[13:15]),
            *values[15:18],
            int(values[18]),
        )
    )
