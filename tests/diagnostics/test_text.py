"""Diagnostics as people see them, spelt out in whole."""

import unicodedata
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from envc.diagnostics import rules, text
from envc.diagnostics.colour import coloured, paint_for, plain
from envc.diagnostics.model import Diagnostic, Label, Rule, Severity
from envc.diagnostics.screen import visible
from envc.source import Source, Span

SPEC = """\
envc 1

toolchain gnu13 {
  c, cxx  gcc@12.2
}

app gromacs@2025.2 {
  flags {
    cflags  "-mprefer-vector-width=512"  on zen4.., sapphirerapids
  }
}
"""
SPEC_SOURCE = Source("gromacs.envc", SPEC)
WARNING = Rule("W0999", "some-warning", "A warning.", Severity.WARNING)
NOTE = Rule("W0998", "some-note", "A note.", Severity.NOTE)


def at(word: str, said: str = "", source: Source = SPEC_SOURCE) -> Label:
    start = source.text.index(word)
    return Label(source, Span(start, start + len(word)), said)


def wrong(*labels: Label, message: str = "this is wrong", rule: Rule | None = None) -> Diagnostic:
    return Diagnostic(rule or rules.UNEXPECTED_WORD, message, labels)


def shown(line: str, span: tuple[int, int], said: str = "here") -> str:
    return text.render([wrong(Label(Source("a.envc", line), Span(*span), said))])


def test_a_diagnostic_shows_its_places_notes_and_help(snapshot: SnapshotAssertion) -> None:
    told = Diagnostic(
        rules.COMPILER_CANNOT_TARGET,
        "gcc 12.2 cannot generate code for zen4",
        (
            at("zen4", "needs gcc >= 12.3 or clang >= 16"),
            at("gcc@12.2", "toolchain gnu13 chosen here"),
        ),
        notes=("archspec 0.2.7 says so\nand so does the compiler itself",),
        help="use gcc@12.3:, or target zen3, which zen4 nodes also run",
    )
    assert text.render([told]) == snapshot


def test_labels_of_one_line_share_it(snapshot: SnapshotAssertion) -> None:
    assert text.render([wrong(at("zen4.."), at("cflags", "first"), at("on", "again"))]) == snapshot


def test_another_file_is_named_above_its_lines(snapshot: SnapshotAssertion) -> None:
    other = Source("toolchains/gnu.envc", "envc 1\n\ntoolchain gnu13 {\n}\n")
    told = wrong(at("gnu13", "again"), at("gnu13", "first", other), at("app"))
    assert text.render([told]) == snapshot


def test_an_unread_file_has_no_lines() -> None:
    told = wrong(Label(Source("a.envc", ""), Span(0, 0)), message="there is no file `a.envc`")
    assert text.render([told]) == "a.envc: error[E0101]: there is no file `a.envc`\n"


@pytest.mark.parametrize(
    ("line", "span"),
    [
        pytest.param("\tone\ttwo", (5, 8), id="tabs"),
        pytest.param('summary "日本語" x', (13, 14), id="wide"),
        pytest.param('summary "日本語" x', (9, 12), id="under wide"),
        pytest.param('summary "e\u0301e\u0301" x', (14, 15), id="combining"),
        pytest.param("a\u0301", (1, 2), id="only a combining mark"),
        pytest.param("a \x00\x1b[31m b", (9, 10), id="control"),
        pytest.param("a\u00a0b \u202eevil\u202c c", (10, 12), id="invisible"),
        pytest.param("needs hdf5", (10, 10), id="zero width at the end"),
        pytest.param("needs hdf5", (6, 6), id="zero width"),
        pytest.param("needs\r\nhdf5\r\n", (7, 11), id="carriage returns"),
        pytest.param("app a {\n  x\n}\n", (6, 13), id="several lines"),
        pytest.param("one\ntwo\n", (3, 4), id="the end of a line"),
        pytest.param("one\ntwo\n", (8, 8), id="the end of the file"),
        pytest.param("one\ntwo", (7, 7), id="the end of a last line"),
        pytest.param("x" * 500 + "HERE" + "y" * 500, (500, 504), id="a long line"),
        pytest.param("HERE" + "y" * 500, (0, 4), id="the start of a long line"),
        pytest.param("x" * 500 + "HERE", (500, 504), id="the end of a long line"),
        pytest.param("x" * 500, (10, 490), id="most of a long line"),
        pytest.param("\n" * 123_455 + "here", (123_455, 123_459), id="a large line number"),
    ],
)
def test_the_line_and_its_carets(
    line: str, span: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    assert shown(line, span) == snapshot


def test_what_a_message_quotes_cannot_move_the_cursor() -> None:
    source = Source("a\x1b[2J.envc", "x")
    told = Diagnostic(
        rules.UNEXPECTED_WORD,
        "`\x1b[2J` is\nunknown",
        (Label(source, Span(0, 1), "\r"),),
        notes=("\x07",),
        help="\x9b",
    )
    assert all(line.isprintable() for line in text.render([told]).splitlines())


def test_diagnostics_are_ordered_and_told_once() -> None:
    first, second = wrong(at("envc")), wrong(at("app"), rule=WARNING)
    other = wrong(Label(Source("b.envc", "x"), Span(0, 1)))
    again = wrong(at("envc"))
    told = text.render([other, second, again, first])
    assert told == text.render([first, second, other])
    assert told.count("this is wrong") == 3


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([], "no mistakes"),
        ([wrong(at("envc"))], "1 error in gromacs.envc"),
        (
            [wrong(at("envc")), wrong(at("app")), wrong(at("flags"), rule=WARNING)],
            "2 errors and 1 warning in gromacs.envc",
        ),
        (
            [
                wrong(at("envc")),
                wrong(at("on"), rule=NOTE),
                wrong(Label(Source("b", ""), Span(0, 0)), rule=WARNING),
            ],
            "1 error, 1 warning and 1 note in 2 files",
        ),
    ],
)
def test_the_summary_counts(told: list[Diagnostic], expected: str) -> None:
    assert text.summary(told) == expected


def test_colour_changes_nothing_but_colour(snapshot: SnapshotAssertion) -> None:
    told = Diagnostic(WARNING, "odd", (at("zen4", "here"), at("gcc")), ("so",), "do")
    painted = text.render([told], coloured)
    assert painted == snapshot
    assert strip(painted) == text.render([told])


class Terminal(NamedTuple):
    there: bool

    def isatty(self) -> bool:
        return self.there


@pytest.mark.parametrize(
    ("there", "environ", "wanted"),
    [
        (True, {}, True),
        (True, {"TERM": "xterm"}, True),
        (True, {"TERM": "dumb"}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (False, {}, False),
        (False, {"FORCE_COLOR": "1"}, True),
        (True, {"FORCE_COLOR": "0"}, False),
        (False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (False, {"FORCE_COLOR": "1", "TERM": "dumb"}, True),
    ],
)
def test_colour_is_for_terminals(there: bool, environ: dict[str, str], wanted: bool) -> None:
    assert paint_for(Terminal(there), environ) is (coloured if wanted else plain)


def test_a_closed_stream_has_no_colour() -> None:
    assert paint_for(None, {}) is plain


# ---- for any text and any place in it ------------------------------------------------------------

texts = st.text(
    st.one_of(st.characters(), st.sampled_from("\t\n\r\x00日e\u0301 \u200d\u202e")), max_size=400
)


@st.composite
def places(draw: st.DrawFn) -> tuple[str, Span]:
    said = draw(texts)
    start = draw(st.integers(0, len(said)))
    return said, Span(start, draw(st.integers(start, len(said))))


@given(places())
@example(("", Span(0, 0)))
@example(("\t" * 200, Span(190, 200)))
def test_every_text_and_place_can_be_shown(place: tuple[str, Span]) -> None:
    said, span = place
    source = Source("a.envc", said)
    label = Label(source, span, said)
    told = text.render([Diagnostic(rules.UNEXPECTED_WORD, said, (label, label), (said,), said)])
    assert all(line.isprintable() for line in told.split("\n"))


@given(places())
def test_every_caret_stands_under_its_place(place: tuple[str, Span]) -> None:
    said, span = place
    line, column = Source("a.envc", said).position(span.start)
    lines = text.render([wrong(Label(Source("a.envc", said), span))]).splitlines()
    if not said:
        assert len(lines) == 1
        return
    _, shown_line, carets = lines
    before = shown_line.partition(" | ")[2]
    cell = len(carets.partition(" | ")[2]) - len(carets.partition(" | ")[2].lstrip())
    letter = said[span.start : span.start + 1]
    if letter and letter not in "\t\r\n " and not unicodedata.combining(letter):
        assert from_cell(before, cell).startswith(visible(letter))
    assert f"a.envc:{line}:{column}: " in lines[0]


def from_cell(line: str, cell: int) -> str:
    """What stands at a cell of the screen, counted anew by the rules of Unicode."""
    here = 0
    for place, letter in enumerate(line):
        width = 1 + (unicodedata.east_asian_width(letter) in "WF")
        if unicodedata.category(letter) in ("Mn", "Me") or 0x1160 <= ord(letter) <= 0x11FF:
            width = 0
        if here >= cell and (width or here == cell):
            return line[place:]
        here += width
    return ""


def strip(painted: str) -> str:
    head, *rest = painted.split("\x1b[")
    return head + "".join(part.partition("m")[2] for part in rest)
