"""Conditions on the CPU, `on zen2..zen4` and its like, decided on the order of targets."""

from typing import assert_never

from envc.cpu import lattice
from envc.values import dataclass


@dataclass(frozen=True, slots=True)
class Range:
    """`low..high`; an end that is left out is open. `on zen4` is the range from zen4 to zen4."""

    low: str | None
    high: str | None = None


@dataclass(frozen=True, slots=True)
class Has:
    """`has avx2`."""

    feature: str


@dataclass(frozen=True, slots=True)
class Vendor:
    """`vendor amd`."""

    name: str


@dataclass(frozen=True, slots=True)
class Family:
    """`family aarch64`."""

    name: str


@dataclass(frozen=True, slots=True)
class All:
    """`has avx2 and not vendor amd`."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """`zen4, family aarch64`."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """`not zen4`."""

    inner: "Condition"


Condition = Range | Has | Vendor | Family | All | Any | Not


def holds(condition: Condition, target: str) -> bool:
    """Whether a target, by archspec's name, meets the condition. Its names must be archspec's."""
    match condition:
        case Range(low, high):
            return (low is None or lattice.covers(low, target)) and (
                high is None or lattice.covers(target, high)
            )
        case Has(feature):
            return lattice.has(target, feature)
        case Vendor(name):
            return target in lattice.by_vendor(name)
        case Family(name):
            return target in lattice.by_family(name)
        case All(parts):
            return all(holds(part, target) for part in parts)
        case Any(parts):
            return any(holds(part, target) for part in parts)
        case Not(inner):
            return not holds(inner, target)
        case _:
            assert_never(condition)


def members(condition: Condition, among: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the targets that meet the condition, in the order given."""
    return tuple(each for each in among if holds(condition, each))


def exactly(target: str) -> Range:
    return Range(target, target)
