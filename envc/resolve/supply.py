"""Who supplies a package, in which version and under which names: read off its `provider` lines."""

from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from envc.facts import versions
from envc.facts.words import listed
from envc.graph.merged import Merged, version_range
from envc.lock.asked import said
from envc.spec import Package, Want

PYPI = "pypi"
"""Supplies wheels for the Python of whatever release of Debian."""
SOURCE, HOST = "source", "host"
"""Suppliers that serve any origin: what it is built from, and what the site has installed."""

BUILD, RUN = frozenset({"build", "link", "test"}), frozenset({"run", "link"})


class Root(NamedTuple):
    """A name in a provider's own world."""

    name: str
    wanted: versions.Range = versions.ANY
    output: str = "out"
    extras: tuple[str, ...] = ()
    """Of a wheel: what else of it is wanted."""


class Supply(NamedTuple):
    supplier: str
    """`debian`, `guix`, or one of those that serve any origin."""
    version: str
    build: tuple[Root, ...] = ()
    run: tuple[Root, ...] = ()


def supply(
    package: Package, asked: Merged, origin: str, target: str, but: Container[str] = ()
) -> Supply | None:
    """The origin's own package where it has one, else its source, else what a site has.

    `but` are versions that were tried and do not go together with others.
    """
    provider = origin.partition("/")[0]
    for supplier in (provider, SOURCE, HOST):
        if not _all_admit(asked, supplier, origin):
            continue
        place = origin if supplier == provider else supplier
        for number in fitting(package, asked, place):
            if str(number) in but:
                continue
            if supplier == SOURCE and package.sources:
                return Supply(SOURCE, str(number))
            lines = tuple(_lines(package, asked, place, number, target))
            if lines and supplier == HOST:
                return Supply(HOST, str(number))
            if lines:
                return _of_lines(lines, supplier, str(number))
    return None


def direct(name: str, asked: Merged, origin: str) -> Supply | None:
    """`debian/libfoo-dev`: the library has no say, and its version is what the origin has."""
    provider, _, bare = name.partition("/")
    if provider == PYPI and origin.startswith("debian/") and _all_admit(asked, PYPI, origin):
        extras = tuple(sorted(name for name, choice in asked.asked.items() if choice == "yes"))
        wheel = (Root(bare, asked.versions, extras=extras),)
        return Supply(PYPI, "", wheel, wheel)
    if provider != origin.partition("/")[0] or not _all_admit(asked, provider, origin):
        return None
    only = (Root(bare, asked.versions, asked.asked.get("output", "out")),)
    return Supply(provider, "", only, only)


def _all_admit(asked: Merged, supplier: str, origin: str) -> bool:
    return all(_admits(wanted, supplier, origin) for wanted in asked.origins)


def _admits(wanted: str, supplier: str, origin: str) -> bool:
    return wanted in {supplier, origin} or (supplier in {SOURCE, HOST} and wanted == supplier)


def fitting(package: Package, asked: Merged, place: str) -> tuple[versions.Version, ...]:
    """The versions there that are in the range, the best first."""
    found = [each for each in known(package, place) if versions.matches(asked.versions, each)]
    return tuple(sorted(found, key=lambda each: (not each.is_early, each), reverse=True))


def known(package: Package, place: str) -> tuple[versions.Version, ...]:
    """`debian/trixie` has what `debian` has, too."""
    places = {place, place.partition("/")[0]}
    read = (versions.version(each.number) for each in package.versions if each.origin in places)
    return tuple(each for each in read if isinstance(each, versions.Version))


def _of_lines(lines: Iterable[Want], supplier: str, number: str) -> Supply:
    lines = tuple(lines)
    build, run = (
        tuple(dict.fromkeys(root for line in lines if _serves(line, role) for root in roots(line)))
        for role in (BUILD, RUN)
    )
    return Supply(supplier, number, build, run)


def _lines(
    package: Package, asked: Merged, place: str, number: versions.Version, target: str
) -> Iterator[Want]:
    places = {place, place.partition("/")[0]}
    for provider in package.providers:
        if provider.name in places:
            for line in provider.wants:
                if line.guard.holds(asked.choices(), target) and versions.matches(
                    version_range(line), number
                ):
                    yield line


def _serves(want: Want, roles: frozenset[str]) -> bool:
    return not want.roles or bool(roles.intersection(want.roles))


def roots(line: Want) -> Iterator[Root]:
    """`hdf5-parallel-openmpi openmpi=4.1.6`: what it was built with comes along."""
    choices = dict(line.choices)
    yield Root(line.name, version_range(line), choices.pop("output", "out"))
    for name, number in sorted(choices.items()):
        read = versions.read_range(number)
        yield Root(name, read if isinstance(read, versions.Range) else versions.ANY)


# ---- why nobody does -----------------------------------------------------------------------------


def why_not(package: Package, asked: Merged, origin: str) -> str:
    """Why `supply` has nothing, in words that follow the package's name."""
    called = origin.partition("/")[2] or origin.capitalize()
    for wanted in asked.origins:
        if not _any_admits(wanted, origin):
            return f"is wanted from {wanted}, not {called}"
    numbers = [str(each) for each in sorted(known(package, origin), reverse=True)]
    if not numbers:
        return f"is not in {called}"
    if not fitting(package, asked, origin):
        return f"is not in {called}, which has {listed(numbers, 'and')}"
    wanted = " ".join(said(asked.asked.items()))
    return f"is not in {called} with {wanted}" if wanted else f"is not in {called} as it is wanted"


def _any_admits(wanted: str, origin: str) -> bool:
    return any(_admits(wanted, each, origin) for each in (origin.partition("/")[0], SOURCE, HOST))
