"""Fixes go into the text whole, in one order, and never over one another."""

from hypothesis import given
from hypothesis import strategies as st

from envc.diagnostics import fixes, rules
from envc.diagnostics.model import Diagnostic, Edit, Label
from envc.source import Source, Span

SOURCE = Source("a.envc", "0123456789")


def fix(*edits: tuple[int, int, str], source: Source = SOURCE) -> Diagnostic:
    place = Label(SOURCE, Span(edits[0][0], edits[0][1]))
    changes = tuple(Edit(source, Span(start, end), text) for start, end, text in edits)
    return Diagnostic(rules.UNKNOWN_STATEMENT, str(edits), (place,), fix=changes)


def test_fixes_that_stand_apart_are_all_applied() -> None:
    told = [fix((7, 8, "")), fix((1, 3, "ab")), fix((3, 3, "+"), (9, 10, "!"))]
    assert fixes.apply(SOURCE, told) == fixes.Fixed("0ab+34568!", 3, 0)


def test_of_two_that_overlap_the_first_one_is_applied() -> None:
    told = [fix((2, 5, "b")), fix((1, 3, "a")), fix((4, 4, "c"))]
    assert fixes.apply(SOURCE, told) == fixes.Fixed("0a3c456789", 2, 1)


def test_two_insertions_at_one_place_have_no_order() -> None:
    assert fixes.apply(SOURCE, [fix((4, 4, "a")), fix((4, 4, "b"))]).skipped == 1


def test_a_fix_is_applied_whole_or_not_at_all() -> None:
    told = [fix((0, 1, "a")), fix((0, 1, "b"), (5, 6, "B"))]
    assert fixes.apply(SOURCE, told) == fixes.Fixed("a123456789", 1, 1)


def test_two_diagnostics_may_ask_for_the_same_edit() -> None:
    told = [fix((0, 0, "a")), fix((0, 0, "a"), (3, 4, ""))]
    assert fixes.apply(SOURCE, told) == fixes.Fixed("a012456789", 2, 0)


def test_another_file_is_left_alone() -> None:
    other = Source("b.envc", "0123456789")
    assert fixes.apply(SOURCE, [fix((0, 1, "a"), source=other)]) == ("0123456789", 0, 1)


def test_a_diagnostic_without_a_fix_changes_nothing() -> None:
    told = [Diagnostic(rules.STRAY_BRACE, "", (Label(SOURCE, Span(0, 1)),))]
    assert fixes.apply(SOURCE, told) == (SOURCE.text, 0, 0)


edits = st.builds(
    lambda start, length, text: (start, min(start + length, 10), text),
    st.integers(0, 10),
    st.integers(0, 3),
    st.sampled_from(["", "x", "yy"]),
)


@given(st.lists(edits.map(fix), max_size=12, unique_by=lambda each: each.place.span))
def test_the_order_in_which_mistakes_are_found_does_not_matter(told: list[Diagnostic]) -> None:
    assert fixes.apply(SOURCE, told) == fixes.apply(SOURCE, reversed(told))


@given(st.lists(edits.map(fix), max_size=12))
def test_text_outside_every_edit_stays(told: list[Diagnostic]) -> None:
    fixed = fixes.apply(SOURCE, told)
    touched = {offset for each in told for edit in each.fix for offset in range(*edit.span)}
    kept = [SOURCE.text[offset] for offset in range(10) if offset not in touched]
    assert [letter for letter in fixed.text if letter in kept] == kept
