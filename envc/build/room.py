"""A room, as a value: what a program sees of the machine, which is next to nothing.

In a room there are no other processes, no network and no other files than those of its root and of
its mounts. Whoever is in it ends when the build does, however that ends.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from envc.plan.model import Variables, Words

TEMPORARY = "/tmp"  # noqa: S108 - of the room, which is nobody else's

# ---- what is mounted -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bind:
    """A folder or file of the machine."""

    source: str
    target: str
    writable: bool = False


@dataclass(frozen=True, slots=True)
class Memory:
    """A folder that is gone afterwards."""

    target: str


@dataclass(frozen=True, slots=True)
class Processes:
    """Those of the room, as `/proc` shows them."""

    target: str = "/proc"


@dataclass(frozen=True, slots=True)
class Devices:
    """Those of the machine that hold nothing."""

    target: str = "/dev"
    terminals: bool = True


@dataclass(frozen=True, slots=True)
class Overlay:
    """Folders seen as one, the first on top, and one for what is changed of them.

    Nothing makes sure that changes are on the disk: whoever made them was not interrupted, or they
    are thrown away.
    """

    folder: str
    """Of the machine; it holds all others."""
    lower: Words
    upper: str
    work: str


@dataclass(frozen=True, slots=True)
class Laid:
    overlay: Overlay
    target: str


Mount = Bind | Memory | Processes | Devices | Laid


# ---- the room ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Room:
    """A target of a mount is a path in the room."""

    root: str = ""
    """What is seen as `/`; empty: what the machine has, for functions of envc itself."""
    overlay: Overlay | None = None
    """What is mounted there."""
    writable: bool = True
    mounts: tuple[Mount, ...] = ()
    host: str = "envc"
    umask: int = 0o022
    processors: int | None = None
    personality: int = 0


@dataclass(frozen=True, slots=True)
class Program:
    words: Words
    variables: Variables
    folder: str = "/"


@dataclass(frozen=True, slots=True)
class Call:
    """A function of envc's own, for what only the room's root may do with files.

    It gives a `Problem`, or what JSON can say.
    """

    function: Callable[..., Any]
    given: tuple[Any, ...] = ()


Task = Program | Call


class Range(NamedTuple):
    """Numbers of users or groups: in a room, and which they are outside."""

    inside: int
    outside: int
    length: int


class Identities(NamedTuple):
    users: tuple[Range, ...]
    groups: tuple[Range, ...]


class Asked(NamedTuple):
    """What the process that makes the room is told."""

    room: Room
    task: Task
    identities: Identities | None
    """None where root needs none but its own."""
    parent: int
    """The process that asks."""


class Stage(StrEnum):
    """At which a machine can refuse."""

    USERS = "users"
    NAMESPACES = "namespaces"
    MOUNTS = "mounts"
    START = "start"
    TASK = "task"


class Refusal(NamedTuple):
    """What the machine does not allow."""

    stage: Stage
    number: int
    """As `errno` has it."""
    path: str
