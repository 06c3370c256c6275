"""Which package of the library a Debian package belongs to, and with which of its choices."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from envc import choices, library
from envc.spec import Package, Provider, Want


class Entry(NamedTuple):
    package: str
    choices: tuple[tuple[str, str], ...]
    """What has to be chosen for Debian's package to be among those installed; seldom anything."""
    only_builds: bool
    """Whether all that Debian has of it is for building."""
    is_own: bool
    """Whether it is there for building or without a role; run-time parts may be anybody's."""


@cache
def entries() -> dict[str, Entry]:
    """By Debian's names. Reads the whole library: 0.3 s, once."""
    found: dict[str, Entry] = {}
    shelf = library.standard()
    for name in shelf.names():
        package = shelf.package(name)
        for want, entry in _entries(package) if package is not None else ():
            before = found.get(want.name)
            if before is None or _rank(entry, want.name) < _rank(before, want.name):
                found[want.name] = entry
    return found


def _rank(entry: Entry, debian: str) -> tuple[bool, bool, int, str]:
    return not entry.is_own, entry.package not in debian, len(entry.choices), entry.package


def _entries(package: Package) -> Iterator[tuple[Want, Entry]]:
    wants = [want for provider in _of_debian(package) for want in provider.wants]
    only_builds = bool(wants) and all(want.roles == ("build",) for want in wants)
    for want in wants:
        chosen = _fewest(package, want)
        if chosen is not None:
            is_own = want.roles != ("run",)
            yield want, Entry(package.name, chosen, only_builds, is_own)


def _of_debian(package: Package) -> Iterator[Provider]:
    return (each for each in package.providers if each.name.partition("/")[0] == "debian")


def _fewest(package: Package, want: Want) -> tuple[tuple[str, str], ...] | None:
    """The choices that differ least from the package's own and still install this."""
    defaults = package.defaults()
    condition = want.guard.when
    if condition is None:
        return ()
    asked = choices.variants(condition)
    axes = {name: all_ for name, all_ in package.options().items() if name in asked}
    fitting = [
        tuple(sorted((k, v) for k, v in chosen.items() if v != defaults[k]))
        for chosen in choices.combinations(axes)
        if choices.holds(condition, {**defaults, **chosen})
    ]
    return min(fitting, key=lambda each: (len(each), each), default=None)
