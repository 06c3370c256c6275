"""Random specs, syntactically right: each derived from the grammar, then written with odd spacing.

A derivation walks the productions that lark reads from `grammar/envc.lark`, so a new production is
covered on the day it is written. How words look is said here, once for each terminal.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st
from lark import Lark

from envc import data
from envc.syntax import lexer
from envc.syntax.tables import BROKEN

Choose = Callable[[int], int]
"""Gives a number below the one it is given; where in doubt, a small one."""
Words = tuple[str, ...]

NEWLINE = "\n"
SAMPLES: Mapping[str, Sequence[str]] = {
    "NAME": (
        "a", "gpu", "cuda", "zen2", "zen4", "x86_64_v3", "gcc", "libhdf5-openmpi-dev", "c++",
        "heat2d", "per", "node", "GiB", "h", "min", "cores", "memory", "target", "gpus",
        "walltime", "features", "account", "required", "GMX_SIMD", "apps/gromacs", "precision",
    ),
    "NUMBER": ("1", "16", "3.28", "16GiB", "2h", "1h30min", "2025.2", "1.5GiB", "90a", "5.1-2"),
    "STRING": (
        '""', '"a b"', '"# no comment"', '"\\"{cpus}\\""', '"é — 日本"', '"{ } ( ) when on"',
        '"https://example.org/a/very/long/address/of/an/archive-with-a-long-name.tar.gz"',
    ),
    "TAGGED": ("sha256:" + "0123456789abcdef" * 4, "swh:1:dir:94a9ed024d38", "orcid:0000-0002"),
    "VERSIONS": ("@1.2:", "@=1.2", "@13", "@:3", "@1.10:1.14.3", "@"),
}  # fmt: skip
COMMENTS = ("#", "# why", "#  spaced  ", '# { ( " when é', "#\tx" + "y" * 90)
BLANKS = (" ", " ", "  ", "\t", "     ", "\r", "\f")


class Grammar:
    """The productions of the language, the shortest first."""

    def __init__(self) -> None:
        grammar = data.read("grammar", "envc.lark")
        self.lark: Any = Lark(grammar, parser="lalr", start="file", maybe_placeholders=False)
        self.literals = {
            each.name: each.pattern.value
            for each in self.lark.terminals
            if each.pattern.type == "str"
        }
        self.productions: dict[str, list[Any]] = {}
        for rule in self.lark.rules:
            if all(symbol.name != BROKEN for symbol in rule.expansion):
                self.productions.setdefault(rule.origin.name, []).append(rule)
        self.heights = self._heights()
        for rules in self.productions.values():
            rules.sort(key=lambda rule: (self.height(rule), len(rule.expansion)))

    def _heights(self) -> dict[str, int]:
        heights: dict[str, int] = {}
        while len(heights) < len(self.productions):
            for name, rules in self.productions.items():
                known = [
                    1 + max((heights[s.name] for s in rule.expansion if not s.is_term), default=0)
                    for rule in rules
                    if all(s.is_term or s.name in heights for s in rule.expansion)
                ]
                if known:
                    heights[name] = min(known)
        return heights

    def height(self, rule: Any) -> int:
        return max(
            (self.heights.get(s.name, 0) for s in rule.expansion if not s.is_term), default=0
        )


@cache
def grammar() -> Grammar:
    return Grammar()


def derived(
    choose: Choose,
    size: int,
    names: Sequence[str] = SAMPLES["NAME"],
    taken: Callable[[Any], None] = lambda _: None,
) -> Words:
    """The words of a random program; past `size` choices each part is as short as it can be.

    `taken` is told of each production on the way.
    """
    words: list[str] = []
    left = size
    symbols: list[tuple[str, bool]] = [("file", False)]
    while symbols:
        name, is_term = symbols.pop()
        if is_term:
            words.append(_word(name, choose, names))
            continue
        rules = grammar().productions[name]
        rule = rules[_pick(name, len(rules), choose) if left > 0 else 0]
        taken(rule)
        left -= len(rules) > 1
        symbols.extend((symbol.name, symbol.is_term) for symbol in reversed(rule.expansion))
    return tuple(words)


def _pick(name: str, count: int, choose: Choose) -> int:
    if "cpu" in name or ("variant" in name and name != "variant"):
        # Conditions nest at every turn; without restraint a program would be one of them.
        return 0 if choose(3) else choose(count)
    if name.startswith("__"):  # a list, or one more of it
        return choose(count) if choose(5) else 0
    if name == "file" or name.startswith("_block"):
        return count - 1 if choose(2) else choose(count)
    return choose(count)


def _word(terminal: str, choose: Choose, names: Sequence[str]) -> str:
    if terminal == "_NL":
        return NEWLINE
    if terminal in grammar().literals:
        return str(grammar().literals[terminal])
    samples = names if terminal == "NAME" else SAMPLES[terminal]
    return samples[choose(len(samples))]


# ---- how words are written -----------------------------------------------------------------------


def written(words: Sequence[str], choose: Choose, *, comments: bool = True) -> str:
    """The words as text: blanks anywhere, comments and empty lines wherever a line may end."""
    text = _blank(choose)
    if comments and choose(3) == 2:
        text += _lines(choose)[1:]
    for word, behind in pairwise((*words, NEWLINE)):
        text += _newline(choose, comments=comments) if word == NEWLINE else word
        text += _blank(choose) or ("" if _may_touch(word, behind) else " ")
    if comments and choose(3) == 2:
        text += _comment(choose)
    return text


def plainly(words: Sequence[str]) -> str:
    return " ".join(words)


def _newline(choose: Choose, *, comments: bool) -> str:
    if not comments:
        return "\r\n" if choose(4) == 3 else "\n"
    behind = _blank(choose) + _comment(choose) if choose(4) == 3 else ""
    return behind + (_lines(choose) if choose(3) == 2 else "\n")


def _lines(choose: Choose) -> str:
    """An end of a line, and empty lines and comments after it."""
    text = "\n"
    while choose(2):
        text += _blank(choose) + (_comment(choose) if choose(2) else "") + ("\r\n", "\n")[choose(2)]
    return text


def _comment(choose: Choose) -> str:
    return COMMENTS[choose(len(COMMENTS))]


def _blank(choose: Choose) -> str:
    place = choose(3 * len(BLANKS))
    return BLANKS[place] if place < len(BLANKS) else ""


@cache
def _may_touch(left: str, right: str) -> bool:
    if NEWLINE in {left, right}:
        return True
    return [word.text for word in lexer.words(left + right, [])] == [left, right, ""]


# ---- for hypothesis, and without it --------------------------------------------------------------

KEYWORDS = (
    "when",
    "on",
    "for",
    "from",
    "is",
    "not",
    "or",
    "has",
    "expect",
    "default",
    "test",
    "app",
)


@st.composite
def programs(draw: st.DrawFn, names: Sequence[str] = SAMPLES["NAME"]) -> Words:
    size = draw(st.integers(1, 120))
    return derived(lambda count: draw(st.integers(0, count - 1)), size, names)


@st.composite
def texts(draw: st.DrawFn, words: st.SearchStrategy[Words], *, comments: bool = True) -> str:
    # One draw for all spaces: a failing example shrinks by its words, then to seed 0.
    return written(
        draw(words), random.Random(draw(st.integers(0, 999))).randrange, comments=comments
    )


def seeded(seed: int, size: int = 80) -> str:
    """A program for tests that need many, fast."""
    choose = random.Random(seed).randrange
    return written(derived(choose, size), choose)
