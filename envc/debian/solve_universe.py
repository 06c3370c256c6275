"""The packages that a solution is chosen from: what each needs, refuses and provides."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from envc.debian.index import Deb, Index
from envc.debian.relations import Atom, Group, parse
from envc.debian.versions import key, satisfies
from envc.facts.problem import Problem

_PRIORITIES: Final = {"required": 1, "important": 2, "standard": 3, "optional": 4}


class Candidate:
    """One version of a package; there is one object for each in a universe."""

    __slots__ = ("deb", "index", "name", "needs", "pre_needs", "provides", "refuses", "tier")

    def __init__(self, deb: Deb, index: Index, tier: int) -> None:
        self.deb: Final = deb
        self.index: Final = index
        self.name: Final = deb.name
        self.tier: Final = tier
        self.pre_needs: Final = _groups(deb.pre_depends)
        self.needs: Final = self.pre_needs + _groups(deb.depends)
        self.refuses: Final = tuple(
            atom for group in _groups(deb.conflicts) + _groups(deb.breaks) for atom in group
        )
        self.provides: Final = tuple(atom for group in _groups(deb.provides) for atom in group)

    @property
    def version(self) -> str:
        return self.deb.version

    def __repr__(self) -> str:
        return f"{self.name} {self.version}"


def _groups(text: str) -> tuple[Group, ...]:
    """A field that cannot be read asks for what no package is called."""
    if not text:
        return ()
    groups = parse(text)
    return ((Atom(text),),) if isinstance(groups, Problem) else groups


class Universe:
    """All that several indexes of one architecture hold.

    Of a name, the versions of `indexes` come before those of `later`, and among equals the newest
    first. `held` leaves one version of a package, `preferred` puts one before all, and of what is
    to be upgraded the newest comes first, wherever it is.
    """

    def __init__(
        self,
        indexes: Sequence[Index],
        later: Sequence[Index] = (),
        preferred: Mapping[str, str] | None = None,
        held: Mapping[str, str] | None = None,
        upgrade: Iterable[str] = (),
    ) -> None:
        self.indexes: Final = (*indexes, *later)
        self.architecture: Final = self.indexes[0].architecture
        self._tiers: Final = (0,) * len(indexes) + (1,) * len(later)
        self._held: Final = held or {}
        self.upgrade: Final = frozenset(upgrade)
        self._preferred: Final = {
            name: version for name, version in (preferred or {}).items() if name not in self.upgrade
        }
        self._versions: Final[dict[str, tuple[Candidate, ...]]] = {}
        self._targets: Final[dict[Atom, tuple[Candidate, ...]]] = {}
        self._ranks: Final[dict[str, tuple[int, int]]] = {}

    def versions(self, name: str) -> tuple[Candidate, ...]:
        """The versions of a package, the preferred and then the newest first."""
        found = self._versions.get(name)
        if found is None:
            found = self._versions[name] = self._read(name)
        return found

    def _read(self, name: str) -> tuple[Candidate, ...]:
        distinct: dict[str, Candidate] = {}
        for index, tier in zip(self.indexes, self._tiers, strict=True):
            for deb in index.named(name):
                if deb.version not in distinct and self._is_allowed(deb):
                    distinct[deb.version] = Candidate(deb, index, tier)
        if len(distinct) < 2:
            return tuple(distinct.values())
        newest = sorted(distinct.values(), key=lambda one: key(one.version), reverse=True)
        if name in self.upgrade:
            return tuple(newest)
        return tuple(sorted(newest, key=lambda one: (not self.is_preferred(one), one.tier)))

    def _is_allowed(self, deb: Deb) -> bool:
        return self._held.get(deb.name, deb.version) == deb.version

    def is_preferred(self, one: Candidate) -> bool:
        return self._preferred.get(one.name) == one.version

    def preferred(self) -> tuple[Candidate, ...]:
        """What is preferred and still there, by name."""
        names = sorted(self._preferred)
        return tuple(one for name in names for one in self.versions(name) if self.is_preferred(one))

    def essential(self) -> tuple[str, ...]:
        return tuple(sorted({deb.name for index in self.indexes for deb in index.essential()}))

    def targets(self, atom: Atom) -> tuple[Candidate, ...]:
        """Every version that satisfies a relation, by its name or by what it provides."""
        found = self._targets.get(atom)
        if found is None:
            found = self._targets[atom] = self._satisfying(atom)
        return found

    def _satisfying(self, atom: Atom) -> tuple[Candidate, ...]:
        if atom.architecture not in {"", "any", "native", self.architecture}:
            return ()
        named = tuple(
            one
            for one in self.versions(atom.name)
            if atom.admits(one.version) and _reachable(atom, one)
        )
        providing = (
            one
            for name in self._providers(atom.name)
            for one in self.versions(name)
            if any(_is_provided(atom, provided, one) for provided in one.provides)
        )
        return named + tuple(one for one in providing if one not in named)

    def _providers(self, name: str) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(deb.name for index in self.indexes for deb in index.providing(name))
        )

    def refused(self, by: Candidate, atom: Atom) -> tuple[Candidate, ...]:
        """What cannot be installed beside; a package never refuses itself."""
        return tuple(one for one in self.targets(atom) if one.name != by.name)

    def rank(self, name: str) -> tuple[int, int]:
        """Where apt meets a name first: it prefers the later of two equal providers."""
        found = self._ranks.get(name)
        if found is None:
            found = self._ranks[name] = self._first_mention(name)
        return found

    def _first_mention(self, name: str) -> tuple[int, int]:
        for place, index in enumerate(self.indexes):
            for deb in index.named(name):
                return place, deb.mention
        return len(self.indexes), 0

    def in_order(self, atom: Atom) -> tuple[Candidate, ...]:
        """What satisfies a relation, in apt's order of preference, as far as that never changes."""
        found = self.targets(atom)
        return (
            found if len(found) < 2 else tuple(sorted(found, key=lambda one: self._key(atom, one)))
        )

    def options(self, group: Group) -> tuple[Candidate, ...]:
        """What satisfies one of several alternatives, the first of them first."""
        found = dict.fromkeys(one for atom in group for one in self.in_order(atom))
        return self.preferred_first(found)

    def preferred_first(self, options: Iterable[Candidate]) -> tuple[Candidate, ...]:
        """What is there already satisfies a need better than anything that is not."""
        if not self._preferred:
            return tuple(options)
        return tuple(sorted(options, key=lambda one: not self.is_preferred(one)))

    def _key(self, atom: Atom, one: Candidate) -> tuple[bool | int, ...]:
        deb = one.deb
        place, mention = self.rank(one.name)
        return (
            one.name != atom.name,
            not deb.essential,
            not deb.important,
            _PRIORITIES.get(deb.priority, 5),
            -place,
            -mention,
            self.versions(one.name).index(one),
        )


def _reachable(atom: Atom, one: Candidate) -> bool:
    return atom.architecture != "any" or one.deb.multi_arch == "allowed"


def _is_provided(atom: Atom, provided: Atom, by: Candidate) -> bool:
    """A name that is provided without a version satisfies no relation with one."""
    if provided.name != atom.name or provided.operator not in {"", "="}:
        return False
    if atom.operator and not (
        provided.version and satisfies(provided.version, atom.operator, atom.version)
    ):
        return False
    return atom.architecture != "any" or (
        provided.architecture == "any" or by.deb.multi_arch == "allowed"
    )
