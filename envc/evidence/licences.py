"""Licences as other programs read them."""

from envc.facts.licences import licence
from envc.facts.problem import Problem


def expression(said: str) -> str:
    """Of SPDX; empty where it is none, or nothing is said."""
    found = licence(said) if said else ""
    return "" if isinstance(found, Problem) else found


def own(expression: str) -> tuple[str, ...]:
    """Names in it that SPDX does not list."""
    words = expression.replace("(", " ").replace(")", " ").split()
    return tuple(dict.fromkeys(each for each in words if each.startswith("LicenseRef-")))
