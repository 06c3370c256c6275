"""Distributions with all that they need: the wheels of an environment.

resolvelib, which pip uses too, tries versions; this says which there are and what they need.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from resolvelib import (
    AbstractProvider,
    BaseReporter,
    ResolutionImpossible,
    ResolutionTooDeep,
    Resolver,
)

from envc.facts import versions
from envc.facts.problem import Problem
from envc.facts.words import listed
from envc.sources.asking import World
from envc.sources.pypi.choose import candidates
from envc.sources.pypi.index import Listed, listing
from envc.sources.pypi.metadata import brought, needs
from envc.sources.pypi.names import normalised
from envc.sources.pypi.wheels import Interpreter
from envc.sources.tree import NotReadError

if TYPE_CHECKING:
    from packaging.requirements import Requirement
    from packaging.specifiers import SpecifierSet
    from packaging.version import Version

_ROUNDS = 20_000


class Root(NamedTuple):
    """`numpy@1.26:2` of a spec."""

    project: str
    versions: str = ""
    extras: tuple[str, ...] = ()


class Wheel(NamedTuple):
    project: str
    version: str
    file: Listed
    sha256: str
    needs: tuple[str, ...]
    """The other projects of the environment that it needs."""


class _Key(NamedTuple):
    project: str
    extras: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.project}[{','.join(self.extras)}]" if self.extras else self.project


class _Asked(NamedTuple):
    key: _Key
    said: str
    """The versions that are asked for, as they are written."""
    range: versions.Range | None = None
    specifier: "SpecifierSet | None" = None

    def allows(self, version: "Version", spelled: str) -> bool:
        if self.specifier is not None:
            return self.specifier.contains(version, prereleases=True)
        found = versions.version(spelled)
        if self.range is None or isinstance(found, Problem):
            return self.range is None
        return versions.matches(self.range, found)

    @property
    def names_one(self) -> bool:
        """Whether what was yanked, or is no release yet, may be meant."""
        if self.specifier is not None:
            return any(each.operator in ("==", "===") for each in self.specifier)
        return self.range is not None and self.range.exact and self.range.low == self.range.high


class _Offered(NamedTuple):
    key: _Key
    version: "Version"
    spelled: str
    file: Listed


class Impossible(Problem):
    """No choice of versions serves what is asked for, whatever is to be had."""


class Held(NamedTuple):
    """What a lock holds of a project."""

    version: str
    file: Listed
    moves: bool = False
    """Whether a newer version may take its place."""


def closure(
    roots: Sequence[Root],
    world: World,
    indexes: Sequence[str],
    python: Interpreter,
    held: Mapping[str, Held] | None = None,
) -> tuple[Wheel, ...] | Problem:
    """By name. What is held of a project stays where it can, and needs no index to be known."""
    asked: list[_Asked] = []
    for root in roots:
        allowed = versions.read_range(root.versions) if root.versions else None
        if isinstance(allowed, Problem):
            return allowed
        extras = tuple(sorted(map(normalised, root.extras)))
        asked.append(_Asked(_Key(normalised(root.project), extras), root.versions, allowed))
    held = held or {}
    locked = {project: each.version for project, each in held.items() if not each.moves}
    provider = _Provider(_Shelf(world, tuple(indexes), python, held), locked)
    resolver: Resolver[_Asked, _Offered, _Key] = Resolver(provider, BaseReporter())
    try:
        found = resolver.resolve(sorted(asked, key=lambda each: each.key), max_rounds=_ROUNDS)
        return tuple(_wheels(found.mapping, provider, world))
    except NotReadError as error:
        return error.problem
    except ResolutionTooDeep:
        message = "these distributions need too much that does not fit"
        return Impossible(message, "say more versions")
    except ResolutionImpossible as error:
        return _impossible(error, python)


def _wheels(found: Mapping[_Key, _Offered], provider: "_Provider", world: World) -> Iterator[Wheel]:
    chosen = {key.project: offered for key, offered in found.items()}
    edges: dict[str, set[str]] = {project: set() for project in chosen}
    for key, offered in found.items():
        for asked in provider.get_dependencies(offered):
            edges[key.project] |= {asked.key.project} - {key.project}
    for project, offered in sorted(chosen.items()):
        digest = brought(offered.file, world)
        others = tuple(sorted(edges[project]))
        yield Wheel(project, str(offered.version), offered.file, digest, others)


def _impossible(error: "ResolutionImpossible[_Asked, _Offered]", python: Interpreter) -> Problem:
    causes = sorted(
        {(each.requirement.key, each.requirement.said, _who(each.parent)) for each in error.causes}
    )
    names = sorted({str(key.project) for key, _, _ in causes})
    said = "; ".join(
        f"{who} asks for {key}{f' {said}' if said else ''}" for key, said, who in causes
    )
    message = f"no version of {listed(names, 'and')} has a wheel that fits: {said}"
    return Impossible(message, f"the wheels are for {python}")


def _who(parent: _Offered | None) -> str:
    return "the spec" if parent is None else f"{parent.key.project} {parent.version}"


@dataclass(slots=True)
class _Shelf:
    """What the indexes have, each looked at once."""

    world: World
    indexes: tuple[str, ...]
    python: Interpreter
    held: Mapping[str, Held]
    pages: dict[str, dict["Version", tuple[str, Listed]]] = field(default_factory=dict)
    said: dict[str, tuple["Requirement", ...]] = field(default_factory=dict)

    def wheels(self, project: str) -> Mapping["Version", tuple[str, Listed]]:
        """The best wheel of each version, and how it spells the version."""
        if project not in self.pages:
            self.pages[project] = self._page(project)
        return self.pages[project]

    def needs(self, file: Listed) -> tuple["Requirement", ...]:
        if file.url not in self.said:
            self.said[file.url] = needs(file, self.world)
        return self.said[file.url]

    def _page(self, project: str) -> dict["Version", tuple[str, Listed]]:
        from packaging.version import Version

        held = [self.held[project].file] if project in self.held else []
        found = () if self.world.offline else listing(project, self.indexes)
        if self.world.offline and not held:
            raise NotReadError(Problem(f"`{project}` is not locked yet, and there is no network"))
        if isinstance(found, Problem):
            raise NotReadError(found)
        files = (*found, *held)
        wheels = [each for each in candidates(project, files, self.python) if each.kind == "wheel"]
        wheels.sort(key=lambda each: (*each.rank, each.file.name), reverse=True)
        # The last of a version is the one that counts.
        wheels.sort(key=lambda each: each.file in held)
        return {Version(each.version): (each.version, each.file) for each in wheels}


@dataclass(frozen=True, slots=True)
class _Provider(AbstractProvider[_Asked, _Offered, _Key]):
    shelf: _Shelf
    locked: Mapping[str, str]

    def identify(self, requirement_or_candidate: _Asked | _Offered) -> _Key:
        return requirement_or_candidate.key

    def get_preference(
        self,
        identifier: _Key,
        resolutions: Mapping[_Key, _Offered],  # noqa: ARG002 - resolvelib names the arguments
        candidates: Mapping[_Key, Iterator[_Offered]],  # noqa: ARG002
        information: Mapping[_Key, Iterator[Any]],
        backtrack_causes: Sequence[Any],
    ) -> tuple[bool, bool, str]:
        """First what made trouble, then what one version is asked of; else by name."""
        troubles = {each.requirement.key for each in backtrack_causes}
        asked = [each.requirement for each in information[identifier]]
        pinned = any(each.names_one for each in asked)
        return identifier not in troubles, not pinned, str(identifier)

    def find_matches(
        self,
        identifier: _Key,
        requirements: Mapping[_Key, Iterator[_Asked]],
        incompatibilities: Mapping[_Key, Iterator[_Offered]],
    ) -> list[_Offered]:
        asked = list(requirements[identifier])
        refused = {each.version for each in incompatibilities[identifier]}
        one = any(each.names_one for each in asked)
        fitting = [
            _Offered(identifier, version, spelled, file)
            for version, (spelled, file) in self.shelf.wheels(identifier.project).items()
            if version not in refused
            and (one or not file.yanked)
            and all(each.allows(version, spelled) for each in asked)
        ]
        released = [each for each in fitting if one or not each.version.is_prerelease]
        return sorted(released or fitting, key=self._order, reverse=True)

    def is_satisfied_by(self, requirement: _Asked, candidate: _Offered) -> bool:
        return requirement.allows(candidate.version, candidate.spelled)

    def get_dependencies(self, candidate: _Offered) -> Iterable[_Asked]:
        return tuple(self._dependencies(candidate))

    def _dependencies(self, candidate: _Offered) -> Iterator[_Asked]:
        from packaging.specifiers import SpecifierSet

        if candidate.key.extras:
            same = SpecifierSet(f"=={candidate.version}")
            yield _Asked(_Key(candidate.key.project, ()), str(same), None, same)
        for need in self.shelf.needs(candidate.file):
            if self._is_needed(need, candidate.key.extras):
                key = _Key(normalised(need.name), tuple(sorted(map(normalised, need.extras))))
                yield _Asked(key, str(need.specifier), None, need.specifier)

    def _is_needed(self, need: "Requirement", extras: tuple[str, ...]) -> bool:
        if need.marker is None:
            return True
        environment = self.shelf.python.markers()
        return any(need.marker.evaluate({**environment, "extra": each}) for each in extras or ("",))

    def _order(self, offered: _Offered) -> tuple[bool, "Version"]:
        return self.locked.get(offered.key.project) == str(offered.version), offered.version
