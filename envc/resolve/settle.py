"""The components of an app for one choice, one target and one origin, and who supplies each."""

from collections.abc import Mapping
from typing import NamedTuple

from envc.check.signatures import Library
from envc.choices import Choices
from envc.diagnostics.model import Diagnostic, Severity
from envc.graph import roles
from envc.graph.contradictions import contradictions
from envc.graph.expand import expand
from envc.graph.merged import Merged, Request
from envc.lock.asked import said
from envc.resolve.supply import PYPI, SOURCE, Root, Supply, direct, supply, why_not
from envc.spec import App, Package, Spec

NOTHING: Mapping[str, frozenset[str]] = {}


class Build(NamedTuple):
    """One build of an app."""

    app: App
    choices: Choices
    target: str


class Component(NamedTuple):
    name: str
    package: Package | None
    """None for a name in the origin's own world, such as `debian/libfoo-dev`."""
    options: tuple[str, ...]
    """Its variants that are not as the package has them by default."""
    roles: tuple[str, ...]
    supply: Supply
    requests: tuple[Request, ...]
    choices: tuple[tuple[str, str], ...] = ()
    """All its variants."""
    stays: bool = False
    """Whether what is built with is there at run, too."""

    @property
    def build(self) -> tuple[Root, ...]:
        return self.supply.build if self._for("build", "link", "test") else ()

    @property
    def run(self) -> tuple[Root, ...]:
        own = self.supply.run if self._for("run", "link") else ()
        return tuple(dict.fromkeys((*own, *self.build))) if self.stays else own

    def _for(self, *roles: str) -> bool:
        return not set(roles).isdisjoint(self.roles)


class Missing(NamedTuple):
    """A component that the origin cannot supply."""

    name: str
    requests: tuple[Request, ...]
    why: str
    """Goes behind the name: `is not in bookworm, which has 12.2.0`."""


class Settled(NamedTuple):
    build: Build
    origin: str
    components: tuple[Component, ...]
    missing: tuple[Missing, ...]
    diagnostics: tuple[Diagnostic, ...]
    """Errors of the spec, which no origin can mend."""


Without = Mapping[str, frozenset[str]]
"""Versions that were tried and do not go together with others, by component."""


def settle(
    build: Build, spec: Spec, library: Library, origin: str, without: Without = NOTHING
) -> Settled:
    def follow(package: Package, asked: Merged) -> bool:
        but = without.get(package.name, ())
        found = supply(package, asked, origin, build.target, but)
        return found is not None and found.supplier == SOURCE

    expanded = expand(build.app, spec, library, build.choices, build.target, follow=follow)
    told = (*expanded.diagnostics, *contradictions(expanded, build.target))
    errors = tuple(each for each in told if each.rule.severity is Severity.ERROR)
    needs = [request for asked in expanded.requests.values() for request in asked]
    serves = roles.composed((each.parent, each.want.name, roles.of(each.want)) for each in needs)
    components, missing = [], []
    for name, requests in expanded.requests.items():
        package, asked = expanded.packages[name], expanded.merged[name]
        if package is None:
            found = direct(name, asked, origin)
        else:
            found = supply(package, asked, origin, build.target, without.get(name, ()))
        if found is not None:
            options = _options(package, asked)
            components.append(
                Component(
                    name,
                    package,
                    options,
                    serves[name],
                    found,
                    requests,
                    tuple(asked.choices().items()),
                    build.app.is_environment,
                )
            )
        else:
            why = (
                why_not(package, asked, origin)
                if package is not None
                else _elsewhere(name, library)
            )
            missing.append(Missing(name, requests, why))
    return Settled(build, origin, tuple(components), tuple(missing), errors)


def _options(package: Package | None, asked: Merged) -> tuple[str, ...]:
    defaults = package.defaults() if package is not None else {}
    return said(each for each in asked.choices().items() if defaults.get(each[0]) != each[1])


def _elsewhere(name: str, library: Library) -> str:
    provider, _, bare = name.partition("/")
    if provider != PYPI:
        return f"is a package of {provider.capitalize()} alone"
    own = f"python-{bare.lower()}"
    instead = f", which has `{own}` instead" if library.package(own) is not None else ""
    return f"comes as a wheel, and wheels are not for Guix{instead}"
