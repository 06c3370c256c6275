"""A merge that ended in a clash, as text: both sides whole, and what they come from.

Every block that is not the same in all three stands between the marks that git uses, so that a file
with them says all that went into the merge, and the merge can be made again from it.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from envc.facts.problem import Problem
from envc.lock.model import BLOCKS, Block
from envc.lock.text import head, written
from envc.lock.together import Sides, grouped

OURS = "<<<<<<< ours, as envc tells it"
BASE = "||||||| what both come from"
SPLIT = "======="
THEIRS = ">>>>>>> theirs"

_PLACES = {OURS: 1, BASE: 0, SPLIT: 2}
_REGION = re.compile(r"^<{7} .*?^>{7} ", re.MULTILINE | re.DOTALL)
_NAME = re.compile(r'^(?:name|app|of|reference) = "(.*)"$', re.MULTILINE)
_MOST = 3


class Texts(NamedTuple):
    base: str
    ours: str
    theirs: str


def is_marked(text: str) -> bool:
    return re.search(r"^<{7} ", text, re.MULTILINE) is not None


def marked(sides: Sides) -> str:
    pieces = [_region([_joined(head(lock)) for lock in sides])]
    pieces += (
        _region([_joined(_written(name, blocks)) for blocks in group])
        for name in BLOCKS
        for group in grouped(sides, name).values()
    )
    return "\n\n".join(pieces) + "\n"


def split(text: str) -> Texts | Problem:
    """The three locks of a text that `marked` wrote."""
    if any(is_marked(line) and line != OURS for line in text.splitlines()):
        return Problem(
            f"git merged this lock line by line and marked {_named(text)}; what it merged without "
            "marks may not belong together",
            "let envc merge it: `envc init` names the line of git's configuration, and then "
            "`git checkout --merge envc.lock` begins again; or write it anew with `envc lock`",
        )
    sides: tuple[list[str], ...] = ([], [], [])
    place: int | None = None
    for line in text.splitlines(keepends=True):
        mark = line.rstrip("\n")
        if mark in _PLACES:
            place = _PLACES[mark]
        elif mark == THEIRS:
            place = None
        else:
            for side in sides if place is None else (sides[place],):
                side.append(line)
    return Texts(*("".join(side) for side in sides))


def _region(texts: list[str]) -> str:
    base, ours, theirs = texts
    if base == ours == theirs:
        return base
    parts = (OURS, ours, BASE, base, SPLIT, theirs, THEIRS)
    return "\n".join(part for part in parts if part)


def _written(name: str, blocks: Iterable[Block]) -> list[list[str]]:
    return [written(name, block) for block in sorted(blocks)]


def _joined(blocks: Iterable[list[str]]) -> str:
    return "\n\n".join("\n".join(lines) for lines in blocks)


def _named(text: str) -> str:
    found = dict.fromkeys(
        name for region in _REGION.findall(text) for name in _NAME.findall(region)
    )
    if not found:
        return "a part of it"
    names = [f"`{name}`" for name in [*found][:_MOST]]
    more = len(found) - _MOST
    return ", ".join(names) + (f" and {more} more" if more > 0 else "")
