"""A lock is written in one way, and read only when it is written so."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.facts.problem import Problem
from envc.lock.model import Lock, LockedTarget
from envc.lock.text import is_newer, read, write

words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
many = st.lists(words, max_size=3).map(tuple)
targets = st.builds(
    LockedTarget, words, words, words, words, words, many, many, many, many, words | st.just("")
)
locks = st.builds(Lock, words, words, st.lists(targets, max_size=4).map(tuple))

ONE = LockedTarget(
    "heat2d@1.4.0", "zen4", "gcc", "13.3.0", "c", ("-march=znver4",), ("-fno-math-errno",), (), ()
)
TEXT = write(Lock("0.2.7", "sha256:0", (ONE,)))


@given(locks)
def test_what_is_written_is_read_again(lock: Lock) -> None:
    text = write(lock)
    assert read(text) == lock
    assert text.endswith("\n")
    tomllib.loads(text)


@given(st.text())
def test_any_text_is_a_lock_or_a_problem(text: str) -> None:
    assert isinstance(read(text), Lock | Problem)


@given(st.integers(0, len(TEXT) - 1), st.characters(codec="ascii"))
def test_a_changed_character_is_noticed_or_is_another_lock(place: int, letter: str) -> None:
    changed = TEXT[:place] + letter + TEXT[place + 1 :]
    found = read(changed)
    if isinstance(found, Lock):
        assert write(found) == changed


EDITED = {
    "a space more": TEXT.replace(" = ", "  =  ", 1),
    "a comment": TEXT + "# mine\n",
    "CRLF": TEXT.replace("\n", "\r\n"),
    "a fact unknown": TEXT + 'colour = "red"\n',
    "a fact of another type": TEXT.replace('"zen4"', "4"),
    "a fact gone": TEXT.replace('target = "zen4"\n', ""),
    "conflict markers": TEXT.replace("[[target]]", "<<<<<<< ours\n[[target]]"),
    "no version": TEXT.replace("lock-version = 1\n", ""),
    "nothing": "",
}


@pytest.mark.parametrize("text", EDITED.values(), ids=EDITED)
def test_an_edited_lock_is_refused_with_a_way_out(text: str) -> None:
    found = read(text)
    assert isinstance(found, Problem)
    assert found.help == "write it again with `envc lock`"
    assert not is_newer(text)


def test_a_newer_lock_is_refused_with_a_sentence() -> None:
    newer = TEXT.replace("lock-version = 1", "lock-version = 2")
    assert read(newer) == Problem(
        "this lock has version 2, and this envc reads up to 1",
        "use the envc that wrote it, or a newer one",
    )
    assert is_newer(newer)
