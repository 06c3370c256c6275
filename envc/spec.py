"""What a spec says once it has been checked: names resolved, units read, conditions as expressions.

Every fact keeps the place where it was written, for messages, `envc why` and the scripts that say
where a number came from. The values are frozen and hold no syntax.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from envc import choices
from envc.cpu import conditions
from envc.facts.command import CommandWord
from envc.source import Source, Span
from envc.values import dataclass

if TYPE_CHECKING:
    from envc.campaigns import Part


class Place(NamedTuple):
    source: Source
    span: Span

    def __str__(self) -> str:
        line, column = self.source.position(self.span.start)
        return f"{self.source.name}:{line}:{column}"


@dataclass(frozen=True, slots=True)
class Guard:
    """When a fact holds: for which variants, on which CPUs."""

    when: choices.Condition | None = None
    on: conditions.Condition | None = None

    def holds(self, chosen: choices.Choices, target: str | None) -> bool:
        """Where no target is known yet, a condition on the CPU does not hold."""
        if self.when is not None and not choices.holds(self.when, chosen):
            return False
        if self.on is None:
            return True
        return target is not None and conditions.holds(self.on, target)


ALWAYS = Guard()


@dataclass(frozen=True, slots=True)
class Variant:
    """A choice. One without choices of its own is `yes` or `no`."""

    name: str
    choices: tuple[str, ...]
    default: str
    about: str
    place: Place


@dataclass(frozen=True, slots=True)
class Quantity:
    """A whole number in the smallest unit of its kind (bytes, seconds, things), and per what."""

    amount: int
    per: str | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """`1..10 step 2`: whole numbers, of which so many run at once."""

    start: int
    stop: int
    step: int = 1
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Signal:
    """`USR1 before 5 min`."""

    name: str
    before: int


@dataclass(frozen=True, slots=True)
class FromTarget:
    """`from target`: the value is the name of the CPU target."""


@dataclass(frozen=True, slots=True)
class Required:
    """`required`: the site wants it, and only the user knows it."""


@dataclass(frozen=True, slots=True)
class Command:
    """A program and its arguments, as words; what stands in braces is filled in later."""

    words: tuple[CommandWord, ...]


Value = (
    Command | str | int | bool | tuple[str, ...] | Quantity | Range | Signal | FromTarget | Required
)


@dataclass(frozen=True, slots=True)
class Setting:
    """A key and its value, and when it holds."""

    key: str
    value: Value
    guard: Guard
    place: Place


@dataclass(frozen=True, slots=True)
class Want:
    """A request for a package: `hdf5@1.10: +mpi for build from debian when …`."""

    name: str
    versions: str
    """A range as it stands behind `@`; empty where any version will do."""
    choices: tuple[tuple[str, str], ...]
    roles: tuple[str, ...]
    origin: str | None
    guard: Guard
    place: Place


@dataclass(frozen=True, slots=True)
class SourceCode:
    """Where code is to be had."""

    kind: str
    where: str
    versions: str
    attributes: tuple[tuple[str, str], ...]
    hashes: tuple[str, ...]
    place: Place
    folder: str = ""
    """Of the file that says so, from that of the spec which takes it in."""


@dataclass(frozen=True, slots=True)
class Patch:
    """A change to that code."""

    path: str
    hashes: tuple[str, ...]
    guard: Guard
    place: Place
    folder: str = ""
    """As that of a source."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """What does not go together, and why."""

    reason: str
    guard: Guard
    place: Place


@dataclass(frozen=True, slots=True)
class Build:
    """What builds it, and what that is told."""

    system: str
    settings: tuple[Setting, ...]
    guard: Guard
    place: Place


@dataclass(frozen=True, slots=True)
class Test:
    """A command, and what its output holds."""

    command: Command
    expect: str | None
    guard: Guard
    place: Place


@dataclass(frozen=True, slots=True)
class Run:
    """A job: what is run, and with what."""

    name: str
    settings: tuple[Setting, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Recipe:
    """What an app and a package have in common."""

    name: str
    facts: tuple[Setting, ...]
    sources: tuple[SourceCode, ...]
    patches: tuple[Patch, ...]
    variants: tuple[Variant, ...]
    conflicts: tuple[Conflict, ...]
    wants: tuple[Want, ...]
    builds: tuple[Build, ...]
    flags: tuple[Setting, ...]
    environment: tuple[Setting, ...]
    tests: tuple[Test, ...]
    place: Place

    def options(self) -> dict[str, tuple[str, ...]]:
        return {variant.name: variant.choices for variant in self.variants}

    def defaults(self) -> dict[str, str]:
        return {variant.name: variant.default for variant in self.variants}


Combination = tuple[dict[str, str], str | None]
"""A choice of each variant, and a target."""


@dataclass(frozen=True, slots=True)
class App(Recipe):
    """What is locked, built and run."""

    version: str
    toolchains: tuple[tuple[str, Guard, Place], ...]
    targets: tuple[str, ...]
    axes: tuple[Setting, ...]
    """Variants of the matrix and the choices to build; the target axis is in `targets`."""
    skips: tuple[Guard, ...]
    runs: tuple[Run, ...]
    emits: tuple[str, ...]
    parts: tuple["Part", ...] = ()
    """What campaigns take of it; all of it where there are none."""

    @property
    def is_environment(self) -> bool:
        """Its code is not in it: it is there to be worked in, with all that its needs bring."""
        return not (self.sources or self.builds)

    def combinations(self) -> Iterator[Combination]:
        """Every choice and target that is built, once."""
        if not self.parts:
            yield from self.matrix({})
            return
        found = [one for part in self.parts for one in part.of(self)]
        yield from {
            (*chosen.items(), target): (chosen, target) for chosen, target in found
        }.values()

    def matrix(self, asked: choices.Choices) -> Iterator[Combination]:
        """What no `skip` and no `conflict` rules out, where that much is chosen already."""
        axes = {axis.key: axis.value for axis in self.axes if isinstance(axis.value, tuple)}
        fixed = {name: (choice,) for name, choice in asked.items()}
        for chosen in choices.combinations({**axes, **fixed}):
            full = {**self.defaults(), **chosen}
            for target in self.targets or (None,):
                holes = (*self.skips, *(conflict.guard for conflict in self.conflicts))
                if not any(hole.holds(full, target) for hole in holes):
                    yield full, target


@dataclass(frozen=True, slots=True)
class Version:
    """A number under which a package is to be had."""

    number: str
    origin: str
    """Where it is to be had, such as `debian/bookworm`; empty where that is not said."""
    place: Place


@dataclass(frozen=True, slots=True)
class Provider:
    """By which names a distribution has a package."""

    name: str
    wants: tuple[Want, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Package(Recipe):
    """What an app may ask for."""

    versions: tuple[Version, ...]
    providers: tuple[Provider, ...]


@dataclass(frozen=True, slots=True)
class Tool:
    """A compiler or library of a toolchain and the languages that it serves."""

    languages: tuple[str, ...]
    want: Want


@dataclass(frozen=True, slots=True)
class Toolchain:
    """Compilers and libraries under one name."""

    name: str
    tools: tuple[Tool, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Partition:
    """The nodes of a site that jobs ask for together."""

    name: str
    settings: tuple[Setting, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Site:
    """A cluster, or a laptop."""

    name: str
    scheduler: str
    scheduler_facts: tuple[Setting, ...]
    partitions: tuple[Partition, ...]
    hosts: tuple[tuple[Want, str], ...]
    settings: tuple[Setting, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Campaign:
    """Apps that are built and run together, and where."""

    name: str
    includes: tuple[Want, ...]
    sites: tuple[str, ...]
    settings: tuple[Setting, ...]
    skips: tuple[Guard, ...]
    emits: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class TargetSet:
    """CPU targets under one name."""

    name: str
    members: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Spec:
    """A file and what it takes in with `use`; its own apps come first."""

    apps: tuple[App, ...]
    packages: tuple[Package, ...]
    toolchains: tuple[Toolchain, ...]
    target_sets: tuple[TargetSet, ...]
    sites: tuple[Site, ...]
    campaigns: tuple[Campaign, ...]
