"""From a checked spec and its lock to plans: pure, asking neither the store nor this machine."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from envc.check import Checked
from envc.check.signatures import Library
from envc.choices import Choices
from envc.cpu.tables.names import oci
from envc.diagnostics.model import Diagnostic
from envc.lock import asked
from envc.lock.contents import Contents
from envc.lock.model import (
    Lock,
    LockedDeb,
    LockedEnvironment,
    LockedItem,
)
from envc.plan import image, needs, order, recipe, runs, toolchain, wheels, workplace
from envc.plan.base import base, no_base
from envc.plan.closure import closure
from envc.plan.model import Base, Input, Plan, Recipe, Root
from envc.plan.recipe import Case
from envc.plan.shell import script
from envc.plan.steps import parts
from envc.resolve.settle import Build, Component, Settled, settle
from envc.resolve.supply import SOURCE
from envc.spec import App, Spec

_ODD = re.compile(r"[^\w.+-]", re.ASCII)


class Planned(NamedTuple):
    plans: tuple[Plan, ...]
    """Only those in which nothing is wrong."""
    diagnostics: tuple[Diagnostic, ...]


def plans(checked: Checked, lock: Lock, library: Library, targets: Sequence[str] = ()) -> Planned:
    """One for each app, choice, target and origin that the lock has an environment for."""
    maker = _Maker(checked.spec, lock, library, Contents(lock))
    found: list[Plan] = []
    told: list[Diagnostic] = []
    for app in checked.spec.apps:
        for choices, target in asked.builds(app):
            if not targets or target in targets:
                for each in maker.plans(Build(app, choices, target)):
                    (found if isinstance(each, Plan) else told).append(each)  # type: ignore[arg-type]
    return Planned(tuple(found), tuple(dict.fromkeys(told)))


@dataclass(frozen=True, slots=True)
class _Maker:
    spec: Spec
    lock: Lock
    library: Library
    contents: Contents

    def plans(self, build: Build) -> Iterator[Plan | Diagnostic]:
        said = asked.said(build.choices.items())
        for each in self.lock.environments:
            if (each.app, each.choices) == (
                asked.label(build.app),
                said,
            ) and build.target in each.targets:
                found = self._plan(build, each)
                if isinstance(found, Plan):
                    yield found
                else:
                    yield from found

    def _plan(self, build: Build, environment: LockedEnvironment) -> Plan | tuple[Diagnostic, ...]:
        app = build.app
        settled = self._settled(build, environment)
        case = _case(app, build)
        locked = toolchain.locked(settled, self.lock)
        made = tuple(self._recipes(settled, environment, case))
        told = [one for each in made if isinstance(each, tuple) for one in each]
        own = toolchain.compilers(
            locked, environment.build, environment.architecture, recipe.own_flags(app, case)
        )
        recipes = _named_apart(
            (
                *wheels.recipes(environment, self.contents, app),
                *(each for each in made if isinstance(each, Recipe)),
            )
        )
        pins = tuple(toolchain.pins(locked))
        if app.is_environment:
            pins += tuple(workplace.variables(app, own, environment, recipes))
            pins += recipe.by_variable(app, case)
        variables = image.variables(app, case, pins)
        told += [each for each in variables if isinstance(each, Diagnostic)]
        told += workplace.wrong(app)
        debs = environment.origin.startswith("debian/")
        platform = str(oci(build.target) or "linux")
        start = base(app, case, self.lock, platform) if debs else no_base(app, case)
        if isinstance(start, Diagnostic):
            told.append(start)
        if debs:
            told += needs.missing(recipes, frozenset(environment.build), app)
        if told:
            return tuple(told)
        moment = image.moment(self.lock, environment.origin)
        found = runs.runs(app, case)
        plan = Plan(
            app=asked.label(app),
            name=app.name,
            version=app.version,
            summary=recipe.fact(app, "summary"),
            license=recipe.fact(app, "license"),
            homepage=recipe.fact(app, "homepage"),
            choices=asked.said(build.choices.items()),
            target=build.target,
            origin=environment.origin,
            architecture=environment.architecture,
            platform=platform,
            closure="",
            epoch=image.epoch(moment),
            snapshot=moment,
            upgrades=image.upgrades(self.lock, environment.origin),
            channels=() if debs else self.lock.channels,
            prefix=image.prefix(app),
            compilers=own,
            recipes=recipes,
            build=self._root(environment, environment.build) if debs else None,
            run=self._root(environment, environment.run) if debs else None,
            tools_root=self._root(environment, environment.tools) if debs else None,
            items=() if debs else self._items(environment),
            build_items=() if debs else environment.build,
            run_items=() if debs else environment.run,
            variables=tuple(each for each in variables if not isinstance(each, Diagnostic)),
            command=runs.program(found),
            runs=found,
            labels={},
            place=app.place,
            base=start if isinstance(start, Base) else None,
            is_environment=app.is_environment,
        )
        return _closed(replace(plan, labels=image.labels(plan)))

    def _settled(self, build: Build, environment: LockedEnvironment) -> Settled:
        """With the versions that the lock has chosen, which may be older than the newest."""
        without = {}
        chosen = dict(
            name.partition(" ")[0].split("@", 1) for name in environment.components if "@" in name
        )
        settled = settle(build, self.spec, self.library, environment.origin)
        for component in settled.components:
            known = (
                {each.number for each in component.package.versions} if component.package else set()
            )
            number = chosen.get(component.name)
            if number in known and number != component.supply.version:
                without[component.name] = frozenset(known - {number})
        if not without:
            return settled
        return settle(build, self.spec, self.library, environment.origin, without)

    def _recipes(
        self, settled: Settled, environment: LockedEnvironment, case: Case
    ) -> Iterator[Recipe | tuple[Diagnostic, ...]]:
        """What no provider has ready comes before what needs it, and the app last."""
        locked = toolchain.locked(settled, self.lock)
        steps: list[tuple[App | Component, str]] = [
            (each, each.supply.version) for each in _built(settled)
        ]
        for each, version in (*steps, (settled.build.app, settled.build.app.version)):
            spec = each.package if isinstance(each, Component) else each
            if spec is None:
                continue
            own = case
            if isinstance(each, Component):
                values = {**case.values, "app": each.name, "version": version}
                own = Case(_choices(each), case.target, values)
            own = replace(own, values={**own.values, "jobs": str(recipe.jobs(spec, own))})
            compilers = toolchain.compilers(
                locked, environment.build, environment.architecture, recipe.own_flags(spec, own)
            )
            found = recipe.recipe(spec, version, own, self.lock, compilers)
            if found is not None:
                yield found

    def _root(self, environment: LockedEnvironment, names: Iterable[str]) -> Root:
        found = (self.contents.find(environment, name) for name in names)
        debs = [each for each in found if isinstance(each, LockedDeb)]
        return Root(tuple(deb for group in order.groups(debs) for deb in group))

    def _items(self, environment: LockedEnvironment) -> tuple[LockedItem, ...]:
        return tuple(each for each in self.contents.of(environment) if isinstance(each, LockedItem))


# ---- what is built from its source ---------------------------------------------------------------


def _choices(component: Component) -> Choices:
    """As the lock's options say them over the package's own defaults."""
    defaults = component.package.defaults() if component.package is not None else {}
    said = {}
    for option in component.options:
        if option[0] in "+~":
            said[option[1:]] = "yes" if option[0] == "+" else "no"
        else:
            name, _, choice = option.partition("=")
            said[name] = choice
    return {**defaults, **said}


def _built(settled: Settled) -> Iterator[Component]:
    """By name, but what another needs before it."""
    sources = {
        each.name: each
        for each in settled.components
        if each.supply.supplier == SOURCE and each.package is not None
    }
    below: dict[str, set[str]] = {name: set() for name in sources}
    for each in sources.values():
        for request in each.requests:
            if request.parent in below:
                below[request.parent].add(each.name)
    done: set[str] = set()
    while ready := sorted(name for name in below if name not in done and below[name] <= done):
        done.add(ready[0])
        yield sources[ready[0]]


def _named_apart(recipes: Iterable[Recipe]) -> tuple[Recipe, ...]:
    """Names that need no quotes, and two different files never bear one: the later one gets that of
    its component before it."""
    taken: dict[str, str] = {}

    def apart(each: Input, of: str) -> Input:
        name = _ODD.sub("-", each.file).lstrip("-.") or of
        while taken.setdefault(name, each.sha256) != each.sha256:
            name = f"{of}-{name}"
        return replace(each, file=name)

    return tuple(
        replace(
            each,
            source=apart(each.source, each.name) if each.source is not None else None,
            patches=tuple(apart(patch, each.name) for patch in each.patches),
        )
        for each in recipes
    )


# ---- facts of the image --------------------------------------------------------------------------


def _case(app: App, build: Build) -> Case:
    values = {
        "app": app.name,
        "version": app.version,
        "target": build.target,
        "prefix": image.prefix(app),
    }
    case = Case(build.choices, build.target, values)
    return replace(case, values={**values, "jobs": str(recipe.jobs(app, case))})


def _closed(plan: Plan) -> Plan:
    texts = [script(each.steps) for each in parts(plan)]
    if own := tuple(workplace.steps(plan)):
        texts.append(script(own))
    made = closure(plan, texts)
    return replace(plan, closure=made, labels={**plan.labels, image.CLOSURE: made})
