"""Debian's packages by name: which releases have them, in which version, from which source.

The tables beside this file are made of Debian's own indexes by `python -m envc.names.make`.
"""

import os
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from envc.names.blocks import Record, Table

ARCHITECTURES = ("amd64", "arm64")
Kind = Literal["development", "library", "other", "aside"]
KINDS: tuple[Kind, ...] = ("development", "library", "other", "aside")
"""What a package is there for; `aside` is what nobody builds or runs with: manuals, symbols."""
HELD: dict[str, tuple[str, ...]] = {
    "-": (),
    "a": ARCHITECTURES[:1],
    "r": ARCHITECTURES[1:],
    "*": ARCHITECTURES,
}
"""How the table writes the architectures of a package in a release."""


class Held(NamedTuple):
    release: str
    version: str
    """Upstream's, as a spec's ranges compare it."""
    architectures: tuple[str, ...] = ARCHITECTURES


class Binary(NamedTuple):
    """What apt installs by this name."""

    name: str
    source: str
    held: tuple[Held, ...]
    kind: Kind
    summary: str

    def releases(self) -> tuple[str, ...]:
        return tuple(each.release for each in self.held)


class Source(NamedTuple):
    """What binaries are built from."""

    name: str
    held: tuple[Held, ...]
    binaries: tuple[Binary, ...]

    @property
    def summary(self) -> str:
        """What the package says that is nearest to the source itself."""
        ranked = sorted(self.binaries, key=self._farness)
        return ranked[0].summary if ranked else ""

    def foremost(self) -> list[Binary]:
        """The packages that a request means most likely, the likeliest first."""
        useful = (each for each in self.binaries if each.kind != "aside")
        return sorted(useful, key=_usefulness)

    def _farness(self, binary: Binary) -> tuple[bool, bool, int, str]:
        named = binary.name == self.name
        return binary.kind == "aside", not named, len(binary.name), binary.name


def _usefulness(binary: Binary) -> tuple[int, int, int, str]:
    """What every release has before what one has, and what builds need before the rest."""
    return -len(binary.held), KINDS.index(binary.kind), len(binary.name), binary.name


class Debian:
    """All names of the releases that the tables hold."""

    def __init__(self, folder: str) -> None:
        self._sources = Table(os.path.join(folder, "debian-sources"))
        self._binaries = Table(os.path.join(folder, "debian-binaries"))

    @property
    def releases(self) -> tuple[str, ...]:
        return self._sources.facts

    def binary(self, name: str) -> Binary | None:
        """Where releases build it from different sources, what all of them say together."""
        record = self._binaries.record(name)
        if record is None or record.rows:
            return None
        sources = record.fields or (name,)
        found = [
            binary
            for each in sources
            if (source := self.source(each)) is not None
            for binary in source.binaries
            if binary.name == name
        ]
        held = sorted(
            (each for one in found for each in one.held),
            key=lambda each: self.releases.index(each.release),
        )
        return found[-1]._replace(held=tuple(held)) if found else None

    def source(self, name: str) -> Source | None:
        record = self._sources.record(name)
        return self._read(record) if record is not None else None

    def providers(self, name: str) -> tuple[str, ...]:
        """The packages that stand in for a virtual one."""
        record = self._binaries.record(name)
        return record.rows[0] if record is not None and record.rows else ()

    def names(self) -> Iterator[str]:
        """What apt knows: packages, and those that others stand in for."""
        return self._binaries.names()

    def sources(self) -> Iterator[Source]:
        return map(self._read, self._sources.records())

    def source_names(self) -> Iterator[str]:
        return self._sources.names()

    def numbered(self, name: str) -> Iterator[str]:
        """Sources called like it with a number behind, as `fftw3` is for `fftw`."""
        for each in self._sources.beginning(name):
            if re.fullmatch(r"-?[0-9][0-9.]*", each[len(name) :]):
                yield each

    def beginning(self, prefix: str) -> Iterator[str]:
        return self._binaries.beginning(prefix)

    def _read(self, record: Record) -> Source:
        versions = record.fields
        releases = self.releases
        held = zip(releases, versions, strict=True)
        binaries = (self._binary(record.name, versions, row) for row in record.rows)
        return Source(record.name, tuple(Held(*each) for each in held if each[1]), tuple(binaries))

    def _binary(self, source: str, versions: tuple[str, ...], row: tuple[str, ...]) -> Binary:
        name, marks, kind, own, summary = row
        numbers = own.split(" ") if own else versions
        held = (
            Held(release, number, HELD[mark])
            for release, number, mark in zip(self.releases, numbers, marks, strict=True)
            if HELD[mark]
        )
        return Binary(name, source, tuple(held), KINDS[int(kind)], summary)
