"""Versions as other tools ask for them, as ranges of envc's, and whether the library has any."""

import re
from collections.abc import Iterable

from envc.facts import versions
from envc.facts.problem import Problem
from envc.facts.versions import Range

_LONGEST = 200


def read(text: str) -> str | None:
    """The range that a foreign spelling means; None where it cannot be said exactly."""
    spelled = re.sub(r"\s*([<>=!~^,|]+)\s*", r"\1", text.strip())
    if len(spelled) > _LONGEST:
        return None
    found = versions.read_range(spelled)
    if isinstance(found, Range):
        return str(found)
    return _again(found.suggestion)


def exactly(number: str) -> str | None:
    """`=1.2.3`; None for what is no version."""
    found = versions.version(number.strip()[:_LONGEST])
    if isinstance(found, Problem):
        return _again(f"={found.suggestion}" if found.suggestion else None)
    return f"={found}"


def series(number: str) -> str | None:
    """`1.2.3` and all that begins with it; None for what is no version."""
    found = exactly(number)
    return found.removeprefix("=") if found is not None else None


def holds(wanted: str, numbers: Iterable[str]) -> bool:
    """Whether one of the numbers is within the range."""
    asked = versions.read_range(wanted)
    known = (versions.version(each) for each in numbers)
    return isinstance(asked, Range) and any(
        versions.matches(asked, each) for each in known if isinstance(each, versions.Version)
    )


def _again(suggestion: str | None) -> str | None:
    if not suggestion:
        return None
    found = versions.read_range(suggestion)
    return str(found) if isinstance(found, Range) else None
