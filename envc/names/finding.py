"""What a name means in Debian and in Guix: a package, a source, or the other's name for one."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from envc.names import twins
from envc.names.debian import Binary, Debian, Source
from envc.names.guix import Guix, GuixPackage

_PART = re.compile(r" +(\([^()]*\)|--? .*)$")
"""Which of a source's packages a summary is of, as Debian ends it."""


class Found(NamedTuple):
    """One piece of software, as far as either world has it."""

    name: str
    source: Source | None
    binary: Binary | None
    """The package of Debian that is called so, where one is."""
    packages: Sequence[GuixPackage]
    is_guess: bool = False
    """Whether it is only the names that say that both mean one thing."""

    @property
    def worlds(self) -> tuple[str, ...]:
        found = (("Debian", self.source), ("Guix", self.packages))
        return tuple(world for world, what in found if what)

    @property
    def summary(self) -> str:
        """Guix's where there is one: its synopses are written as a spec's summaries are."""
        said = self.packages[0].synopsis if self.packages else ""
        if not said and self.source is not None:
            said = _PART.sub("", self.source.summary)
        return said[:1].upper() + said[1:]

    @property
    def names(self) -> tuple[str, ...]:
        """Whatever it is called, the asked name first."""
        source = self.source.name if self.source is not None else self.name
        return tuple(dict.fromkeys((self.name, source, *(each.name for each in self.packages))))


def find(name: str, debian: Debian, guix: Guix) -> Found | None:
    binary = debian.binary(name)
    source = debian.source(name) or (debian.source(binary.source) if binary is not None else None)
    packages = guix.named(name)
    if source is not None:
        twin = twins.in_guix(source, guix, also=name)
        packages = guix.named(twin.name) if twin is not None else packages
    elif packages:
        twin = twins.in_debian(name, guix, debian)
        source = debian.source(twin.name) if twin is not None else None
    else:
        return None
    is_guess = twin is not None and not twin.is_sure
    return Found(name, source, binary, packages, is_guess)
