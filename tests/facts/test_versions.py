"""Versions are totally ordered, ranges are intervals of them, and foreign ranges are translated."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.facts.problem import Problem
from envc.facts.versions import ANY, Range, Version, intersect, matches, newest, read_range, version


def v(text: str) -> Version:
    read = version(text)
    assert isinstance(read, Version), read
    return read


def r(text: str) -> Range:
    read = read_range(text)
    assert isinstance(read, Range), read
    return read


@pytest.mark.parametrize(
    "rising",
    [
        ["1.10.8", "1.14.5"],
        ["3.3.9", "3.3.10"],
        ["1.0-snapshot", "1.0.dev3", "1.0a1", "1.0b2", "1.0-pre1", "1.0-rc1", "1.0rc2", "1.0"],
        ["1.0", "1.0.0-rc1", "1.0.0"],
        ["1.1.1", "1.1.1a", "1.1.1w", "1.1.1.1", "1.1.2"],
        ["1.8.5", "1.8.5-patch1", "1.8.6"],
        ["2024.6", "2025.2", "2025.10"],
        ["R2023a", "R2023b"],
        ["9", "10", "20240101"],
        ["9" * 5000, "1" + "0" * 5000],
    ],
)
def test_order(rising: list[str]) -> None:
    read = [v(text) for text in rising]
    assert all(a < b for a, b in pairwise(read))


def test_separators_and_leading_zeros_say_nothing() -> None:
    assert v("1_14_3") == v("1.14.3") == v("1-14-3") == v("01.14.03")
    assert str(v("1_14_3")) == "1_14_3"
    assert hash(v("1.0RC1")) == hash(v("1.0-rc1"))


@pytest.mark.parametrize(
    ("text", "meant"),
    [("v1.2", "1.2"), ("main", None), ("", None), ("1..2", None), ("1.2.", None), ("é1", None)],
)
def test_refuses_versions(text: str, meant: str | None) -> None:
    read = version(text)
    assert isinstance(read, Problem)
    assert read.suggestion == meant


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("1.2", ["1.2", "1.2.0", "1.2.17", "1.2a", "1.2.1-rc1"], ["1.20", "1.1.9", "1.2-rc1"]),
        ("=1.2.0", ["1.2.0"], ["1.2", "1.2.0.1", "1.2.0a"]),
        ("1.2:", ["1.2", "1.10", "2"], ["1.1.9", "1.2-rc1"]),
        (":1.4", ["0", "1.4", "1.4.9", "1.4a"], ["1.5", "1.40"]),
        ("1.2:1.4", ["1.2", "1.3", "1.4.9"], ["1.1", "1.5"]),
        ("1.4.2:1.4", ["1.4.2", "1.4.9"], ["1.4.1", "1.5"]),
    ],
)  # fmt: skip
def test_ranges(text: str, inside: list[str], outside: list[str]) -> None:
    wanted = r(text)
    assert str(wanted) == text
    assert [each for each in inside + outside if matches(wanted, v(each))] == inside


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (">=1.2", "1.2:"),
        ("==1.2", "=1.2"),
        ("==1.2.*", "1.2"),
        ("^1.2", "1.2:1"),
        ("^0.2.3", "0.2.3:0.2"),
        ("^0.0.3", "0.0.3"),
        ("^0.0", "0.0"),
        ("~=1.2", "1.2:1"),
        ("~=1.2.3", "1.2.3:1.2"),
        ("~>1.2.3", "1.2.3:1.2"),
        ("~1.2.3", "1.2.3:1.2"),
        ("~1", "1"),
        ("1.2+", "1.2:"),
        ("1.2.*", "1.2"),
        ("1.2.x", "1.2"),
        ("<2", ":1"),
        ("<2.0", ":1"),
        ("<1.2.3", ":1.2.2"),
        ("<=1.4", ":1.4"),
        (">=1.2,<2", "1.2:1"),
        (">=1.2, <2.0", "1.2:1"),
        ("1.2..1.4", "1.2:1.4"),
        ("1.2..", "1.2:"),
        ("v1.2", "1.2"),
        ("v1.2:1.4", "1.2:1.4"),
        ("1.2:v1.4", "1.2:1.4"),
        ("v1.4:v1.2", "1.2:1.4"),
        ("=v1.2", "=1.2"),
        ("1.4:1.2", "1.2:1.4"),
        ("1.2:1.2", "1.2"),
        ("1.2:=1.4", None),
        (">1.2", None),
        ("!=1.2", None),
        ("<0", None),
        ("<2.0-beta1", None),
        ("~=2", None),
        (">=2,<1", None),
        (">=2,!=3", None),
        ("1.2,1.4", None),
        ("=1.2:", None),
        ("=", None),
        ("", None),
        (":", None),
        ("*", None),
        ("main", None),
        ("..", None),
        ("1:2:3", None),
    ],
)
def test_translates_foreign_ranges(text: str, meant: str | None) -> None:
    read = read_range(text)
    assert isinstance(read, Problem)
    assert read.suggestion == meant
    if meant:
        assert str(r(meant)) == meant


def test_messages() -> None:
    read = read_range("1.4:1.2")
    assert read == Problem(
        "`1.4:1.2` is empty: 1.4 is newer than 1.2", "write `1.2:1.4`", "1.2:1.4"
    )


def test_newest_prefers_releases() -> None:
    known = [v(text) for text in ("1.2.0", "1.2.5", "1.3.0-rc1", "1.1")]
    assert newest(r("1.2:"), known) == v("1.2.5")
    assert newest(r("1.3"), known) == v("1.3.0-rc1")
    assert newest(r("1.3.0-rc1:"), known) == v("1.3.0-rc1")
    assert newest(r("2:"), known) is None
    assert newest(ANY, known) == v("1.2.5")


PART = st.sampled_from(["0", "1", "2", "10", "01", "a", "b", "rc", "rc1", "p2", "x"])
VERSIONS = st.builds(
    lambda first, rest: v("".join([first, *rest])),
    st.sampled_from(["0", "1", "2", "10"]),
    st.lists(st.builds(str.__add__, st.sampled_from([".", "-", "_"]), PART), max_size=3),
)
BOUNDS = st.none() | VERSIONS
RANGES = st.builds(Range, BOUNDS, BOUNDS) | VERSIONS.map(lambda only: Range(only, only, exact=True))


@given(VERSIONS, VERSIONS, VERSIONS)
def test_order_is_total(a: Version, b: Version, c: Version) -> None:
    assert (a < b) + (a == b) + (a > b) == 1
    assert not a <= b <= c or a <= c
    assert a != b or hash(a) == hash(b)


@given(VERSIONS, st.sampled_from(["0", "1", "7.2", "x", "p1"]))
def test_a_version_holds_everything_below_it(a: Version, more: str) -> None:
    below = v(f"{a}.{more}")
    assert a < below
    assert matches(Range(a, a), a)
    assert matches(Range(a, a), below)


@given(RANGES, RANGES, VERSIONS)
def test_intersection_is_what_both_allow(left: Range, right: Range, some: Version) -> None:
    both = intersect(left, right)
    assert matches(both, some) == (matches(left, some) and matches(right, some))
    assert both.is_empty == intersect(right, left).is_empty
    assert not (both.is_empty and matches(both, some))


@given(RANGES)
def test_a_range_that_is_not_empty_allows_something(wanted: Range) -> None:
    if not wanted.is_empty:
        assert wanted.low is None or matches(wanted, wanted.low)
        assert wanted.high is None or wanted.low is not None or matches(wanted, wanted.high)


@given(RANGES)
def test_canonical_text_comes_back(wanted: Range) -> None:
    if not wanted.is_empty and wanted != ANY and not str(wanted).endswith((".x", "-x", "_x")):
        assert read_range(str(wanted)) == wanted


@given(RANGES, st.lists(VERSIONS))
def test_newest_is_allowed_and_ignores_order(wanted: Range, known: list[Version]) -> None:
    found = newest(wanted, known)
    assert found == newest(wanted, reversed(known))
    assert found is None or (found in known and matches(wanted, found))
    assert (found is None) == (not any(matches(wanted, each) for each in known))


@given(st.text("0123.:=<>^~*+,xv-!_ &", max_size=10))
def test_no_text_fails_and_every_suggestion_is_right(text: str) -> None:
    read = read_range(text)
    if isinstance(read, Problem):
        if read.suggestion is not None:
            assert isinstance(read_range(read.suggestion), Range)
    else:
        assert str(read) == text
