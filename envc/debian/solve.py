"""Which packages a wish needs: the set that apt installs into a system where nothing is.

`solve` marks as apt does (`solve_marking`). Where that ends in a contradiction, it searches
(`solve_search`); where there is no solution at all, `why` finds out why. What is preferred stays
unless it cannot.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from envc.debian.index import Deb, Index
from envc.debian.relations import Atom, Group, parse
from envc.debian.solve_marking import Marking
from envc.debian.solve_universe import Candidate, Universe
from envc.facts.problem import Problem

if TYPE_CHECKING:
    from envc.debian.why import NoSolution


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; `origin` is who asks, handed through untouched."""

    group: Group
    origin: object = None

    def __str__(self) -> str:
        return " | ".join(map(str, self.group))


def wanted(text: str, origin: object = None) -> Wanted | Problem:
    """`gcc`, `gcc=4:12.2.0-3` as apt-get takes it, or `gcc (>= 12) | clang`."""
    name, equals, version = text.partition("=")
    relation = f"{name} (= {version})" if equals and "(" not in name else text
    groups = parse(relation)
    if isinstance(groups, Problem):
        return groups
    if len(groups) != 1:
        return Problem(f"`{text}` asks for {len(groups)} packages where one is due")
    return Wanted(groups[0], origin)


ESSENTIAL: Final = "essential"
"""The origin of what every system has."""


@dataclass(frozen=True, slots=True)
class Solution:
    """A set in which every need is met and nothing is refused."""

    packages: tuple[Deb, ...]
    """By name."""
    edges: Mapping[str, tuple[str, ...]]
    """For each package, which packages meet its `Depends` and `Pre-Depends`."""
    pre_edges: Mapping[str, tuple[str, ...]]
    """The part that has to be configured before a package is unpacked."""
    roots: tuple[tuple[Wanted, str], ...]
    """What was asked for, and the name of what was chosen for it."""
    indexes: Mapping[str, Index] = field(repr=False)
    """Where each package is from."""

    def versions(self) -> dict[str, str]:
        return {deb.name: deb.version for deb in self.packages}


def solve(
    indexes: Sequence[Index],
    wishes: Iterable[Wanted],
    *,
    essential: bool = False,
    later: Sequence[Index] = (),
    preferred: Mapping[str, str] | None = None,
    held: Mapping[str, str] | None = None,
    upgrade: Iterable[str] = (),
    hints: Sequence[Index] = (),
) -> "Solution | NoSolution":
    """The packages for `wishes`, in whatever order these come.

    `indexes` are read as apt reads its sources, the first before the others; from `later`, the
    indexes of a later snapshot, comes only what has to. `preferred` versions stay unless what is
    wanted, or an `upgrade` to the newest, forces another; `held` ones stay, or there is no
    solution. `hints` are other suites, for messages only.
    """
    universe = Universe(indexes, later, preferred, held, upgrade)
    all_wishes = sorted(wishes, key=str)
    if essential:
        all_wishes += (Wanted((Atom(name),), ESSENTIAL) for name in universe.essential())
    options = [_options(universe, wish) for wish in all_wishes]
    if all(options):
        chosen = _marked(universe, options) or _searched(universe, options)
        if chosen is not None:
            return _solution(universe, all_wishes, options, chosen)
    from envc.debian.why import explain

    return explain(universe, all_wishes, options, hints)


def _options(universe: Universe, wish: Wanted) -> tuple[Candidate, ...]:
    """A name that is a package's own means that package, and no other that provides it."""
    found = universe.options(wish.group)
    if len(wish.group) == 1:
        name = wish.group[0].name
        return tuple(one for one in found if one.name == name or not universe.versions(name))
    return found


Chosen = dict[str, Candidate]


def _marked(universe: Universe, options: Sequence[tuple[Candidate, ...]]) -> Chosen | None:
    asked: dict[str, Candidate] = {}
    any_of: list[tuple[Candidate, ...]] = []
    for some in options:
        names = {one.name for one in some}
        if len(names) > 1:
            any_of.append(some)
        elif asked.setdefault(some[0].name, some[0]) not in some:
            return None
    marking = Marking(universe)
    marking.ask(asked.values())
    for some in sorted(any_of, key=_names):
        marking.ask_for_any(some)
    marked = marking.marked
    if not _is_consistent(universe, options, marked):
        return None
    chosen = _needed(universe, options, marked)
    return chosen if _keeps(universe, options, chosen) else None


def _names(options: Iterable[Candidate]) -> list[str]:
    return [one.name for one in options]


def _searched(universe: Universe, options: Sequence[tuple[Candidate, ...]]) -> Chosen | None:
    from envc.debian.solve_search import Search, Want

    return Search(universe, [Want(n, some) for n, some in enumerate(options)]).found()


def _is_consistent(
    universe: Universe, options: Sequence[tuple[Candidate, ...]], chosen: Chosen
) -> bool:
    def is_there(one: Candidate) -> bool:
        return chosen.get(one.name) is one

    return all(any(map(is_there, some)) for some in options) and all(
        all(any(map(is_there, universe.options(group))) for group in one.needs)
        and not any(
            is_there(other) for atom in one.refuses for other in universe.refused(one, atom)
        )
        for one in chosen.values()
    )


def _keeps(universe: Universe, options: Sequence[tuple[Candidate, ...]], chosen: Chosen) -> bool:
    """Whether all that is preferred could stay beside what was chosen."""
    kept = universe.preferred()
    both = {one.name: one for one in kept} | chosen
    return all(both[one.name] is one for one in kept) and _is_consistent(universe, options, both)


def _needed(universe: Universe, options: Sequence[tuple[Candidate, ...]], chosen: Chosen) -> Chosen:
    """Without what was marked on a way that led nowhere."""
    found: Chosen = {}
    ahead = [one for some in options for one in some if chosen.get(one.name) is one]
    while ahead:
        one = ahead.pop()
        if found.setdefault(one.name, one) is one:
            ahead += (o for o in _meeting(universe, one.needs, chosen) if o.name not in found)
    return found


def _meeting(universe: Universe, groups: Iterable[Group], chosen: Chosen) -> Iterable[Candidate]:
    return (
        one
        for group in groups
        for atom in group
        for one in universe.targets(atom)
        if chosen.get(one.name) is one
    )


def _solution(
    universe: Universe,
    wishes: Sequence[Wanted],
    options: Sequence[tuple[Candidate, ...]],
    chosen: Chosen,
) -> Solution:
    def edges(groups: Callable[[Candidate], tuple[Group, ...]]) -> dict[str, tuple[str, ...]]:
        return {
            name: tuple(sorted({o.name for o in _meeting(universe, groups(one), chosen)} - {name}))
            for name, one in sorted(chosen.items())
        }

    return Solution(
        tuple(one.deb for _, one in sorted(chosen.items())),
        edges(lambda one: one.needs),
        edges(lambda one: one.pre_needs),
        tuple(
            (wish, next(one.name for one in some if chosen.get(one.name) is one))
            for wish, some in zip(wishes, options, strict=True)
        ),
        {name: one.index for name, one in sorted(chosen.items())},
    )
