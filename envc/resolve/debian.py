"""The Debian side of an app: every package that is installed, by the release that is locked."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from envc.debian.index import Deb, Index
from envc.debian.relations import Atom
from envc.debian.solve import Solution, Wanted, solve
from envc.debian.why import NoSolution
from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Label
from envc.facts import versions
from envc.facts.debian_versions import upstream
from envc.facts.problem import Problem
from envc.lock.model import LockedDeb
from envc.resolve.environments import Asked, Closed, Roles
from envc.resolve.supply import Root

TOOLS = ("libfaketime", "squashfs-tools")
"""Beside what every Debian has: another time of day for a build, and the file system of a SIF."""


class Moments(NamedTuple):
    """A release as it is locked, and perhaps as it was later, for what is upgraded."""

    names: Sequence[str]
    """As the lock calls each."""
    indexes: Callable[[str], Sequence[Index] | Problem]
    """Of an architecture, one for each name."""
    kept: Mapping[str, str] = {}
    """The versions that stay, by name."""
    upgrade: frozenset[str] = frozenset()


class DebianClosure:
    """Everything that a release brings with a name, and what every system of it has."""

    def __init__(self, moments: Moments) -> None:
        self._moments = moments
        self._closed: dict[object, _Installed | tuple[Diagnostic, ...]] = {}

    def close(
        self, asked: Roles, architecture: str, targets: Sequence[str]
    ) -> Closed | tuple[Diagnostic, ...]:
        del targets  # Debian builds a package once for an architecture
        found = [self._closed_once(each, architecture) for each in asked]
        if all(isinstance(each, _Installed) for each in found):
            found.append(self._tools(asked, architecture))
        good = [each for each in found if isinstance(each, _Installed)]
        if len(good) < len(found):
            return tuple(
                told for each in found if not isinstance(each, _Installed) for told in each
            )
        build, run, tools = good
        blocks = tuple(dict.fromkeys((*build.blocks, *run.blocks, *tools.blocks)))
        return Closed(build.names, run.names, blocks, tools.names)

    def _tools(self, asked: Roles, architecture: str) -> "_Installed | tuple[Diagnostic, ...]":
        """The same for all apps; what is wrong with them is told where this one asks first."""
        key = (architecture, TOOLS)
        if key not in self._closed:
            self._closed[key] = self._close((), architecture, TOOLS)
        found = self._closed[key]
        if isinstance(found, _Installed):
            return found
        labels = tuple(_labels([*asked.build, *asked.run][:1]))
        return tuple(replace(told, labels=labels) for told in found)

    def _closed_once(
        self, asked: Sequence[Asked], architecture: str
    ) -> "_Installed | tuple[Diagnostic, ...]":
        key = (architecture, tuple(sorted({(each.root.name, each.place) for each in asked})))
        if key not in self._closed:
            self._closed[key] = self._close(asked, architecture)
        return self._closed[key]

    def _close(
        self, asked: Sequence[Asked], architecture: str, useful: Sequence[str] = ()
    ) -> "_Installed | tuple[Diagnostic, ...]":
        """With what is useful, where the archive has it."""
        indexes = self._moments.indexes(architecture)
        if isinstance(indexes, Problem):
            labels = tuple(_labels(asked[:1]))
            return (Diagnostic(rules.ORIGIN_REFUSED, indexes.message, labels, help=indexes.help),)
        if wrong := tuple(_outside(asked, indexes)):
            return wrong
        there = [name for name in useful if any(index.named(name) for index in indexes)]
        found = solve(
            indexes[:1],
            [
                *(Wanted((Atom(each.root.name),), each) for each in asked),
                *(Wanted((Atom(name),)) for name in there),
            ],
            essential=True,
            later=indexes[1:],
            preferred=self._moments.kept,
            upgrade=self._moments.upgrade,
        )
        if isinstance(found, Solution):
            return self._locked(found, indexes)
        return (_unsolved(found, asked),)

    def _locked(self, found: Solution, indexes: Sequence[Index]) -> "_Installed":
        names = dict(zip(map(id, indexes), self._moments.names, strict=True))
        return _Installed(
            tuple(f"{deb.name}={deb.version}" for deb in found.packages),
            tuple(
                _block(deb, names[id(found.indexes[deb.name])], found.edges[deb.name])
                for deb in found.packages
            ),
        )

    def version(self, roots: Sequence[Root], stated: str, architecture: str) -> str:
        """The library's number where the index still means it; else what the index has."""
        indexes = self._moments.indexes(architecture)
        if isinstance(indexes, Problem):
            return stated
        there = [
            upstream(deb.version)
            for root in roots
            for index in indexes
            for deb in index.named(root.name)[:1]
        ]
        if not there or (stated and any(_means(stated, each) for each in there)):
            return stated
        return there[0]


class _Installed(NamedTuple):
    """Of one role."""

    names: tuple[str, ...]
    blocks: tuple[LockedDeb, ...]


def _block(deb: Deb, origin: str, depends: tuple[str, ...]) -> LockedDeb:
    return LockedDeb(
        origin=origin,
        name=deb.name,
        architecture=deb.architecture,
        version=deb.version,
        source=f"{deb.source}={deb.source_version}",
        path=deb.path,
        size=deb.size,
        sha256=deb.sha256,
        depends=depends,
    )


# ---- versions as upstream counts them ------------------------------------------------------------


def _means(said: str, packed: str) -> bool:
    """`4.2.2` is what 4.2.2.20221110 is."""
    return re.match(re.escape(said) + r"(?!\d)", packed) is not None


def _outside(asked: Sequence[Asked], indexes: Sequence[Index]) -> Iterator[Diagnostic]:
    """A range behind a name of Debian's own."""
    for each in asked:
        if not each.version and each.root.wanted != versions.ANY:
            found = [
                upstream(deb.version) for index in indexes for deb in index.named(each.root.name)
            ]
            if found and not any(_lies_in(each.root.wanted, one) for one in found):
                message = f"{indexes[0].suite} has `{each.root.name}` {' and '.join(found)}"
                yield Diagnostic(
                    rules.NO_SUPPLIER,
                    message,
                    tuple(_labels([each])),
                    help="ask for that version, or for another release with `from debian/…`",
                )


def _lies_in(wanted: versions.Range, number: str) -> bool:
    read = versions.version(number)
    return isinstance(read, versions.Version) and versions.matches(wanted, read)


# ---- what cannot be installed --------------------------------------------------------------------


def _unsolved(found: NoSolution, asked: Sequence[Asked]) -> Diagnostic:
    """At the lines of the spec from which the contradiction follows."""
    said = [wish.origin for wish in found.wishes if isinstance(wish.origin, Asked)]
    *steps, last = (step.text for step in found.steps)
    return Diagnostic(
        rules.NOT_INSTALLABLE,
        found.conclusion or last,
        tuple(_labels(said or asked[:1])),
        notes=tuple(steps if not found.conclusion else (*steps, last)),
        help=found.help,
    )


def _labels(asked: Sequence[Asked]) -> Iterator[Label]:
    for each in dict.fromkeys((one.place, one.component) for one in asked):
        place, component = each
        yield Label(place.source, place.span, f"`{component}` asked for here")
