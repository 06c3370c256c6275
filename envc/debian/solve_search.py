"""A complete search, for where apt's way of marking ends in a contradiction.

A SAT solver says whether what has been chosen can still be completed; which choice comes next is
apt's order. So the answer is the first in that order, whatever way the SAT solver takes: no answer
depends on its version, on its heuristics or on the order of its clauses.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from pysat.solvers import Minisat22  # type: ignore[import-untyped]

from envc.debian.relations import Atom, Group
from envc.debian.solve_universe import Candidate, Universe


class Want(NamedTuple):
    """What was asked for, and all that would do, best first."""

    number: int
    options: tuple[Candidate, ...]


class Need(NamedTuple):
    """A package needs one of several."""

    by: Candidate
    group: Group


class Clash(NamedTuple):
    """A package refuses to be beside another."""

    by: Candidate
    atom: Atom
    other: Candidate


class OneVersion(NamedTuple):
    """Of a package, one version is installed at a time."""

    one: Candidate
    other: Candidate


Reason = Want | Need | Clash | OneVersion
Clause = list[int]


class Stated(NamedTuple):
    """All that is within reach of the wants, the nearest first."""

    numbers: dict[Candidate, int]
    clauses: list[tuple[Reason, Clause]]


def stated(universe: Universe, wants: Sequence[Want]) -> Stated:
    """Every constraint on what is wanted, what was preferred, and what those may need."""
    numbers: dict[Candidate, int] = {}
    clauses: list[tuple[Reason, Clause]] = []

    def literals(options: Iterable[Candidate]) -> Clause:
        return [numbers.setdefault(one, len(numbers) + 1) for one in options]

    clauses += [(want, literals(want.options)) for want in wants]
    literals(universe.preferred())
    met: list[Candidate] = []
    while len(met) < len(numbers):
        for one in list(numbers)[len(met) :]:
            met.append(one)
            for group in one.needs:
                options = universe.options(group)
                if one not in options:
                    clauses.append((Need(one, group), [-numbers[one], *literals(options)]))
    clauses += _refusals(universe, numbers)
    return Stated(numbers, clauses)


def _refusals(universe: Universe, numbers: dict[Candidate, int]) -> Iterable[tuple[Reason, Clause]]:
    for one, number in numbers.items():
        for other in universe.versions(one.name):
            if number < numbers.get(other, 0):
                yield OneVersion(one, other), [-number, -numbers[other]]
        for atom in one.refuses:
            for other in universe.refused(one, atom):
                if other in numbers:
                    yield Clash(one, atom, other), [-number, -numbers[other]]


class Search:
    """Walks from the wants through their needs, and takes at each the first that can work."""

    def __init__(self, universe: Universe, wants: Sequence[Want]) -> None:
        self.universe: Final = universe
        self.wants: Final = wants
        self.stated: Final = stated(universe, wants)
        self._chosen: Final[dict[Candidate, int]] = {}
        self._model: frozenset[int] = frozenset()

    def found(self) -> dict[str, Candidate] | None:
        """What is chosen, by name; None where nothing can be."""
        with Minisat22(bootstrap_with=[clause for _, clause in self.stated.clauses]) as solver:
            if not self._works(solver, []):
                return None
            self._upgrade(solver)
            self._keep(solver)
            self._walk(solver)
        return {one.name: one for one in self._chosen}

    def _works(self, solver: Minisat22, more: Clause) -> bool:
        if not solver.solve(assumptions=[*self._chosen.values(), *more]):
            return False
        self._model = frozenset(solver.get_model() or ())
        return True

    def _upgrade(self, solver: Minisat22) -> None:
        """Of what is to be upgraded, the newest that can be."""
        for name in sorted(self.universe.upgrade):
            versions = self.universe.versions(name)
            numbers = [self.stated.numbers[o] for o in versions if o in self.stated.numbers]
            for newest in range(1, len(numbers)):
                older = [-number for number in numbers[newest:]]
                if self._works(solver, older):
                    self._demand(solver, older)
                    break

    def _keep(self, solver: Minisat22) -> None:
        """As much of what is preferred as can be."""
        kept = [self.stated.numbers[one] for one in self.universe.preferred()]
        self._demand(solver, kept if self._works(solver, kept) else [self._most(solver, kept)])

    def _most(self, solver: Minisat22, kept: Clause) -> int:
        """What is true where no more of `kept` is lost than must be."""
        from pysat.card import ITotalizer  # type: ignore[import-untyped]

        lost = [-number for number in kept]
        top, bound = len(self.stated.numbers), 0
        while True:
            bound = min(2 * bound + 8, len(lost))
            with ITotalizer(lost, ubound=bound, top_id=top) as count:
                solver.append_formula(count.cnf.clauses)
                top = count.top_id
                for most in range(1, bound):
                    if self._works(solver, [-count.rhs[most]]):
                        return int(-count.rhs[most])
            if bound == len(lost):
                return int(kept[0]) if self._works(solver, kept[:1]) else -int(kept[0])

    def _demand(self, solver: Minisat22, literals: Clause) -> None:
        for literal in literals:
            solver.add_clause([literal])

    def _walk(self, solver: Minisat22) -> None:
        self._works(solver, [])
        for want in sorted(self.wants, key=lambda want: want.options[0].name):
            visits = [iter([want.options])]
            while visits:
                options = next(visits[-1], None)
                if options is None:
                    visits.pop()
                elif not any(one in self._chosen for one in options):
                    one = self._first(solver, options)
                    self._chosen[one] = self.stated.numbers[one]
                    visits.append(iter([self.universe.options(group) for group in one.needs]))

    def _first(self, solver: Minisat22, options: tuple[Candidate, ...]) -> Candidate:
        """One of them works, as all that was chosen before was asked for."""
        for one in options[:-1]:
            number = self.stated.numbers[one]
            if number in self._model or self._works(solver, [number]):
                return one
        last = options[-1]
        self._works(solver, [self.stated.numbers[last]])
        return last
