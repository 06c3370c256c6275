"""What is known of two worlds and of a file that came out of each."""

from dataclasses import dataclass
from typing import NamedTuple

from envc.build.model import Conditions
from envc.plan.model import Words
from envc.verify.difference import Detail


class World(NamedTuple):
    """As the steps in it saw it."""

    conditions: Conditions
    first: int
    last: int
    """Seconds since 1970: when it began and ended, by its own clock."""
    processors: int


@dataclass(frozen=True, slots=True)
class Case:
    one: World
    other: World
    path: str
    compiled: Words = ()
    """Every call of a compiler in the first."""
    beyond: str = ""
    """An instruction in one of the files that the target's CPUs may lack."""


def shown(text: bytes, most: int = 60) -> str:
    """For people, in one line."""
    said = text.decode("utf-8", "backslashreplace")
    said = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in said)
    return said if len(said) <= most else f"{said[: most - 1]}…"


def where(detail: Detail) -> str:
    return " in ".join(reversed(detail.places)) or "the file"
