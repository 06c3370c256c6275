"""Conditions said the way a spec says them, from their meaning: `when gpu is cuda on zen2..`."""

from typing import assert_never

from envc import choices
from envc.cpu import conditions
from envc.spec import Guard


def written(guard: Guard) -> str:
    parts = []
    if guard.when is not None:
        parts.append(f"when {_variants(guard.when)}")
    if guard.on is not None:
        parts.append(f"on {_cpus(guard.on)}")
    return " ".join(parts)


def _variants(condition: choices.Condition) -> str:
    match condition:
        case choices.Is(variant, "yes"):
            return variant
        case choices.Is(variant, choice):
            return f"{variant} is {choice}"
        case choices.Not(inner):
            return f"not {_grouped(inner)}"
        case choices.All(parts):
            return " and ".join(_grouped(part) for part in parts)
        case choices.Any(parts):
            return " or ".join(_grouped(part) for part in parts)
        case _:
            assert_never(condition)


def _grouped(condition: choices.Condition) -> str:
    said = _variants(condition)
    return f"({said})" if isinstance(condition, choices.All | choices.Any) else said


def _cpus(condition: conditions.Condition) -> str:
    match condition:
        case conditions.Range(low, high):
            return low if low is not None and low == high else f"{low or ''}..{high or ''}"
        case conditions.Has(feature):
            return f"has {feature}"
        case conditions.Vendor(name):
            return f"vendor {name}"
        case conditions.Family(name):
            return f"family {name}"
        case conditions.Not(inner):
            return f"not {_grouped_cpus(inner)}"
        case conditions.All(parts):
            return " and ".join(_grouped_cpus(part) for part in parts)
        case conditions.Any(parts):
            return ", ".join(_grouped_cpus(part) for part in parts)
        case _:
            assert_never(condition)


def _grouped_cpus(condition: conditions.Condition) -> str:
    said = _cpus(condition)
    return f"({said})" if isinstance(condition, conditions.All | conditions.Any) else said
