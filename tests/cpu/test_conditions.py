"""Conditions on the CPU, on the order and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.cpu import lattice
from envc.cpu.conditions import (
    All,
    Any,
    Condition,
    Family,
    Has,
    Not,
    Range,
    Vendor,
    exactly,
    holds,
    members,
)

NAMES = lattice.names()
a_target = st.sampled_from(NAMES)
a_leaf: st.SearchStrategy[Condition] = st.one_of(
    st.builds(Range, st.none() | a_target, st.none() | a_target),
    st.builds(Has, st.sampled_from(lattice.features())),
    st.builds(Vendor, st.sampled_from(lattice.vendors())),
    st.builds(Family, st.sampled_from(lattice.families())),
)
a_condition = st.recursive(
    a_leaf,
    lambda inner: st.one_of(
        st.builds(All, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Any, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Not, inner),
    ),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Range("zen2", "zen4"), ("zen2", "zen3", "zen4")),
        (Range("zen4", None), ("zen4", "zen5", "zen6")),
        (Range(None, "core2"), ("x86_64", "nocona", "core2")),
        (exactly("zen4"), ("zen4",)),
        (All((Vendor("amd"), Has("avx512f"))), ("zen4", "zen5", "zen6")),
        (Any((exactly("zen3"), exactly("a64fx"))), ("a64fx", "zen3")),
        (All((Family("arm64"), Has("sve"), Not(Has("sve2")))), ("a64fx", "neoverse_v1")),
        (Range("x86_64_v4", "zen4"), ("x86_64_v4", "zen4")),
    ],
)
def test_who_meets_it(condition: Condition, expected: tuple[str, ...]) -> None:
    assert members(condition, NAMES) == expected


def test_the_order_asked_for_is_kept() -> None:
    assert members(Range(None, None), ("zen4", "zen2", "a64fx")) == ("zen4", "zen2", "a64fx")


@given(a_condition, a_target)
def test_not_is_the_rest(condition: Condition, target: str) -> None:
    assert holds(condition, target) != holds(Not(condition), target)


@given(st.lists(a_condition, max_size=3), a_target)
def test_all_and_any_follow_de_morgan(parts: list[Condition], target: str) -> None:
    neither = Not(Any(tuple(parts)))
    assert holds(neither, target) == holds(All(tuple(map(Not, parts))), target)


@given(a_target, a_target, a_target)
def test_a_range_is_between(low: str, high: str, target: str) -> None:
    assert holds(Range(low, high), target) == (target in lattice.between(low, high))


@given(a_condition, st.permutations(NAMES))
def test_nothing_depends_on_the_order_of_targets(condition: Condition, names: list[str]) -> None:
    assert set(members(condition, tuple(names))) == set(members(condition, NAMES))
