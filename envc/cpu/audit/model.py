"""What an audit finds, as values."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    INSTRUCTION = "instruction"  # code that the target's CPUs may lack
    NATIVE = "native"  # a record that the build looked at its own machine
    NOTE = "note"  # a mark in the file that asks for more than the target


@dataclass(frozen=True, slots=True)
class Finding:
    """The first of `count` instructions of one feature in one function, or one telling record.

    `place` is the function's name, or the section where no name is known; an address is one of
    the file, as disassemblers print it.
    """

    file: str
    place: str
    address: int
    instruction: str
    feature: str
    target: str
    kind: Kind = Kind.INSTRUCTION
    count: int = 1


@dataclass(frozen=True, slots=True)
class Allowed:
    """A finding that is no fault, because the code asks the CPU first; `reason` says how."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """An ELF file that could not be judged, and why."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    target: str
    files: int
    findings: tuple[Finding, ...]
    allowed: tuple[Allowed, ...] = ()
    skipped: tuple[Skipped, ...] = ()


class Hit(NamedTuple):
    """One instruction beyond the target, before it is known in which function it stands."""

    address: int
    text: str
    feature: str


class ToolMissingError(Exception):
    """A decoder is not installed; the text names the command that installs it."""
