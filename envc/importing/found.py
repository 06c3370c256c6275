"""What a reader finds in another tool's file, whatever the format: the middle between them all."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Note(NamedTuple):
    """Something that could not be carried, or was carried otherwise than it stood."""

    line: int
    message: str


class Refused(NamedTuple):
    """A file that is not what it is said to be, and where that shows."""

    line: int
    message: str


class Setting(NamedTuple):
    """A key and its value: a fact of the app, a variable, an option of its build."""

    key: str
    value: str
    line: int


class Wanted(NamedTuple):
    """A request for a package in envc's own names."""

    name: str
    line: int
    versions: str = ""
    """A range as it stands behind `@`."""
    choices: tuple[tuple[str, str], ...] = ()
    roles: tuple[str, ...] = ()


class Code(NamedTuple):
    """Where code comes from: `kind` is a word of the language."""

    kind: str
    where: str
    line: int
    attributes: tuple[tuple[str, str], ...] = ()
    hashes: tuple[str, ...] = ()


class Patch(NamedTuple):
    path: str
    digest: str
    line: int


@dataclass(slots=True)
class Build:
    system: str
    line: int
    settings: list[Setting] = field(default_factory=list)


class Command(NamedTuple):
    """A run's or a test's command, as the language writes one."""

    text: str
    line: int


@dataclass(slots=True)
class Found:
    """Filled by a reader while it goes through a file; its notes come in the order of its lines."""

    name: str = ""
    version: str = ""
    facts: list[Setting] = field(default_factory=list)
    sources: list[Code] = field(default_factory=list)
    patches: list[Patch] = field(default_factory=list)
    wanted: list[Wanted] = field(default_factory=list)
    targets: list[tuple[str, int]] = field(default_factory=list)
    build: Build | None = None
    lacking: tuple[str, Build] | None = None
    """A source as far as it is told, and the build that cannot be without it."""
    flags: list[Setting] = field(default_factory=list)
    environment: list[Setting] = field(default_factory=list)
    tests: list[Command] = field(default_factory=list)
    command: Command | None = None
    emits: tuple[str, ...] = ()
    notes: list[Note] = field(default_factory=list)

    def note(self, line: int, message: str) -> None:
        """Said once, however often it is true."""
        if all(message != each.message for each in self.notes):
            self.notes.append(Note(line, message))

    def fact(self, key: str, value: str, line: int) -> None:
        """The last of several counts, as in the formats that are read."""
        self.facts = [each for each in self.facts if each.key != key]
        self.facts.append(Setting(key, value, line))

    def variable(self, name: str, value: str, line: int) -> None:
        self.environment = [each for each in self.environment if each.key != name]
        self.environment.append(Setting(name, value, line))

    def want(self, wanted: Wanted) -> None:
        """Two requests for one package become one; where they disagree, the first one stays."""
        for place, before in enumerate(self.wanted):
            if before.name == wanted.name:
                self.wanted[place] = self._both(before, wanted)
                return
        self.wanted.append(wanted)

    def _both(self, first: Wanted, second: Wanted) -> Wanted:
        if second.versions and first.versions not in ("", second.versions):
            self.note(
                second.line,
                f"`{second.name}` is also asked for as `@{second.versions}`; "
                f"`@{first.versions}` was kept",
            )
        chosen = dict(first.choices)
        for key, value in second.choices:
            if chosen.setdefault(key, value) != value:
                self.note(
                    second.line,
                    f"`{second.name}` is also asked for with `{key}` {value}; "
                    f"{chosen[key]} was kept",
                )
        roles = _roles(first.roles, second.roles)
        versions = first.versions or second.versions
        return first._replace(versions=versions, choices=tuple(sorted(chosen.items())), roles=roles)


def _roles(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    """No role is more than any: it is what a package needs to be linked with."""
    return tuple(dict.fromkeys((*first, *second))) if first and second else ()
