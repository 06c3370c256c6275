"""From a checked spec to its lock: the stage as a whole.

`Origins` is all that it asks of the world, so that a test may hand it one of its own.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from envc.check import Checked
from envc.check.signatures import Library
from envc.choices import Choices
from envc.cpu import lattice
from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Label, Rule
from envc.facts.problem import Problem
from envc.lock import asked
from envc.lock.contents import joined, shortly_called
from envc.lock.model import (
    Block,
    Lock,
    LockedEnvironment,
    LockedImage,
    LockedPatch,
    LockedSource,
    LockedWheel,
    of_blocks,
)
from envc.lock.modules import modules
from envc.resolve.choose import Choice, Chooser, choose
from envc.resolve.environments import (
    Closed,
    Closure,
    Roles,
    Surroundings,
    Wheels,
    once,
    surroundings,
)
from envc.resolve.settle import Settled
from envc.resolve.supply import SOURCE
from envc.resolve.targets import Refused, targets
from envc.resolve.wheels import Place as WheelPlace
from envc.resolve.wheels import pythons, wheels
from envc.source import Source
from envc.spec import App, Patch, Place, Recipe, SourceCode

if TYPE_CHECKING:
    from envc.sources.pypi.closure import Root as WheelRoot
    from envc.sources.pypi.wheels import Interpreter

Found = Block | Diagnostic | str
"""What is locked, what is wrong, and what a reader of the output should know."""


class Origins(Protocol):
    """The world: archives, channels, registries, and where code comes from."""

    def closure(self, origin: str) -> Closure | Problem: ...

    def objections(self, settled: Settled) -> Collection[str]:
        """The components of which another version has to be taken; none where all go together."""

    def clashes(self, settled: Settled) -> tuple[Diagnostic, ...]:
        """Why they do not, where no other versions do either."""

    def wheels(
        self, roots: Sequence["WheelRoot"], python: "Interpreter", place: WheelPlace
    ) -> tuple[LockedWheel, ...] | Problem:
        """With all that they need."""

    def locked(self) -> Iterable[Block]:
        """The archives and channels that were asked."""

    def source(
        self, code: SourceCode, of: str, pythons: Sequence["Interpreter"]
    ) -> LockedSource | Problem:
        """`pythons` are those of the app's environments, for what is a wheel."""

    def patch(self, patch: Patch, of: str) -> LockedPatch | Problem: ...

    def unfit(
        self, patches: Sequence[LockedPatch], source: LockedSource, code: SourceCode
    ) -> tuple[int, Problem] | None:
        """The first of the patches that cannot be made on a source."""

    def image(self, reference: str) -> LockedImage | Problem: ...


class Resolution(NamedTuple):
    lock: Lock
    """Whole only where nothing is wrong."""
    diagnostics: tuple[Diagnostic, ...]
    notes: tuple[str, ...]


def resolve(
    checked: Checked, library: Library, origins: Origins, before: Lock | None
) -> Resolution:
    """The order of declarations in the spec does not show in the lock."""
    kept = before.environments if before is not None else ()
    by = Chooser(
        checked.spec,
        library,
        tuple(dict.fromkeys(each.origin for each in kept)),
        origins.objections,
        origins.clashes,
    )
    chosen = [choose(app, by) for app in checked.spec.apps]
    choices = [choice for each in chosen for choice in each.choices]
    found: list[Found] = [told for each in chosen for told in each.diagnostics]
    found += [*_surroundings(choices, origins), *_targets(choices)]
    found += [*_code(checked.spec.apps, choices, origins, found)]
    found += _images(checked.spec.apps, origins)
    found += [*asked.requests(checked.spec), *origins.locked(), *_outputs(checked, before)]
    found += modules(checked.file, checked.spec, _library_used(choices))
    blocks = [each for each in found if isinstance(each, Block)]
    lock = of_blocks(lattice.data_version(), lattice.data_digest(), shortly_called(joined(blocks)))
    diagnostics = [each for each in found if isinstance(each, Diagnostic)]
    notes = [note for each in chosen for note in each.notes]
    notes += [each for each in found if isinstance(each, str)]
    return Resolution(lock, tuple(dict.fromkeys(diagnostics)), tuple(dict.fromkeys(notes)))


def _surroundings(choices: Iterable[Choice], origins: Origins) -> Iterator[Found]:
    def with_wheels(
        asked: Roles, closed: Closed, origin: str, architecture: str
    ) -> Wheels | tuple[Diagnostic, ...]:
        return wheels(asked, closed, WheelPlace(origin, architecture), origins.wheels)

    good: list[Surroundings] = []
    for choice in choices:
        closure = origins.closure(choice.origin)
        if isinstance(closure, Problem):
            yield _diagnostic(rules.ORIGIN_REFUSED, closure, choice.app.place)
            continue
        for found in surroundings(choice.settled, closure, with_wheels):
            if isinstance(found, Surroundings):
                good.append(found)
                yield found.environment
                yield from found.blocks
                yield from found.notes
            else:
                yield from found
    yield from once(good)


def _targets(choices: Iterable[Choice]) -> Iterator[Found]:
    for choice in choices:
        for settled in choice.settled:
            for each in targets(settled):
                if isinstance(each, Refused):
                    finding = each.finding
                    label = Label(each.place.source, each.place.span, "asked for here")
                    yield Diagnostic(
                        finding.rule, finding.message, (label,), finding.notes, finding.help
                    )
                else:
                    yield each


# ---- code that is built --------------------------------------------------------------------------


def _code(
    apps: Iterable[App], choices: Iterable[Choice], origins: Origins, found: Iterable[Found]
) -> Iterator[Found]:
    blocks = [each for each in found if isinstance(each, Block)]
    environments = [each for each in blocks if isinstance(each, LockedEnvironment)]
    built = {
        asked.label(app): _Built(app, list(asked.builds(app)), {asked.label(app)}) for app in apps
    }
    for choice in choices:
        for settled in choice.settled:
            for component in settled.components:
                if component.package is not None and component.supply.supplier == SOURCE:
                    of = f"{component.name}@{component.supply.version}"
                    own = built.setdefault(of, _Built(component.package, [], set()))
                    own.builds.append((dict(component.choices), settled.build.target))
                    own.apps.add(asked.label(settled.build.app))
    for of, one in built.items():
        around = (each for each in environments if each.app in one.apps)
        yield from _code_of(one, of, tuple(pythons(around, blocks)), origins)


class _Built(NamedTuple):
    recipe: Recipe
    builds: list[tuple[Choices, str]]
    """The choices and targets for which it is built, on which conditions depend."""
    apps: set[str]
    """Which it is built for: with the Python of each a wheel has to go."""

    @property
    def patched(self) -> tuple[tuple[int, ...], ...]:
        """The patches that go together, by their numbers, for whatever is built."""
        patches = list(enumerate(self.recipe.patches))
        sets = (
            tuple(number for number, patch in patches if patch.guard.holds(chosen, target))
            for chosen, target in self.builds
        )
        return tuple(dict.fromkeys(each for each in sets if each))


def _code_of(
    built: _Built, of: str, pythons: Sequence["Interpreter"], origins: Origins
) -> Iterator[Found]:
    """Patches are tried where all is there: they change the first source, one after the other."""
    recipe = built.recipe
    sources = [origins.source(code, of, pythons) for code in recipe.sources]
    patches = [origins.patch(patch, of) for patch in recipe.patches]
    yield from map(_had, sources, (code.place for code in recipe.sources))
    yield from map(_had, patches, (patch.place for patch in recipe.patches))
    made = [each for each in patches if isinstance(each, LockedPatch)]
    first = next(iter(sources), None)
    if made and len(made) == len(patches) and isinstance(first, LockedSource):
        for numbers in built.patched:
            unfit = origins.unfit([made[each] for each in numbers], first, recipe.sources[0])
            if unfit is not None:
                number, problem = unfit
                place = recipe.patches[numbers[number]].place
                yield _diagnostic(rules.SOURCE_REFUSED, problem, place)


def _had(found: LockedSource | LockedPatch | Problem, place: Place) -> Found:
    if isinstance(found, Problem):
        return _diagnostic(rules.SOURCE_REFUSED, found, place)
    return found


def _images(apps: Iterable[App], origins: Origins) -> Iterator[Found]:
    for app in apps:
        for fact in app.facts:
            if fact.key == "base":
                found = origins.image(str(fact.value))
                if isinstance(found, Problem):
                    yield _diagnostic(rules.ORIGIN_REFUSED, found, fact.place)
                else:
                    yield found


def _library_used(choices: Iterable[Choice]) -> Iterator[Source]:
    for choice in choices:
        for settled in choice.settled:
            for component in settled.components:
                if component.package is not None:
                    yield component.package.place.source


def _outputs(checked: Checked, before: Lock | None) -> Iterator[Block]:
    """What was built of an app stays: it counts only for the closure that it was built from."""
    apps = {asked.label(app) for app in checked.spec.apps}
    for each in before.outputs if before is not None else ():
        if each.app in apps:
            yield each


def _diagnostic(rule: Rule, problem: Problem, place: Place) -> Diagnostic:
    label = Label(place.source, place.span)
    return Diagnostic(rule, problem.message, (label,), help=problem.help)
