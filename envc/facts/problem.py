"""Why a word is not what it should be, before anybody knows where in a file it stands."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """`message` says what is; `suggestion` may replace the whole text without asking."""

    message: str
    help: str = ""
    suggestion: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedProblem(Problem):
    """A problem of one part of the text; `suggestion` replaces that part alone."""

    start: int
    end: int
