"""The choice that apt makes: from a package to what it needs, the first alternative that works.

This follows the rules by which apt's own solver marks packages for installation into a system
where nothing is installed. It looks neither ahead nor back: where two choices turn out to refuse
each other, what is marked is not consistent, and `solve_complete` searches.
"""

from collections.abc import Generator, Iterable, Iterator
from typing import Final

from envc.debian.relations import Atom, Group
from envc.debian.solve_universe import Candidate, Universe

Steps = Generator["Steps", bool, bool]
"""A marking that asks for other markings; apt's recursion is deeper than Python's may be."""


class Marking:
    """What is marked, and what has been ruled out on the way."""

    def __init__(self, universe: Universe) -> None:
        self.universe: Final = universe
        self.marked: Final[dict[str, Candidate]] = {}
        self._candidates: Final[dict[str, Candidate | None]] = {}
        self._settled: Final[set[str]] = set()  # only who asked for it may change it

    def ask(self, wanted: Iterable[Candidate]) -> None:
        """Marks packages that were asked for by name, and all that they need.

        apt goes by the order in which they are typed; here it is always that of their names.
        """
        asked = sorted(wanted, key=lambda one: one.name)
        for one in asked:
            self._candidates[one.name] = one
            self._settled.add(one.name)
            self.marked[one.name] = one
        for one in asked:
            _run(self._mark_asked(one))

    def ask_for_any(self, options: Iterable[Candidate]) -> None:
        """Marks the first that works, as if a package needed one of them."""
        if any(self.marked.get(one.name) is one for one in options):
            return
        for one in options:
            if self._candidate(one.name) is one and _run(self._mark(one.name)):
                return

    def satisfied(self, group: Group) -> bool:
        marked, targets = self.marked, self.universe.targets
        return any(marked.get(one.name) is one for atom in group for one in targets(atom))

    def _candidate(self, name: str) -> Candidate | None:
        """The one version that apt takes into account."""
        if name in self._candidates:
            return self._candidates[name]
        versions = self.universe.versions(name)
        return versions[0] if versions else None

    def _discard(self, name: str) -> None:
        self.marked.pop(name, None)
        self._candidates[name] = None

    def _mark(self, name: str) -> Steps:
        """Marks a package because another needs it; false where that does not work."""
        settled = name in self._settled
        one = self._candidate(name)
        if one is None or (settled and name not in self.marked):
            return False
        if not settled and name in self.marked and not self._is_broken(one):
            return True
        if not self._is_possible(one):
            if not settled:
                self._discard(name)
            return False
        needs, refuses = self._open(one, settled=settled)
        if not self._rule_out(one, refuses, settled=settled) and not settled:
            return False
        self.marked[name] = one
        self._settled.add(name)
        works = yield self._install_needs(needs, settled=settled, tried=settled)
        if not settled:
            self._settled.discard(name)
            if not works:
                self._discard(name)
        return works

    def _mark_asked(self, one: Candidate) -> Steps:
        if not self._is_possible(one):
            return False
        self._rule_out(one, one.refuses, settled=True)
        works = yield self._install_needs(one.needs, settled=True, tried=True)
        return works

    def _is_possible(self, one: Candidate) -> bool:
        """Whether each need has something that is marked or may still be."""
        return all(
            any(
                self.marked.get(target.name) is target or self._candidate(target.name) is target
                for atom in group
                for target in self.universe.targets(atom)
            )
            for group in one.needs
        )

    def _is_broken(self, one: Candidate) -> bool:
        return not all(map(self.satisfied, one.needs)) or any(self._hit(one))

    def _hit(self, one: Candidate) -> Iterator[Atom]:
        """Its conflicts with what is marked."""
        for atom in one.refuses:
            if any(self.marked.get(o.name) is o for o in self.universe.refused(one, atom)):
                yield atom

    def _open(self, one: Candidate, *, settled: bool) -> tuple[tuple[Group, ...], Iterable[Atom]]:
        if settled:
            return one.needs, one.refuses
        return tuple(g for g in one.needs if not self.satisfied(g)), tuple(self._hit(one))

    def _rule_out(self, one: Candidate, refuses: Iterable[Atom], *, settled: bool) -> bool:
        """Unmarks what refuses to be beside; for a settled package that is the last word."""
        works = True
        for atom in refuses:
            for other in self.universe.refused(one, atom):
                if self._candidate(other.name) is not other:
                    continue
                if other.name in self.marked and other.name in self._settled:
                    works = False
                    if not settled:
                        return False
                    continue
                self.marked.pop(other.name, None)
                if settled:
                    self._discard(other.name)
                    self._settled.add(other.name)
        return works

    def _install_needs(self, needs: Iterable[Group], *, settled: bool, tried: bool) -> Steps:
        works = True
        for group in needs:
            if self.satisfied(group):
                if settled and not (yield self._settle(group)):
                    works = False
            elif not (yield self._install_one(group, settled=settled)):
                works = False
                if not tried:
                    break
        return works

    def _settle(self, group: Group) -> Steps:
        """What alone satisfies a settled package is settled too."""
        options = [one for one in self._options(group) if self._candidate(one.name) is one]
        if len(set(options)) != 1 or options[0].name in self._settled:
            return True
        self._settled.add(options[0].name)
        works = yield self._mark(options[0].name)
        return works

    def _install_one(self, group: Group, *, settled: bool) -> Steps:
        options = self._options(group)
        for one in options:
            if self._candidate(one.name) is not one:
                continue
            if settled and len(options) == 1:
                if one.name in self._settled and one.name not in self.marked:
                    continue
                self.marked[one.name] = one
                self._settled.add(one.name)
            if (yield self._mark(one.name)):
                return True
        return False

    def _options(self, group: Group) -> tuple[Candidate, ...]:
        """What may satisfy a need, best first: each alternative in turn, settled packages first."""
        found: dict[Candidate, None] = {}
        for atom in group:
            ordered = self.universe.in_order(atom)
            if len(ordered) > 1:
                ordered = tuple(sorted(ordered, key=lambda one: one.name not in self._settled))
            for one in ordered:
                if self._candidate(one.name) is one and not self._is_ruled_out(one.name):
                    found[one] = None
        return self.universe.preferred_first(found)

    def _is_ruled_out(self, name: str) -> bool:
        return name in self._settled and name not in self.marked


def _run(steps: Steps) -> bool:
    stack = [steps]
    answer = False
    begun = False
    while stack:
        try:
            following = stack[-1].send(answer) if begun else next(stack[-1])
        except StopIteration as stop:
            stack.pop()
            answer, begun = bool(stop.value), True
        else:
            stack.append(following)
            begun = False
    return answer
