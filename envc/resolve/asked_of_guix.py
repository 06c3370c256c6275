"""What to ask a Guix of another commit: all that its part of a lock may come to name."""

from collections.abc import Iterator
from typing import NamedTuple

from envc.check.signatures import Library
from envc.cpu.tables.guix import tune
from envc.cpu.tables.names import guix_system
from envc.graph.expand import expand
from envc.lock.asked import builds, formats
from envc.resolve.choose import GUIX
from envc.resolve.supply import roots
from envc.spec import Package, Spec


class Question(NamedTuple):
    names: frozenset[str]
    systems: frozenset[str]
    tunings: frozenset[tuple[str, str]]
    """A system, and the name of a CPU."""


def question(spec: Spec, library: Library) -> Question:
    names: set[str] = set()
    systems: set[str] = set()
    tunings: set[tuple[str, str]] = set()
    for app in spec.apps:
        if GUIX not in formats(app)[0]:
            continue
        for choices, target in builds(app):
            expanded = expand(app, spec, library, choices, target)
            for name, package in expanded.packages.items():
                names.update(_named(name, package))
            if (system := guix_system(target)) is not None:
                systems.add(system)
                if (cpu := tune(target).name) is not None:
                    tunings.add((system, cpu))
    return Question(frozenset(names), frozenset(systems), frozenset(tunings))


def _named(name: str, package: Package | None) -> Iterator[str]:
    """Every name that some choice would lead to: which one it is, is not known before."""
    if package is None:
        provider, _, bare = name.partition("/")
        if provider == GUIX:
            yield bare
        return
    for each in package.providers:
        if each.name == GUIX:
            for line in each.wants:
                yield from (root.name for root in roots(line))
