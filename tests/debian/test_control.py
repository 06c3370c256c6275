"""Any text is fields or a problem, and what is written is read again."""

from hypothesis import given
from hypothesis import strategies as st

from envc.debian.control import fields, folded, stanzas
from envc.facts.problem import Problem

names = st.from_regex(r"[A-Za-z][A-Za-z0-9-]{0,12}", fullmatch=True)
lines = st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=20)
firsts = lines.map(lambda line: line.strip(" \t"))
behind = st.lists(lines.map(lambda line: f"\n {line}"), max_size=2).map("".join)
stanza = st.dictionaries(names, st.builds(str.__add__, firsts, behind), min_size=1, max_size=5)


@given(stanza)
def test_what_is_written_is_read_again(found: dict[str, str]) -> None:
    assert fields("\n".join(f"{name}: {value}" for name, value in found.items())) == found


@given(st.text())
def test_any_text_is_fields_or_a_problem(text: str) -> None:
    assert isinstance(fields(text), dict | Problem)
    assert all("\n\n" not in each and each for each in stanzas(text))


def test_stanzas_are_parted_by_any_number_of_empty_lines() -> None:
    assert list(stanzas("\n\nA: 1\nB: 2\n\n\nA: 3\n")) == ["A: 1\nB: 2", "A: 3"]


def test_a_field_goes_on_in_lines_that_begin_with_a_space() -> None:
    found = fields("Depends: libc6,\n libm\n\t, libz\nTag:\n a::b")
    assert found == {"Depends": "libc6,\n libm\n\t, libz", "Tag": "\n a::b"}
    assert folded("libc6,\n libm\n\t, libz") == "libc6, libm , libz"


def test_what_is_no_field_is_told() -> None:
    assert fields("A: 1\nnothing") == Problem("`nothing` is not a field")
    assert fields(" first") == Problem("` first` continues no field")
    assert fields("A: 1\nA: 2") == Problem("the field `A` is there twice")
    assert fields("# A: 1") == Problem("`# A: 1` is not a field")
