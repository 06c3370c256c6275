"""A table gives back what was put in, whichever name is asked, and always the same bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.guix.packed import Packed, packed

names = st.text(st.characters(codec="ascii", exclude_characters="\n\0"), min_size=1, max_size=6)
many = st.dictionaries(names, st.integers() | st.text(max_size=3), max_size=200)


@given(many, names)
def test_every_name_is_found_and_no_other(table: dict[str, object], other: str) -> None:
    read = Packed(packed("c", table))
    assert dict(read.items()) == table
    assert {name: read.get(name) for name in table} == table
    assert read.get(other) == table.get(other)


@given(many)
def test_the_order_does_not_matter(table: dict[str, object]) -> None:
    assert packed("c", table) == packed("c", dict(reversed(table.items())))


def test_it_knows_its_commit() -> None:
    assert Packed(packed("230aa", {})).commit == "230aa"


@pytest.mark.parametrize("content", [b"", b"a\nb\nc", b"envc guix table 2\n{}\n"])
def test_another_file_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="no table"):
        Packed(content)
