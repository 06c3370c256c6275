"""Quantities with their units: how much memory, how long, how many."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from envc.facts.problem import Problem
from envc.facts.words import close, listed, one_of

MEMORY_UNITS = {
    "B": 1,
    "KiB": 2**10,
    "MiB": 2**20,
    "GiB": 2**30,
    "TiB": 2**40,
    "PiB": 2**50,
}
DURATION_UNITS = {"d": 86400, "h": 3600, "min": 60, "s": 1}

# What people write instead; weeks are spelled in days.
_MEMORY_WORDS = {"byte": "B", "octet": "B", "o": "B", "b": "B"} | {
    f"{prefix}{end}": f"{unit}iB"
    for unit, prefixes in {
        "K": ("kilo", "kibi"),
        "M": ("mega", "mebi"),
        "G": ("giga", "gibi"),
        "T": ("tera", "tebi"),
        "P": ("peta", "pebi"),
    }.items()
    for prefix in prefixes
    for end in ("byte", "octet")
}
_DURATION_WORDS = {
    "s": ("sec", "second", "seconde"),
    "min": ("m", "mn", "mins", "minute"),
    "h": ("hr", "hour", "heure"),
    "d": ("j", "day", "jour"),
    "w": ("wk", "week", "semaine"),
}
_DURATION_ALIASES = {word: unit for unit, words in _DURATION_WORDS.items() for word in words}
_WEEK = 7
_LONGEST = 15  # digits; beyond this lies no machine, and `int` of untrusted digits is slow


@dataclass(frozen=True, slots=True, order=True)
class Memory:
    """`4 GiB`."""

    bytes: int

    @property
    def mib(self) -> int:
        """Whole MiB, rounded up: a job must not get less than it asked for."""
        return -(-self.bytes // MEMORY_UNITS["MiB"])

    def __str__(self) -> str:
        """The canonical spelling: the largest unit that leaves a whole number."""
        unit, size = max(
            ((unit, size) for unit, size in MEMORY_UNITS.items() if self.bytes % size == 0),
            key=lambda each: each[1],
        )
        return f"{self.bytes // size} {unit}"


@dataclass(frozen=True, slots=True, order=True)
class Duration:
    """`2 h`."""

    seconds: int

    def __str__(self) -> str:
        """The canonical spelling, as in `1 d 2 h 30 min`."""
        parts, left = [], self.seconds
        for unit, size in DURATION_UNITS.items():
            number, left = divmod(left, size)
            if number:
                parts.append(f"{number} {unit}")
        return " ".join(parts)


def is_unit(word: str) -> bool:
    return word in MEMORY_UNITS or word in DURATION_UNITS


def memory(number: str, unit: str = "") -> Memory | Problem:
    """
    memory = digits ("B" | "KiB" | "MiB" | "GiB" | "TiB" | "PiB")

    A suggestion replaces number and unit together.
    """
    if not unit and (glued := re.fullmatch(r"([0-9.]+)([A-Za-z]+)", number)):
        read = memory(glued[1], glued[2])
        meant = str(read) if isinstance(read, Memory) else read.suggestion
        return Problem(f"`{number}` runs number and unit together", _write(meant), meant)
    if not unit:
        return Problem(f"`{number}` has no unit", "write `MiB`, `GiB` or `TiB` after the number")
    if unit not in MEMORY_UNITS:
        return _not_a_memory_unit(number, unit)
    if (digits := _exact(number, MEMORY_UNITS[unit])) is None:
        return _not_whole(number, unit)
    meant = str(Memory(digits)) if digits else None
    return _plain(number, unit, meant) or Memory(digits)


def duration(parts: Sequence[tuple[str, str]]) -> Duration | Problem:
    """
    duration = (digits ("d" | "h" | "min" | "s"))+

    Every unit once. A suggestion replaces all parts together.
    """
    written = " ".join(f"{number} {unit}".strip() for number, unit in parts)
    if not all(unit for _, unit in parts):
        return _clock(written) or _glued(written)
    total, foreign = 0, ""
    for number, unit in parts:
        known = unit if unit in DURATION_UNITS else _duration_alias(unit)
        if known is None:
            return _unknown_unit(unit, [*DURATION_UNITS])
        size = DURATION_UNITS["d"] * _WEEK if known == "w" else DURATION_UNITS[known]
        seconds = _exact(number, size)
        if seconds is None:
            return _not_whole(number, unit)
        foreign = foreign or (unit if known != unit else "")
        total += seconds
    meant = str(Duration(total)) or None
    if foreign:
        return Problem(f"`{foreign}` is not a unit of time here", _write(meant), meant)
    units = [unit for _, unit in parts]
    if units != [unit for unit in DURATION_UNITS if unit in units]:
        # A unit twice may be a slip of either number, so nobody can say what was meant.
        once = len(set(units)) == len(units)
        how = "has its units out of order" if once else "names a unit twice"
        return Problem(f"`{written}` {how}", _write(meant) if once else "", meant if once else None)
    odd = (_plain(number, unit, meant, zero=True) for number, unit in parts)
    return next(filter(None, odd), None) or (Duration(total) if total else _nothing(written))


def count(text: str, least: int = 1) -> int | Problem:
    """count = digits"""
    if (value := _exact(text, 1)) is None:
        kind = "is not a whole number" if re.fullmatch(r"[0-9.]+", text) else "is not a number"
        return Problem(f"`{text}` {kind}")
    if value < least:
        return Problem(f"`{text}` is less than {least}")
    if text != str(value):
        return Problem(
            f"`{text}` is an unusual way to write {value}", _write(str(value)), str(value)
        )
    return value


def _exact(number: str, size: int) -> int | None:
    """The number times the size, if that is a whole number: 1.5 GiB is, 0.1 KiB is not."""
    found = re.fullmatch(r"([0-9]+(?:_[0-9]+)*)(?:\.([0-9]+))?", number)
    if found is None or len(number) > _LONGEST:
        return None
    whole, part = found[1].replace("_", ""), found[2] or ""
    value, rest = divmod(int(whole + part) * size, 10 ** len(part))
    return None if rest else value


def _plain(number: str, unit: str, meant: str | None, *, zero: bool = False) -> Problem | None:
    """The one way to write a number: no fraction, no leading zero, and something."""
    if number.isdecimal() and number == str(int(number)) and (zero or number != "0"):
        return None
    if meant is None:
        return _nothing(f"{number} {unit}")
    return Problem(f"`{number} {unit}` is not a plain whole number", _write(meant), meant)


def _nothing(written: str) -> Problem:
    return Problem(f"`{written}` is nothing", "leave the line out, or write what is needed")


def _not_whole(number: str, unit: str) -> Problem:
    if len(number) > _LONGEST:
        return Problem(f"`{number}` is larger than any machine")
    if re.fullmatch(r"[0-9.]+", number):
        return Problem(f"`{number} {unit}` is not a whole number", "choose a smaller unit")
    return Problem(f"`{number}` is not a number")


def _not_a_memory_unit(number: str, unit: str) -> Problem:
    known = _memory_alias(unit)
    if known is None:
        return _unknown_unit(unit, [*MEMORY_UNITS])
    read = memory(number, known)
    meant = f"{number} {known}" if isinstance(read, Memory) else read.suggestion
    if re.fullmatch("[kKMGTP]B", unit):
        message = f"`{unit}` means a power of 1000 to some and of 1024 to others"
        return Problem(message, _write(meant), meant)
    return Problem(f"`{unit}` is not a unit of memory here", _write(meant), meant)


def _memory_alias(unit: str) -> str | None:
    """`GB`, `Gib`, `g`, `Go` and `gigabytes` all mean GiB."""
    word = unit.lower()
    if letter := re.fullmatch("([kmgtp])i?[bo]?", word):
        return f"{letter[1].upper()}iB"
    return _MEMORY_WORDS.get(word) or _MEMORY_WORDS.get(word.removesuffix("s"))


def _duration_alias(unit: str) -> str | None:
    word = unit.lower()
    if word in DURATION_UNITS or word == "w":
        return word
    return _DURATION_ALIASES.get(word) or _DURATION_ALIASES.get(word.removesuffix("s"))


def _unknown_unit(unit: str, known: list[str]) -> Problem:
    meant = close(unit, known)
    return Problem(f"`{unit}` is not a unit", f"write {listed(meant or known)}")


def _clock(text: str) -> Problem | None:
    """`[days-]hours:minutes:seconds`; two fields are minutes to Slurm and hours to OAR."""
    found = re.fullmatch(r"(?:([0-9]{1,3})-)?([0-9]{1,4}):([0-9]{1,2})(?::([0-9]{1,2}))?", text)
    if found is None:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    if minutes >= 60 or seconds >= 60:
        return Problem(f"`{text}` has no units", "write it like `1 h 30 min`")
    read = Duration(((days * 24 + hours) * 60 + minutes) * 60 + seconds)
    meant = [str(read)] if read.seconds else []
    if found[1] is None and found[4] is None and meant:
        meant.append(str(Duration(hours * 60 + minutes)))
    advice = f"write {listed(meant)}" if meant else ""
    return Problem(f"`{text}` has no units", advice, one_of(meant))


def _glued(text: str) -> Problem:
    """`30min`, `1h30`: a number after hours counts minutes, after minutes seconds."""
    found = re.findall(r"([0-9.]+) ?([A-Za-z]*)", text)
    parts = [(number, unit) for number, unit in found if unit]
    if not parts or not re.fullmatch(r"(?:[0-9.]+ ?[A-Za-z]* ?)+", text):
        return Problem(f"`{text}` has no unit", "write `h` or `min` after the number")
    last = {"h": "min", "min": "s"}.get(_duration_alias(parts[-1][1]) or "")
    if not found[-1][1] and last:
        parts.append((found[-1][0], last))
    if len(parts) < len(found):
        return Problem(f"`{text}` has a number without a unit")
    read = duration(parts)
    meant = str(read) if isinstance(read, Duration) else read.suggestion
    return Problem(f"`{text}` runs numbers and units together", _write(meant), meant)


def _write(meant: str | None) -> str:
    return f"write `{meant}`" if meant else ""
