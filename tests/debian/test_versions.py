"""Versions are in dpkg's order."""

import subprocess
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from envc.debian.versions import OPERATORS, compare, is_version, key, satisfies

_UPSTREAM = st.text("012 9ab~.+:-".replace(" ", "").replace(":", ""), max_size=6).map("1{}".format)
VERSIONS = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "", "0:", "2:"]),
    _UPSTREAM.map(lambda text: text.rstrip("-")),
    st.sampled_from(["", "", "-0", "-1", "-1~b1", "-1+b1", "-0.1"]),
)


def test_known_orders() -> None:
    ascending = [
        "1.0~~",
        "1.0~rc1",
        "1.0",
        "1.0-0.1",
        "1.0-1~bpo1",
        "1.0-1",
        "1.0a",
        "1.0+b",
        "1:0",
    ]
    for earlier, later in pairwise(ascending):
        assert compare(earlier, later) < 0 < compare(later, earlier)


@pytest.mark.parametrize(("one", "other"), [("1.0", "1.0-0"), ("0:1", "1"), ("1.01", "1.1")])
def test_equal_ones(one: str, other: str) -> None:
    assert compare(one, other) == 0
    assert key(one) == key(other)


def test_what_is_no_version() -> None:
    assert not any(map(is_version, ["", "1 2", "1-", "a:1", "1_2"]))


@pytest.mark.tool("dpkg")
@settings(max_examples=150, deadline=None)
@given(VERSIONS, VERSIONS, st.sampled_from(OPERATORS))
def test_dpkg_says_the_same(one: str, other: str, operator: str) -> None:
    word = dict(zip(OPERATORS, ("lt", "le", "eq", "ge", "gt"), strict=True))[operator]
    done = subprocess.run(["dpkg", "--compare-versions", one, word, other], check=False)
    assert satisfies(one, operator, other) is (done.returncode == 0)
