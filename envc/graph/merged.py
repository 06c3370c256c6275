"""What is asked of one package by all that need it, taken together."""

from collections.abc import Iterable, Mapping

from envc.facts import versions
from envc.spec import Guard, Package, Place, Want
from envc.values import dataclass


@dataclass(frozen=True, slots=True)
class Request:
    """One line of a spec by which something needs a package."""

    parent: str
    """A package's name; the app is called `""`, which no package is."""
    want: Want
    guard: Guard
    """The want's own condition, and that of the toolchain which brought it."""
    toolchain: str = ""
    languages: tuple[str, ...] = ()
    using: Place | None = None
    """Where the app chose the toolchain."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Where requests contradict each other, the first in the order of places has its way."""

    versions: versions.Range
    asked: Mapping[str, str]
    """The choices that somebody asked for."""
    defaults: Mapping[str, str]
    """The package's own, for the variants that nobody asked about."""
    origins: tuple[str, ...] = ()
    """Where it is wanted from, by those who say so."""

    def choices(self) -> dict[str, str]:
        return {**self.defaults, **self.asked}


def merge(package: Package | None, requests: Iterable[Request]) -> Merged:
    asked: dict[str, str] = {}
    origins: set[str] = set()
    wanted = versions.ANY
    for request in requests:
        if request.want.origin is not None:
            origins.add(request.want.origin)
        for name, choice in request.want.choices:
            asked.setdefault(name, choice)
        both = versions.intersect(wanted, version_range(request.want))
        wanted = wanted if both.is_empty else both
    defaults = package.defaults() if package is not None else {}
    left = {name: choice for name, choice in sorted(defaults.items()) if name not in asked}
    return Merged(wanted, dict(sorted(asked.items())), left, tuple(sorted(origins)))


def version_range(want: Want) -> versions.Range:
    """A range that cannot be read was told by the checker."""
    read = versions.read_range(want.versions) if want.versions else versions.ANY
    return read if isinstance(read, versions.Range) else versions.ANY
