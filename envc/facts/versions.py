"""Versions as upstream writes them, and the ranges that a spec asks for after `@`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from envc.facts.problem import Problem

# What comes before a release, earliest first.
_EARLY = {"snapshot": 0, "dev": 1, "alpha": 2, "beta": 3, "pre": 4, "preview": 4, "rc": 5}
_SHORT = {"a": "alpha", "b": "beta"}

# Atoms compare by rank first: 1.0-rc1 < 1.0 < 1.0a < 1.0.1 < everything below 1.0.
Atom = tuple[int, int, str]
_EARLY_RANK, _END, _WORD, _NUMBER = range(4)
_AFTER_ALL: Atom = (4, 0, "")

VERSION = r"[0-9A-Za-z]+(?:[._-][0-9A-Za-z]+)*"


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """Compares by what it says: 1_14, 1-14 and 1.14 are equal, 1.0 is before 1.0.0."""

    key: tuple[Atom, ...] = field(repr=False)
    text: str = field(compare=False)

    @property
    def is_early(self) -> bool:
        """A release candidate or the like."""
        return any(rank == _EARLY_RANK for rank, *_ in self.key)

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=4096)  # the library's numbers are asked for again with each request
def version(text: str) -> Version | Problem:
    """
    version = part (("." | "-" | "_") part)*
    part    = (letter | digit)+
    """
    if not re.fullmatch(VERSION, text):
        return Problem(f"`{text}` is not a version")
    if not re.search("[0-9]", text):
        return Problem(f"`{text}` has no number", "name branches and tags in `source git`")
    if re.match("[vV][0-9]", text):
        return Problem(f"`{text}` begins with a `{text[0]}`", f"write `{text[1:]}`", text[1:])
    return Version(_key(text), text)


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` on, up to and including all of `high.x`; with `exact`, up to `high` itself."""

    low: Version | None = None
    high: Version | None = None
    exact: bool = False

    @property
    def is_empty(self) -> bool:
        if self.low is None or self.high is None:
            return False
        return self.low.key > _top(self)

    def __contains__(self, wanted: Version) -> bool:
        return matches(self, wanted)

    def __str__(self) -> str:
        """The canonical spelling, without the `@`."""
        if self.exact and self.low == self.high:
            return f"={self.high}"
        if self.low == self.high and self.low is not None:
            return str(self.low)
        return f"{self.low or ''}:{self.high or ''}"


ANY = Range()
"""What a name without `@` asks for."""


def matches(wanted: Range, candidate: Version) -> bool:
    above = wanted.low is None or wanted.low.key <= candidate.key
    return above and candidate.key <= _top(wanted)


def intersect(left: Range, right: Range) -> Range:
    """What both allow; see `is_empty`."""
    lows = [bound for bound in (left.low, right.low) if bound is not None]
    narrow = min(left, right, key=_top)
    return Range(max(lows, default=None), narrow.high, narrow.exact)


def newest(wanted: Range, versions: Iterable[Version]) -> Version | None:
    """Release candidates count only when asked for by name, or when nothing else fits."""
    found = [each for each in versions if matches(wanted, each)]
    asked = any(bound is not None and bound.is_early for bound in (wanted.low, wanted.high))
    released = [each for each in found if asked or not each.is_early]
    return max(released or found, default=None)


def read_range(text: str) -> Range | Problem:
    """
    range = version                     1.2 and everything below it
          | "=" version                 1.2 itself
          | version? ":" version?       at least, at most (with everything below it), or both

    The text is what stands after the `@`.
    """
    if text in {"", ":", "*"}:
        return Problem("this `@` names no version", "leave the `@` out for any version")
    if meant := _foreign(text):
        return meant
    if text.startswith("="):
        only = version(text[1:])
        return _within(only, "={}") if isinstance(only, Problem) else Range(only, only, True)
    low_text, colon, high_text = text.partition(":")
    low = version(low_text) if low_text else None
    if isinstance(low, Problem):
        return _within(low, "{}" + colon + high_text)
    if not colon:
        return Range(low, low)
    high = version(high_text) if high_text else None
    if isinstance(high, Problem):
        return _within(high, low_text + ":{}")
    return _ordered(Range(low, high), text)


def _ordered(read: Range, text: str) -> Range | Problem:
    if read.is_empty:
        swapped = str(Range(read.high, read.low))
        message = f"`{text}` is empty: {read.low} is newer than {read.high}"
        return Problem(message, f"write `{swapped}`", swapped)
    if str(read) != text:
        return Problem(f"`{text}` names the same version twice", f"write `{read}`", str(read))
    return read


def _foreign(text: str) -> Problem | None:
    if not re.search(r"[<>^~*+,!&|\[( ]|==|\.\.|:=|\.[xX]$|^[=:]+$", text):
        return None
    # Only who writes another tool's spelling pays for reading its table.
    from envc.facts.foreign_versions import foreign

    return foreign(text)


def _within(problem: Problem, pattern: str) -> Problem:
    """A bound's suggestion replaces the bound; the range's must replace the range."""
    if problem.suggestion is None:
        return problem
    whole = pattern.format(problem.suggestion)
    read = read_range(whole)
    if isinstance(read, Problem) and read.suggestion is not None:
        whole = read.suggestion
    return Problem(problem.message, f"write `{whole}`", whole)


def _top(wanted: Range) -> tuple[Atom, ...]:
    """The greatest key inside."""
    if wanted.high is None:
        return (_AFTER_ALL,)
    return wanted.high.key if wanted.exact else (*wanted.high.key[:-1], _AFTER_ALL)


def _key(text: str) -> tuple[Atom, ...]:
    # 1.0b2 is a beta, and 1.1.1b a patch level.
    spelled = re.sub("(?<![a-z])[ab](?=[0-9])", lambda found: _SHORT[found[0]], text.lower())
    return (*map(_atom, re.findall("[0-9]+|[a-z]+", spelled)), (_END, 0, ""))


def _atom(word: str) -> Atom:
    if word.isdigit():
        # By length and digits: as numbers, but dates and hashes of any length stay cheap.
        digits = word.lstrip("0")
        return _NUMBER, len(digits), digits
    if word in _EARLY:
        return _EARLY_RANK, _EARLY[word], ""
    return _WORD, 0, word
