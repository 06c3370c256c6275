"""Why there is no solution: the shortest chain from what is wanted to what cannot be.

The constraints are laid out from the nearest to what is wanted to the farthest. The fewest of them
that contradict each other are found by asking a SAT solver only whether some of them do
(QuickXplain, Junker 2004, which prefers the nearer ones), so that the chain is always the same.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from envc.debian.index import Index
from envc.debian.relations import Atom, Group
from envc.debian.solve import Wanted
from envc.debian.solve_search import Clash, Need, OneVersion, Reason, Want, stated
from envc.debian.solve_universe import Candidate, Universe
from envc.facts.words import close, listed

Contradict = Callable[[Sequence[int]], bool]


@dataclass(frozen=True, slots=True)
class Step:
    """One link: what is said, and the wish it follows from where it is one itself."""

    text: str
    wish: Wanted | None = None


@dataclass(frozen=True, slots=True)
class NoSolution:
    """The chain, and what to write instead where that is known."""

    steps: tuple[Step, ...]
    conclusion: str
    help: str = ""
    close: tuple[str, ...] = ()
    """Names of packages that may have been meant."""

    @property
    def wishes(self) -> tuple[Wanted, ...]:
        """What was asked for that cannot be had, or not all at once."""
        return tuple(step.wish for step in self.steps if step.wish is not None)

    def __str__(self) -> str:
        told = "; ".join(step.text for step in self.steps)
        return f"{told}: {self.conclusion}" if self.conclusion else told


def explain(
    universe: Universe,
    wishes: Sequence[Wanted],
    options: Sequence[tuple[Candidate, ...]],
    hints: Sequence[Index],
) -> NoSolution:
    for wish, some in zip(wishes, options, strict=True):
        if not some:
            return _missing(universe, wish, hints)
    wants = [Want(number, some) for number, some in enumerate(options)]
    reasons = _contradiction(universe, wants)
    return _Telling(universe, wishes, reasons, hints).told()


def _missing(universe: Universe, wish: Wanted, hints: Sequence[Index]) -> NoSolution:
    lacks, helped, names = _lack(universe, wish.group, hints)
    return NoSolution((Step(f"`{wish}` is wanted", wish), Step(lacks)), "", helped, names)


def _lack(
    universe: Universe, group: Group, hints: Sequence[Index]
) -> tuple[str, str, tuple[str, ...]]:
    """What the indexes have instead of it, what to do, and close names."""
    suites = listed_suites(universe.indexes)
    said = [_has(universe, atom, suites) for atom in group]
    elsewhere = "; ".join(
        f"{index.suite} has {_bare(one.name)} {one.version}"
        for atom in group
        for index in hints
        for one in Universe([index]).options((atom,))[:1]
    )
    names: tuple[str, ...] = ()
    if not any(universe.options((Atom(atom.name),)) for atom in group) and not elsewhere:
        known = [name for index in universe.indexes for name in index.names()]
        names = tuple(close(group[0].name, known))
    text = ", and ".join(said) + (f"; {elsewhere}" if elsewhere else "")
    return text, f"perhaps {listed(names)} is meant" if names else "", names


def _has(universe: Universe, atom: Atom, suites: str) -> str:
    versions = universe.versions(atom.name)
    if versions:
        return f"{suites} has {_bare(atom.name)} {' and '.join(one.version for one in versions)}"
    provided = universe.options((Atom(atom.name),))
    if provided:
        by = listed([one.name for one in provided[:3]], "and")
        how = f" without a version that is `{atom.operator} {atom.version}`"
        return f"in {suites} {by} provides {_bare(atom.name)}{how if atom.operator else ''}"
    return f"{suites} has no {_bare(atom.name)}"


def listed_suites(indexes: Sequence[Index]) -> str:
    return " and ".join(dict.fromkeys(index.suite for index in indexes))


def _bare(name: str) -> str:
    return f"`{name}`"


def _contradiction(universe: Universe, wants: Sequence[Want]) -> tuple[Reason, ...]:
    """Reasons that cannot all hold, of which none can be left out."""
    from pysat.solvers import Minisat22  # type: ignore[import-untyped]

    laid_out = stated(universe, wants)
    first = len(laid_out.numbers) + 1
    switches = range(first, first + len(laid_out.clauses))
    clauses = [
        [-switch, *clause] for switch, (_, clause) in zip(switches, laid_out.clauses, strict=True)
    ]
    with Minisat22(bootstrap_with=clauses) as solver:

        def contradict(some: Sequence[int]) -> bool:
            return not solver.solve(assumptions=list(some))

        near = 64
        while near < len(switches) and not contradict(switches[:near]):
            near *= 4
        few = _quick_explain([], False, list(switches[:near]), contradict)
    return tuple(laid_out.clauses[switch - first][0] for switch in sorted(few))


def _quick_explain(
    given: list[int], grown: bool, some: list[int], contradict: Contradict
) -> list[int]:
    if grown and contradict(given):
        return []
    if len(some) == 1:
        return some
    half = len(some) // 2
    near, far = some[:half], some[half:]
    of_far = _quick_explain([*given, *near], True, far, contradict)
    of_near = _quick_explain([*given, *of_far], bool(of_far), near, contradict)
    return of_near + of_far


class _Telling:
    """Puts reasons in the order of a story: from each wish to what follows from it."""

    def __init__(
        self,
        universe: Universe,
        wishes: Sequence[Wanted],
        reasons: Sequence[Reason],
        hints: Sequence[Index],
    ) -> None:
        self._universe: Final = universe
        self._wishes: Final = wishes
        self._reasons: Final = reasons
        self._hints: Final = hints
        self._told: Final[dict[str, Step]] = {}
        self._met: Final[set[Candidate]] = set()
        self._help = ""
        self._close: tuple[str, ...] = ()

    def told(self) -> NoSolution:
        for reason in self._reasons:
            if isinstance(reason, Want):
                wish = self._wishes[reason.number]
                self._tell(f"`{wish}` is wanted", wish)
                self._follow(reason.options)
        clashes = list(self._clashes())
        for text in clashes:
            self._tell(text)
        return NoSolution(
            tuple(self._told.values()),
            "so they cannot be installed together" if clashes else "",
            self._help,
            self._close,
        )

    def _tell(self, text: str, wish: Wanted | None = None) -> None:
        self._told.setdefault(text, Step(text, wish))

    def _follow(self, options: Sequence[Candidate]) -> None:
        ahead = list(reversed(options))
        while ahead:
            one = ahead.pop()
            if one in self._met:
                continue
            self._met.add(one)
            for reason in self._reasons:
                if isinstance(reason, Need) and reason.by is one:
                    ahead += reversed(self._need(reason))

    def _need(self, reason: Need) -> tuple[Candidate, ...]:
        alternatives = " | ".join(map(str, reason.group))
        text = f"`{reason.by.name}` {reason.by.version} needs `{alternatives}`"
        options = self._universe.options(reason.group)
        if not options:
            lacks, self._help, self._close = _lack(self._universe, reason.group, self._hints)
            text = f"{text}, and {lacks}"
        self._tell(text)
        return options

    def _clashes(self) -> Iterator[str]:
        for reason in self._reasons:
            match reason:
                case Clash(by, atom, other):
                    named = f" as {_bare(atom.name)}" if atom.name != other.name else ""
                    bound = f" ({atom.operator} {atom.version})" if atom.operator else ""
                    yield (
                        f"`{by.name}` {by.version} refuses {_bare(other.name)}{named}{bound},"
                        f" which would be {other.version}"
                    )
                case OneVersion(one, other):
                    yield (
                        f"of {_bare(one.name)} only one of {one.version} and {other.version}"
                        " can be installed"
                    )
                case Want() | Need():
                    pass
