"""The exact flags that make a compiler generate code for a target, or why it cannot.

The table is archspec's. What is envc's own: versions are compared at the bound's precision, of
several ranges that hold a version the newest counts, and an empty answer is a refusal, because a
build without flags looks like a success.
"""

from typing import Literal, NamedTuple

from envc.cpu import lattice
from envc.cpu.archspec_json import Entry
from envc.cpu.compilers import OFFERED, canonical, fortran_words
from envc.cpu.versions import Version, parse, text, within
from envc.values import dataclass

Language = Literal["c", "cxx", "fortran"]


class Flags(NamedTuple):
    """`of` is whose flags these are: an ancestor where `why` says why not the target itself."""

    words: tuple[str, ...]
    of: str
    why: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """No flags. `needs` says who has some, `nearest` which ancestor this compiler does know."""

    reason: str
    needs: tuple[str, ...] = ()
    nearest: str | None = None


def flags(target: str, compiler: str, version: str, language: Language = "c") -> Flags | Refusal:
    """Flags for a target by archspec's name; an ancestor's only where it has the same vectors."""
    known, number = canonical(compiler), parse(version)
    if known is None:
        return Refusal(f"no table of flags for the compiler `{compiler}`", _needs(target, ""))
    if number is None:
        return Refusal(f"`{version}` is not a compiler's version", _needs(target, known))
    exact = _exact(target, known, number, language)
    if exact is not None:
        return exact
    nearest = _nearest(target, known, number, language)
    reason = f"{compiler} {version} has no flags for `{target}`"
    if nearest is None or not _same_width(nearest.of, target):
        return Refusal(reason, _needs(target, known), nearest.of if nearest else None)
    return nearest._replace(why=f"{reason}; those of `{nearest.of}` have the same vectors")


def supports(target: str, compiler: str, version: str, language: Language = "c") -> bool:
    """Whether the compiler has flags for the target itself."""
    known, number = canonical(compiler), parse(version)
    if known is None or number is None:
        return False
    return _exact(target, known, number, language) is not None


def minimum(target: str, compiler: str) -> str | None:
    """The lowest version with flags for the target, "" where any will do, None where none will."""
    known = canonical(compiler)
    entries = lattice.target(target).compilers.get(known or "", ())
    return text(min(entry.low for entry in entries)) if entries else None


def best_ancestor(target: str, compiler: str, version: str, language: Language = "c") -> str | None:
    """The nearest target below this one that the compiler has flags for."""
    known, number = canonical(compiler), parse(version)
    if known is None or number is None:
        return None
    nearest = _nearest(target, known, number, language)
    return nearest.of if nearest else None


def _exact(target: str, compiler: str, version: Version, language: Language) -> Flags | None:
    entry = _entry(target, compiler, version)
    if entry is None:
        return None
    words = tuple(entry.flags.split())
    if language == "fortran":
        words = fortran_words(compiler, version, words)
    if not words:
        return None
    return Flags(words, target, warnings=(entry.warning,) if entry.warning else ())


def _entry(target: str, compiler: str, version: Version) -> Entry | None:
    """The newest range that holds the version. archspec takes the first, and so hides others."""
    entries = lattice.target(target).compilers.get(compiler, ())
    fitting = [entry for entry in entries if within(version, entry.low, entry.high)]
    return max(fitting, key=lambda entry: entry.low, default=None)


def _nearest(target: str, compiler: str, version: Version, language: Language) -> Flags | None:
    below = sorted(lattice.target(target).ancestors, key=lattice.rank, reverse=True)
    found = (_exact(each, compiler, version, language) for each in below)
    return next((each for each in found if each is not None), None)


def _same_width(ancestor: str, target: str) -> bool:
    """Code without the target's vectors is another class of code: to fall back there is refused."""
    if not lattice.target(ancestor).ancestors:
        return False  # a family's baseline is no version of any processor
    return lattice.vectors(ancestor) == lattice.vectors(target)


def _needs(target: str, first: str) -> tuple[str, ...]:
    """`gcc >= 12.3` and its like, the compiler that was asked for before the others."""
    order = [first, *(each for each in OFFERED if each != first)]
    reaches = ((each, _reach(lattice.target(target).compilers.get(each, ()))) for each in order)
    return tuple(f"{compiler} {reach}".strip() for compiler, reach in reaches if reach is not None)


def _reach(entries: tuple[Entry, ...]) -> str | None:
    """`>= 12.3`, `5.1:14` for what a compiler has dropped again, "" for any version."""
    if not entries:
        return None
    low = text(min(entry.low for entry in entries))
    high = text(max(entries, key=lambda entry: entry.low).high)
    return f"{low}:{high}" if high else f">= {low}" if low else ""
