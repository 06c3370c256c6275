"""What differs between two images, as values."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

Places = tuple[str, ...]
"""From the outside in: `member tide.o`, `section .debug_str`."""


class What(StrEnum):
    ONLY_ONE = "only in the first"
    ONLY_OTHER = "only in the other"
    KIND = "kind"
    MODE = "mode"
    OWNER = "owner"
    LINK = "link"
    CAPABILITY = "capability"
    TIME = "time"
    FIELD = "field"
    ORDER = "order"
    TEXT = "text"
    BYTES = "bytes"


class Detail(NamedTuple):
    """One place that differs, with enough of both sides to see why."""

    what: What
    one: bytes
    other: bytes
    places: Places = ()
    offset: int | None = None

    def inside(self, place: str) -> "Detail":
        return self._replace(places=(place, *self.places))


class Because(NamedTuple):
    """A cause of the catalogue, and what in this file shows it."""

    cause: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One file of the image."""

    path: str
    details: tuple[Detail, ...]
    """The first of them."""
    count: int
    """Of all details."""
    causes: tuple[Because, ...] = ()

    def because(self, causes: tuple[Because, ...]) -> "Difference":
        return replace(self, causes=causes)
