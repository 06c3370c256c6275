"""Compiler versions, compared the way people mean them.

`12.2.0` lies within `10.3:12.2`: a version is cut to the precision of the bound. A bare `12` stands
for the newest 12.x: it lies above `12.3:`, and within `10.3:12.2` too, where `12.3:` goes before.
"""

import re

Version = tuple[int, ...]

# An epoch before it and a distribution's suffix after it are not the compiler's version.
_VERSION = re.compile(r"(?:\d+:)?(\d+(?:\.\d+)*)(?:[-+~].*|[a-z]+\d*)?")


def parse(text: str) -> Version | None:
    """`4:12.2.0-14+deb12u1` is (12, 2, 0); None where there is no version to be read."""
    read = _VERSION.fullmatch(text.strip())
    return tuple(int(part) for part in read[1].split(".")) if read else None


def within(version: Version, low: Version, high: Version) -> bool:
    """Between both bounds, ends included; an empty bound is open."""
    above = version[: len(low)] >= low or _leaves_open(version, low)
    return above and version[: len(high)] <= high[: len(version)]


def text(version: Version) -> str:
    return ".".join(map(str, version))


def _leaves_open(version: Version, bound: Version) -> bool:
    return bound[: len(version)] == version
