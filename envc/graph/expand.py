"""Follows needs from an app to everything below it, for one choice of variants and one target.

What a package needs depends on its variants, and what its variants are depends on who needs it. So
the needs are followed in rounds: each asks for what the choices of the round before bring, until a
round changes nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from envc import choices
from envc.check.signatures import Library
from envc.cpu import conditions
from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Label
from envc.facts import versions
from envc.graph.conditions import written
from envc.graph.merged import Merged, Request, merge
from envc.spec import App, Guard, Package, Place, Spec, Toolchain, Want

ROUNDS = 100
"""Real libraries settle in fewer rounds than they have layers."""

APP = ""
"""The app's name among the parents: no package has it."""

Packages = Callable[[str], Package | None]
Follow = Callable[[Package, Merged], bool]
"""Whether what a package needs is needed too: not of one that a provider has ready."""


@dataclass(frozen=True, slots=True)
class Expanded:
    """What is needed, with all that it needs."""

    packages: Mapping[str, Package | None]
    """None where envc's library has no say, as of `debian/libfoo-dev`."""
    requests: Mapping[str, tuple[Request, ...]]
    """By what is needed, in the order of `_key`."""
    merged: Mapping[str, Merged]
    diagnostics: tuple[Diagnostic, ...]


def always(package: Package, merged: Merged) -> bool:
    del package, merged
    return True


def expand(
    app: App,
    spec: Spec,
    library: Library,
    chosen: choices.Choices,
    target: str | None,
    *,
    follow: Follow = always,
) -> Expanded:
    find = finder(spec, library)
    roots = tuple(_of_app(app, spec, find, chosen, target))
    merged: dict[str, Merged] = {}
    for _ in range(ROUNDS):
        requests = _round(roots, find, merged, target, follow)
        again = {name: merge(find(name), asked) for name, asked in requests.items()}
        if again == merged:
            return Expanded({name: find(name) for name in requests}, requests, merged, ())
        merged, before = again, merged
    packages = {name: find(name) for name in requests}
    unsettled = (_unsettled(requests, before, merged),)
    return Expanded(packages, requests, merged, unsettled)


def finder(spec: Spec, library: Library) -> Packages:
    """A package of the file takes the place of the library's, for whoever needs it."""
    own = {package.name: package for package in reversed(spec.packages)}

    def find(name: str) -> Package | None:
        return own.get(name) or library.package(name)

    return find


# ---- one round -----------------------------------------------------------------------------------


def _round(
    roots: tuple[Request, ...],
    find: Packages,
    merged: Mapping[str, Merged],
    target: str | None,
    follow: Follow,
) -> dict[str, tuple[Request, ...]]:
    found: dict[str, list[Request]] = {}
    waiting = list(roots)
    while waiting:
        request = waiting.pop()
        name = request.want.name
        if name not in found:
            found[name] = []
            package = find(name)
            if package is not None:
                waiting.extend(_of_package(package, merged.get(name), target, follow))
        found[name].append(request)
    return {name: tuple(sorted(found[name], key=_key)) for name in sorted(found)}


def _key(request: Request) -> tuple[object, ...]:
    """The app's own word counts first; the place only where all else is equal."""
    want = request.want
    condition = written(request.guard)
    said = (want.name, want.versions, want.choices, want.roles, want.origin or "", condition)
    place = want.place
    return (request.parent, *said, request.toolchain, place.source.name, place.span)


def _of_package(
    package: Package, merged: Merged | None, target: str | None, follow: Follow
) -> Iterator[Request]:
    asked = merged if merged is not None else merge(package, ())
    if follow(package, asked):
        for want in package.wants:
            if want.guard.holds(asked.choices(), target):
                yield Request(package.name, want, want.guard)


def _of_app(
    app: App, spec: Spec, find: Packages, chosen: choices.Choices, target: str | None
) -> Iterator[Request]:
    for want in app.wants:
        if want.guard.holds(chosen, target):
            yield Request(APP, want, want.guard)
    chains = {chain.name: chain for chain in reversed(spec.toolchains)}
    for name, guard, place in app.toolchains:
        if name in chains and guard.holds(chosen, target):
            for each in _of_toolchain(chains[name], guard, place, chosen, target):
                yield replace(each, want=with_languages(each, find(each.want.name)))


def _of_toolchain(
    chain: Toolchain, using: Guard, place: Place, chosen: choices.Choices, target: str | None
) -> Iterator[Request]:
    for tool in chain.tools:
        guard = both(using, tool.want.guard)
        if guard.holds(chosen, target):
            yield Request(APP, tool.want, guard, chain.name, tool.languages, place)


def with_languages(asked: Request, package: Package | None) -> Want:
    """`c, fortran gcc@13` asks for gcc's `+fortran`, where the toolchain does not say itself."""
    options = package.options() if package is not None else {}
    said = dict(asked.want.choices)
    for language in asked.languages:
        if options.get(language) == choices.YES_NO:
            said.setdefault(language, "yes")
    return replace(asked.want, choices=tuple(sorted(said.items())))


def both(first: Guard, second: Guard) -> Guard:
    when = tuple(each.when for each in (first, second) if each.when is not None)
    on = tuple(each.on for each in (first, second) if each.on is not None)
    return Guard(
        choices.All(when) if len(when) > 1 else next(iter(when), None),
        conditions.All(on) if len(on) > 1 else next(iter(on), None),
    )


# ---- needs that never settle ---------------------------------------------------------------------


def _unsettled(
    requests: Mapping[str, tuple[Request, ...]],
    before: Mapping[str, Merged],
    merged: Mapping[str, Merged],
) -> Diagnostic:
    """A package that switches off the need by which it was itself switched on."""
    none = Merged(versions.ANY, {}, {})
    changing = sorted(
        name
        for name in {*before, *merged}
        if before.get(name, none).choices() != merged.get(name, none).choices()
    )
    name = next((each for each in changing if each in requests), min(requests))
    want: Want = requests[name][0].want
    return Diagnostic(
        rules.CONTRADICTING_NEEDS,
        f"what `{name}` needs depends on its variants, and these on what it needs",
        (Label(want.place.source, want.place.span, "needed here"),),
        (f"between {', '.join(changing)} no choice holds",) if changing else (),
        help=f"say here which variants of `{name}` you want",
    )
