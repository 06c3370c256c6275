"""Two builds of one package of Guix in one environment, told with the lines that lead to them."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Label
from envc.facts.words import listed
from envc.guix.collisions import Collision
from envc.guix.index import GuixPackage
from envc.resolve.environments import Asked

Meant = Sequence[tuple[Asked, GuixPackage]]
"""What is asked for, each with the package that it means."""
Goes = Callable[[GuixPackage], bool]
"""Whether all goes together where this is the build that everybody gets."""


class _Side(NamedTuple):
    asked: tuple[Asked, ...]
    chain: tuple[GuixPackage, ...]

    @property
    def clashing(self) -> GuixPackage:
        return self.chain[-1]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.component for each in self.asked))

    @property
    def is_itself(self) -> bool:
        """Whether the spec asks for the very package that clashes."""
        own = {self.clashing.name, f"guix/{self.clashing.name}"}
        return len(self.chain) == 1 and not own.isdisjoint(self.names)


def told(collision: Collision, meant: Meant, goes: Goes) -> Diagnostic:
    sides = [_side(chain, meant) for chain in (collision.left, collision.right)]
    same = collision.left[-1].version == collision.right[-1].version
    what = "build" if same else "version"
    words = ", and ".join(map(_words, sides))
    return Diagnostic(
        rules.NOT_INSTALLABLE,
        f"one environment of Guix holds one {what} of `{collision.name}`: {words}",
        tuple(_labels(each for side in sides for each in side.asked)),
        help=_way_out(sides, goes),
    )


def _side(chain: tuple[GuixPackage, ...], meant: Meant) -> _Side:
    return _Side(tuple(asked for asked, package in meant if package == chain[0]), chain)


def _words(side: _Side) -> str:
    who, version = listed(side.names, "and"), side.clashing.version
    if side.is_itself and len(side.names) == 1:
        return f"{who} is {version} here"
    verb = "comes" if len(side.names) == 1 else "come"
    by = [str(each) for each in reversed(side.chain[:-1]) if each.name not in side.names]
    through = f" through {' and '.join(by)}" if by else ""
    return f"{who} {verb} with {version}{through}"


def _way_out(sides: Sequence[_Side], goes: Goes) -> str:
    for side, other in (sides, tuple(reversed(sides))):
        number = other.clashing.version
        if side.is_itself and number != side.clashing.version and goes(other.clashing):
            name = next(name for name in side.names if name.endswith(side.clashing.name))
            return f"`{name}@{number}` goes with all the others: let your spec ask for that"
    apart = listed((name for side in sides for name in side.names), "and")
    return f"ask for {apart} in two apps, each with an environment of its own, or leave one out"


def _labels(asked: Iterable[Asked]) -> Iterable[Label]:
    for place, component in dict.fromkeys((each.place, each.component) for each in asked):
        yield Label(place.source, place.span, f"`{component}` asked for here")
