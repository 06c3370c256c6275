"""From components to environments: everything installed, for each architecture of an origin."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from envc.cpu.tables.names import debian_architecture, guix_system
from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Label
from envc.facts import versions
from envc.graph.merged import version_range
from envc.lock.asked import label, said
from envc.lock.model import Block, LockedComponent, LockedEnvironment, LockedWheel
from envc.resolve.settle import Component, Settled
from envc.resolve.supply import PYPI, Root
from envc.sources.pypi.names import normalised
from envc.spec import Place


class Asked(NamedTuple):
    """A name that is installed because a line of the spec leads to it."""

    root: Root
    version: str
    """The component's: what of several is meant."""
    component: str
    place: Place
    supplier: str = ""


class Roles(NamedTuple):
    """What an app is built among, and what it runs among."""

    build: tuple[Asked, ...]
    run: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Closed:
    """What is installed, by the names that an environment lists, and all that is locked of it."""

    build: tuple[str, ...]
    run: tuple[str, ...]
    blocks: tuple[Block, ...]
    tools: tuple[str, ...] = ()
    untuned: tuple[str, ...] = ()
    """Names of what could be built for the targets' CPUs, and is not."""
    notes: tuple[str, ...] = ()


class Wheels(NamedTuple):
    """The names of the wheels of an environment, by role, and what is locked of them."""

    build: tuple[str, ...] = ()
    run: tuple[str, ...] = ()
    blocks: tuple[LockedWheel, ...] = ()


class Closure(Protocol):
    """An origin, asked for all that some names bring with them."""

    def close(
        self, asked: Roles, architecture: str, targets: Sequence[str]
    ) -> Closed | tuple[Diagnostic, ...]: ...

    def version(self, roots: Sequence[Root], stated: str, architecture: str) -> str:
        """Of the component that these names make up: `stated`, unless the origin has another."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """An environment, and what is locked for it."""

    environment: LockedEnvironment
    components: tuple[LockedComponent, ...]
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]


_NAMES: dict[str, Callable[[str], str | None]] = {
    "debian": debian_architecture,
    "guix": guix_system,
}


def architecture(origin: str, target: str) -> str | None:
    """What an origin calls the machines of a target."""
    return _NAMES[origin.partition("/")[0]](target)


class WithWheels(Protocol):
    """The wheels beside all that an origin brings."""

    def __call__(
        self, asked: Roles, closed: Closed, origin: str, architecture: str
    ) -> "Wheels | tuple[Diagnostic, ...]": ...


def surroundings(
    settled: Iterable[Settled], closure: Closure, with_wheels: WithWheels
) -> Iterator[Surroundings | tuple[Diagnostic, ...]]:
    """Targets that need the same share one environment."""
    for machine, together in _alike(settled):
        if machine is None:
            yield tuple(_no_machine(each) for each in together)
        else:
            yield _around(together, machine, closure, with_wheels)


def _around(
    together: Sequence[Settled], machine: str, closure: Closure, with_wheels: WithWheels
) -> Surroundings | tuple[Diagnostic, ...]:
    first = together[0]
    targets = tuple(sorted(each.build.target for each in together))
    asked = asked_in(first)
    closed = closure.close(_but_wheels(asked), machine, targets)
    if not isinstance(closed, Closed):
        return closed
    wheels = with_wheels(_wheels(asked), closed, first.origin, machine)
    if not isinstance(wheels, Wheels):
        return wheels
    app = label(first.build.app)
    components = tuple(
        _locked_wheel(each, first.origin, wheels)
        if each.supply.supplier == PYPI
        else _locked(each, first.origin, machine, closure)
        for each in first.components
    )
    if moved := tuple(_moved(first, components)):
        return moved
    environment = LockedEnvironment(
        app=app,
        origin=first.origin,
        choices=said(first.build.choices.items()),
        architecture=machine,
        targets=targets,
        components=tuple(sorted(str(each) for each in components)),
        build=closed.build,
        run=closed.run,
        untuned=closed.untuned,
        build_wheels=wheels.build,
        run_wheels=wheels.run,
        tools=closed.tools,
    )
    notes = tuple(f"{app}: {note}" for note in closed.notes)
    return Surroundings(environment, components, (*closed.blocks, *wheels.blocks), notes)


def _alike(settled: Iterable[Settled]) -> Iterator[tuple[str | None, list[Settled]]]:
    """By what is the same for all the targets of an environment."""
    groups: dict[object, list[Settled]] = {}
    machines: dict[object, str | None] = {}
    for each in settled:
        machine = architecture(each.origin, each.build.target)
        names = tuple((c.name, c.options, c.supply, c.roles) for c in each.components)
        key: object = (each.build.app.name, said(each.build.choices.items()), machine, names)
        groups.setdefault(key, []).append(each)
        machines[key] = machine
    for key, together in groups.items():
        yield machines[key], together


def of_build(component: Component) -> tuple[Root, ...]:
    return component.build


def of_run(component: Component) -> tuple[Root, ...]:
    return component.run


def asked_in(settled: Settled) -> Roles:
    return Roles(tuple(_asked(settled, of_build)), tuple(_asked(settled, of_run)))


def _asked(settled: Settled, role: Callable[[Component], tuple[Root, ...]]) -> Iterator[Asked]:
    for component in settled.components:
        for root in role(component):
            place = component.requests[0].want.place
            supply = component.supply
            yield Asked(root, supply.version, component.name, place, supply.supplier)


def _wheels(asked: Roles) -> Roles:
    return Roles(*(tuple(each for each in role if each.supplier == PYPI) for role in asked))


def _but_wheels(asked: Roles) -> Roles:
    return Roles(*(tuple(each for each in role if each.supplier != PYPI) for role in asked))


def _locked(component: Component, origin: str, machine: str, closure: Closure) -> LockedComponent:
    """Whole, whatever this app uses of it: another app may use more."""
    supply = component.supply
    return LockedComponent(
        origin=origin,
        name=component.name,
        version=closure.version((*supply.run, *supply.build), supply.version, machine),
        options=component.options,
        supplier="" if supply.supplier == origin.partition("/")[0] else supply.supplier,
        build=tuple(sorted(root.name for root in supply.build)),
        run=tuple(sorted(root.name for root in supply.run)),
    )


def _locked_wheel(component: Component, origin: str, wheels: Wheels) -> LockedComponent:
    root = component.supply.run[0]
    name = normalised(root.name)
    return LockedComponent(
        origin=origin,
        name=component.name,
        version=next(each.version for each in wheels.blocks if each.name == name),
        options=component.options,
        supplier=PYPI,
        build=(name,),
        run=(name,),
    )


def _moved(settled: Settled, locked: Iterable[LockedComponent]) -> Iterator[Diagnostic]:
    """What an origin has by now in another version than the library knows, outside of a range."""
    for component, has in zip(settled.components, locked, strict=True):
        number = versions.version(has.version)
        if not isinstance(number, versions.Version):
            continue
        for asked in component.requests:
            if not versions.matches(version_range(asked.want), number):
                place = asked.want.place
                yield Diagnostic(
                    rules.NO_SUPPLIER,
                    f"`{component.name}` is {has.version} in {settled.origin} by now",
                    (Label(place.source, place.span, "asked for here"),),
                    notes=(f"the library knew {component.supply.version} there",),
                    help=f"ask for `{component.name}@{has.version}`, or lock an earlier moment",
                )


def once(found: Iterable[Surroundings]) -> tuple[LockedComponent, ...]:
    """One block for a component, unless it comes under other names for another target."""
    names: dict[tuple[object, ...], dict[LockedComponent, set[str]]] = {}
    for each in found:
        for component in each.components:
            alike = names.setdefault(component.key, {})
            alike.setdefault(component, set()).update(each.environment.targets)
    return tuple(
        component
        for alike in names.values()
        for each, targets in alike.items()
        for component in (
            [each] if len(alike) == 1 else [replace(each, target=one) for one in sorted(targets)]
        )
    )


def _no_machine(settled: Settled) -> Diagnostic:
    build = settled.build
    origin = settled.origin.partition("/")[0].capitalize()
    place = build.app.place
    return Diagnostic(
        rules.NO_SUPPLIER,
        f"{origin} has no packages for the machines of `{build.target}`",
        (Label(place.source, place.span, "asked for by this app"),),
        help="leave the target out, or take another provider with `emit`",
    )
