"""Memory, time and counts are exact, and foreign spellings are understood well enough to fix."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.facts import units
from envc.facts.problem import Problem
from envc.facts.units import Duration, Memory, count, duration, is_unit, memory


def parts(text: str) -> list[tuple[str, str]]:
    words = text.split()
    return list(zip(words[::2], [*words[1::2], ""], strict=False))


@pytest.mark.parametrize(
    ("number", "unit", "size", "canonical"),
    [
        ("16", "GiB", 16 * 2**30, "16 GiB"),
        ("1024", "MiB", 2**30, "1 GiB"),
        ("1500", "MiB", 1500 * 2**20, "1500 MiB"),
        ("1", "B", 1, "1 B"),
        ("3", "PiB", 3 * 2**50, "3 PiB"),
    ],
)
def test_memory_is_exact(number: str, unit: str, size: int, canonical: str) -> None:
    read = memory(number, unit)
    assert read == Memory(size)
    assert str(read) == canonical


@pytest.mark.parametrize(
    ("number", "unit", "meant"),
    [
        ("16", "GB", "16 GiB"),
        ("16", "KB", "16 KiB"),
        ("16", "MB", "16 MiB"),
        ("16", "TB", "16 TiB"),
        ("16", "Gib", "16 GiB"),
        ("16", "gib", "16 GiB"),
        ("16", "GIB", "16 GiB"),
        ("16", "G", "16 GiB"),
        ("16", "go", "16 GiB"),
        ("16", "Mo", "16 MiB"),
        ("16", "Tio", "16 TiB"),
        ("16", "gigabytes", "16 GiB"),
        ("16", "octets", "16 B"),
        ("1.5", "GiB", "1536 MiB"),
        ("1.5", "GB", "1536 MiB"),
        ("016", "GiB", "16 GiB"),
        ("16_000", "MiB", "16000 MiB"),
        ("16GiB", "", "16 GiB"),
        ("16G", "", "16 GiB"),
        ("16", "", None),
        ("16", "xyzzy", None),
        ("16", "hours", None),
        ("0", "GiB", None),
        ("0.3", "B", None),
        ("all", "GiB", None),
        ("9" * 5000, "GiB", None),
        ("1.2.3", "GiB", None),
        ("²", "GiB", None),
    ],
)
def test_memory_suggests(number: str, unit: str, meant: str | None) -> None:
    read = memory(number, unit)
    assert isinstance(read, Problem)
    assert read.suggestion == meant
    if meant:
        assert isinstance(memory(*meant.split()), Memory)


def test_memory_is_rounded_up_to_mib() -> None:
    assert Memory(1).mib == 1
    assert Memory(2**30).mib == 1024


@pytest.mark.parametrize(
    ("text", "seconds", "canonical"),
    [
        ("30 min", 1800, "30 min"),
        ("1 h 30 min", 5400, "1 h 30 min"),
        ("90 min", 5400, "1 h 30 min"),
        ("2 d", 172_800, "2 d"),
        ("0 h 5 s", 5, "5 s"),
    ],
)
def test_duration_is_exact(text: str, seconds: int, canonical: str) -> None:
    read = duration(parts(text))
    assert read == Duration(seconds)
    assert str(read) == canonical


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2 hours", "2 h"),
        ("2 H", "2 h"),
        ("90 minutes", "1 h 30 min"),
        ("5 m", "5 min"),
        ("5 mn", "5 min"),
        ("5 Min", "5 min"),
        ("3 j", "3 d"),
        ("2 semaines", "14 d"),
        ("45 secondes", "45 s"),
        ("01:30:00", "1 h 30 min"),
        ("1-12:00:00", "1 d 12 h"),
        ("1-12:00", "1 d 12 h"),
        ("1h30", "1 h 30 min"),
        ("1h30min", "1 h 30 min"),
        ("2h", "2 h"),
        ("1 h 30", "1 h 30 min"),
        ("1.5 h", "1 h 30 min"),
        ("30 min 1 h", "1 h 30 min"),
        ("01 h", "1 h"),
        ("01:30", None),
        ("01:75:00", None),
        ("00:00:00", None),
        ("1 h 1 h", None),
        ("0 h", None),
        ("0 hours", None),
        ("0.7 s", None),
        ("30", None),
        ("2 fortnights", None),
        ("2 GiB", None),
        ("forever", None),
        ("", None),
    ],
)
def test_duration_suggests(text: str, meant: str | None) -> None:
    read = duration(parts(text))
    assert isinstance(read, Problem)
    assert read.suggestion == meant
    if meant:
        assert str(duration(parts(meant))) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [("08", "8"), ("8.0", "8"), ("1_000", "1000"), ("1.5", None), ("0", None), ("two", None)],
)
def test_count_suggests(text: str, meant: str | None) -> None:
    read = count(text)
    assert isinstance(read, Problem)
    assert read.suggestion == meant


def test_counts() -> None:
    assert count("128") == 128
    assert count("0", least=0) == 0


def test_messages() -> None:
    read = memory("16", "GB")
    assert read == Problem(
        "`GB` means a power of 1000 to some and of 1024 to others", "write `16 GiB`", "16 GiB"
    )
    short = duration([("01:30", "")])
    assert short == Problem("`01:30` has no units", "write `1 h 30 min` or `1 min 30 s`")
    read = memory("1", "GBi")
    assert isinstance(read, Problem)
    assert read.message == "`GBi` is not a unit"
    assert read.help == "write `GiB`"


def test_units_are_known() -> None:
    assert all(map(is_unit, [*units.MEMORY_UNITS, *units.DURATION_UNITS]))
    assert not is_unit("GB")


@given(st.integers(1, 10**14))
def test_canonical_spelling_comes_back(number: int) -> None:
    assert memory(*str(Memory(number)).split()) == Memory(number)
    assert duration(parts(str(Duration(number)))) == Duration(number)
    assert count(str(number)) == number


@given(st.text("0123456789.:_-hmins ²", max_size=12), st.text("GiBbokms", max_size=4))
def test_no_text_fails_and_every_suggestion_is_right(number: str, unit: str) -> None:
    read: object = memory(number, unit)
    if isinstance(read, Problem) and read.suggestion:
        assert isinstance(memory(*read.suggestion.split()), Memory)
    read = duration([(number, unit)])
    if isinstance(read, Problem) and read.suggestion:
        assert isinstance(duration(parts(read.suggestion)), Duration)
    count(number)
