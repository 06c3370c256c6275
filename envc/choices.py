"""Conditions on variants, `when gpu is cuda` and its like, decided over choices of each variant."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import assert_never

from envc.values import dataclass

Choices = Mapping[str, str]
"""What was chosen of each variant; a variant without choices of its own says `yes` or `no`."""

YES_NO = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Is:
    """`gpu is cuda`."""

    variant: str
    choice: str


@dataclass(frozen=True, slots=True)
class Not:
    """`not mpi`."""

    inner: "Condition"


@dataclass(frozen=True, slots=True)
class All:
    """`mpi and gpu is cuda`."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """`mpi or gpu is cuda`."""

    parts: tuple["Condition", ...]


Condition = Is | Not | All | Any


def holds(condition: Condition, choices: Choices) -> bool:
    """A variant that is not among the choices is not what was asked for."""
    match condition:
        case Is(variant, choice):
            return choices.get(variant) == choice
        case Not(inner):
            return not holds(inner, choices)
        case All(parts):
            return all(holds(part, choices) for part in parts)
        case Any(parts):
            return any(holds(part, choices) for part in parts)
        case _:
            assert_never(condition)


def variants(condition: Condition) -> frozenset[str]:
    """The variants that a condition asks about."""
    match condition:
        case Is(variant, _):
            return frozenset({variant})
        case Not(inner):
            return variants(inner)
        case All(parts) | Any(parts):
            return frozenset().union(*(variants(part) for part in parts))
        case _:
            assert_never(condition)


MOST_COMBINATIONS = 4096
"""Past this a question is left open: no spec that people write comes near."""


def combinations(options: Mapping[str, tuple[str, ...]]) -> Iterator[dict[str, str]]:
    """Every choice of some variants, in a fixed order."""
    names = sorted(options)
    for chosen in product(*(options[name] for name in names)):
        yield dict(zip(names, chosen, strict=True))


def can_hold(conditions: tuple[Condition, ...], options: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether some choice makes all of the conditions hold at once."""
    asked = _asked(conditions, options)
    return asked is None or _first(conditions, asked) is not None


def example(
    conditions: tuple[Condition, ...], options: Mapping[str, tuple[str, ...]]
) -> dict[str, str] | None:
    """A choice that makes all of the conditions hold, of the variants that they ask about."""
    asked = _asked(conditions, options)
    return _first(conditions, asked) if asked is not None else None


def _asked(
    conditions: tuple[Condition, ...], options: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]] | None:
    """The choices of the variants that the conditions ask about; None where they are too many."""
    asked = frozenset().union(*(variants(each) for each in conditions))
    open_options = {name: options[name] for name in asked if name in options}
    count = 1
    for choices in open_options.values():
        count *= max(len(choices), 1)
    return open_options if count <= MOST_COMBINATIONS else None


def _first(
    conditions: tuple[Condition, ...], options: Mapping[str, tuple[str, ...]]
) -> dict[str, str] | None:
    fitting = (
        chosen
        for chosen in combinations(options)
        if all(holds(each, chosen) for each in conditions)
    )
    return next(fitting, None)
