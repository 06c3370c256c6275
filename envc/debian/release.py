"""What an archive says of a suite: when it was made, and the hash of every index.

The fields are those of https://wiki.debian.org/DebianRepository/Format#A.22Release.22_files.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from time import gmtime, strftime
from typing import Final, NamedTuple

from envc.debian import control
from envc.facts.problem import Problem

MOVING: Final = (
    "stable", "testing", "unstable", "experimental", "oldstable", "oldoldstable",
)  # fmt: skip
"""What Debian calls one release after another."""
_CODENAME = re.compile("[a-z0-9][a-z0-9.+_-]*")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE = re.compile(
    rf"(?:[A-Z][a-z]{{2}}, )?([0-9]{{1,2}}) ({'|'.join(_MONTHS)}) ([0-9]{{4}})"
    r" ([0-9]{1,2}):([0-9]{2}):([0-9]{2}) (?:UTC|GMT|Z|\+0000)"
)
_FILE = re.compile(r" *([0-9a-f]{64}) +([0-9]{1,18}) +([!-~]+)")
_SNAPSHOT = re.compile("[0-9]{8}T[0-9]{6}Z")
_UNTIL_SNAPSHOT = 12 * 3600
_OTHER_MOMENTS = (4, 6, 8, 2)


class Listed(NamedTuple):
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Release:
    suite: str
    codename: str
    version: str
    date: int
    """Seconds of UTC, as every time here."""
    valid_until: int | None
    components: tuple[str, ...]
    architectures: tuple[str, ...]
    files: Mapping[str, Listed]
    """By their paths below the suite's folder."""
    acquire_by_hash: bool
    all_apart: bool
    """Whether packages of every architecture have an index of their own."""

    @property
    def snapshot(self) -> str:
        """Under which name the snapshot service has the packages of this release.

        It documents that it answers a time with the newest state before it. Half a day after a
        release was made, its packages have been taken, and they are all still there: the pool
        keeps a file for more than a day after another took its place. The name is made of the
        release alone and never of the clock, so that it is the same on every host.
        """
        return snapshot_name(self.date + _UNTIL_SNAPSHOT)


def snapshot_name(time: int) -> str:
    return strftime("%Y%m%dT%H%M%SZ", gmtime(time))


def snapshots_with_release(snapshot: str) -> tuple[str, ...]:
    """Where to look for the release itself, most likely first; nowhere where it is no snapshot.

    A release of stable lasts for months. Those of testing and unstable last for hours, so that the
    snapshot of their packages already has the next one.
    """
    moment = _seconds(snapshot) if _SNAPSHOT.fullmatch(snapshot) else None
    if moment is None:
        return ()
    earlier = (snapshot_name(moment - hours * 3600) for hours in _OTHER_MOMENTS)
    return (snapshot, *earlier)


def refusal(suite: str) -> Problem | None:
    """Why a suite is not one that can be locked."""
    base = suite.partition("-")[0].partition("/")[0]
    if base in MOVING:
        return Problem(
            f"`{suite}` means another release from time to time",
            "name the release itself: `bookworm`, `trixie`, `forky` or `sid`",
        )
    if not _CODENAME.fullmatch(suite):
        return Problem(
            f"`{suite}` is not the name of a release",
            "name one as Debian does: `bookworm`, `trixie`, `forky` or `sid`",
        )
    return None


def read(text: str) -> Release | Problem:
    stanzas = list(control.stanzas(text))
    if len(stanzas) != 1:
        return Problem(f"it has {len(stanzas)} parts where a release has one")
    found = control.fields(stanzas[0])
    if isinstance(found, Problem):
        return found
    for needed in ("Codename", "Date", "Architectures", "Components"):
        if not found.get(needed):
            return Problem(f"it has no field `{needed}`")
    if "SHA256" not in found:
        return Problem("it lists no SHA-256 of its indexes, and other hashes can be forged")
    date = _time(found["Date"])
    if isinstance(date, Problem):
        return date
    until = _time(found["Valid-Until"]) if "Valid-Until" in found else None
    if isinstance(until, Problem):
        return until
    files = _files(found["SHA256"])
    if isinstance(files, Problem):
        return files
    return Release(
        suite=found.get("Suite", ""),
        codename=found["Codename"],
        version=found.get("Version", ""),
        date=date,
        valid_until=until,
        components=tuple(found["Components"].split()),
        architectures=tuple(name for name in found["Architectures"].split() if name != "all"),
        files=files,
        acquire_by_hash=found.get("Acquire-By-Hash") == "yes",
        all_apart=_all_apart(found),
    )


def _all_apart(found: Mapping[str, str]) -> bool:
    return (
        "all" in found["Architectures"].split()
        and found.get("No-Support-for-Architecture-all") != "Packages"
    )


def _time(text: str) -> int | Problem:
    found = _DATE.fullmatch(text)
    if found is None:
        return Problem(f"`{text[:60]}` is not a date as releases write it")
    day, month, year, hour, minute, second = found.groups()
    date = f"{year}{_MONTHS.index(month) + 1:02}{day:0>2}"
    seconds = _seconds(f"{date}T{hour:0>2}{minute}{second}Z")
    return Problem(f"`{text}` is a date that does not exist") if seconds is None else seconds


def _seconds(iso: str) -> int | None:
    """Of UTC; None where there is no such moment, or none that a release can have."""
    try:
        seconds = int(datetime.fromisoformat(iso).timestamp())
    except ValueError:
        return None
    return seconds if seconds >= 0 else None


def _files(text: str) -> Mapping[str, Listed] | Problem:
    found: dict[str, Listed] = {}
    for line in text.split("\n"):
        if not line.strip():
            continue
        parts = _FILE.fullmatch(line)
        if parts is None:
            return Problem(f"`{line.strip()[:80]}` is not a hash, a size and a path")
        digits, size, path = parts.groups()
        listed = Listed(digits, int(size))
        if found.setdefault(path, listed) != listed:
            return Problem(f"it lists `{path}` with two different hashes")
    return found
