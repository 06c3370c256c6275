"""Times in texts and bytes, in the forms in which programs write them."""

import re
import struct
from calendar import timegm
from collections.abc import Iterator
from datetime import date

from envc.verify.case import World

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rb"(?P<month>[A-Z][a-z]{2})[a-z]*"
_CLOCK = rb"(?:[ T]+(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?)?"
_DAYS = tuple(
    re.compile(each)
    for each in (
        rb"(?P<year>[12]\d{3})[-/.](?P<number>\d\d)[-/.](?P<day>\d\d)" + _CLOCK,
        _MONTH + rb" +(?P<day>\d{1,2}),? +(?P<year>[12]\d{3})" + _CLOCK,
        rb"(?P<day>\d{1,2})[ -]" + _MONTH + rb"[ -](?P<year>[12]\d{3})" + _CLOCK,
        _MONTH + rb" +(?P<day>\d{1,2})" + _CLOCK + rb"(?: [A-Z+\d-]{1,6})? (?P<year>[12]\d{3})",
        rb"\b(?P<year>20\d\d)(?P<number>[01]\d)(?P<day>[0-3]\d)(?:T\d{6}Z?)?\b",
    )
)
_COMPILED = re.compile(rb"[A-Z][a-z]{2} [ \d]\d [12]\d{3}|\b\d\d:\d\d:\d\d\b")
"""As `__DATE__` and `__TIME__` say it."""
_SECONDS = re.compile(rb"(?<![\d.])[12]\d{9}(?:\.\d+)?(?![\d.])")
_HOUR = re.compile(rb"\b\d\d:\d\d(?::\d\d(?:\.\d+)?)?\b")
_SLACK = 26 * 60 * 60
"""Zones: the same moment is another day somewhere."""


def of(world: World, text: bytes) -> bytes:
    """The first words that say when it was built, in that world; empty where none do."""
    return next((said for said, when in _moments(text) if _within(world, when)), b"")


def as_compiled(text: bytes) -> bytes:
    """What `__DATE__` or `__TIME__` could have become."""
    found = _COMPILED.search(text)
    return found[0] if found else b""


def without_hours(text: bytes) -> bytes:
    return _HOUR.sub(b"", text)


def packed(world: World, data: bytes) -> bool:
    """Whether four bytes in a row are a moment of that world, to some seconds."""
    values = (
        struct.unpack_from(order, data, start)[0]
        for order in ("<I", ">I")
        for start in range(len(data) - 3)
    )
    return any(world.first - 60 <= value <= world.last + 60 for value in values)


def _within(world: World, when: int) -> bool:
    return world.first - _SLACK <= when <= world.last + _SLACK


def _moments(text: bytes) -> Iterator[tuple[bytes, int]]:
    for each in _SECONDS.finditer(text):
        yield each[0], int(each[0].partition(b".")[0])
    for form in _DAYS:
        for found in form.finditer(text):
            when = _seconds(found)
            if when is not None:
                yield found[0], when


def _seconds(found: "re.Match[bytes]") -> int | None:
    said = found.groupdict()
    month = said.get("month")
    try:
        number = _MONTHS.index(month.decode().lower()) + 1 if month else int(said["number"])
        day = date(int(said["year"]), number, int(said["day"]))
    except ValueError:  # digits that only look like a date
        return None
    hour, minute, second = (int(said.get(each) or 0) for each in ("hour", "minute", "second"))
    return timegm(day.timetuple()) + 3600 * hour + 60 * minute + second
