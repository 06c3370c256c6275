"""A lock is written in one way, and read only when it is written so."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.facts.problem import Problem
from envc.lock.loose import NewerLock
from envc.lock.model import BLOCKS, Block, Lock, LockedTarget
from envc.lock.text import FIELDS, read, write

words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
many = st.lists(words, max_size=3).map(tuple)
OF_TYPE: dict[object, st.SearchStrategy[object]] = {
    str: words | st.just(""),
    int: st.integers(0, 2**40),
    tuple: many,
}


def blocks(name: str) -> st.SearchStrategy[tuple[Block, ...]]:
    """In the order in which a lock keeps them; what differs in nothing is there once."""
    facts = {field.name: OF_TYPE[field.kind] for field in FIELDS[name]}
    some = st.lists(st.builds(BLOCKS[name], **facts), max_size=3)
    return some.map(lambda found: tuple(sorted(set(found))))


locks = st.builds(Lock, words, words, **{name: blocks(name) for name in BLOCKS})

ONE = LockedTarget(
    "heat2d@1.4.0",
    "debian/trixie",
    "zen4",
    "gcc",
    "13.3.0",
    "c",
    ("-march=znver4",),
    ("-fno-math-errno",),
)
TEXT = write(Lock("0.2.7", "sha256:0", targets=(ONE,)))


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
    assert not isinstance(found, NewerLock)


def test_a_newer_lock_is_refused_with_a_sentence() -> None:
    newer = TEXT.replace("lock-version = 1", "lock-version = 2")
    assert read(newer) == NewerLock(
        "this lock has version 2, and this envc reads up to 1",
        "use the envc that wrote it, or a newer one",
    )
