"""A corpus of mistakes in the language: each is refused, on its line and for its reason.

A line that is wrong says so in a comment at its end, by the codes of the rules it breaks. The
first lines of a file say what the mistake is, and whether hpccm, asked for the same, says nothing.
"""

import re
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from envc.check import check_source
from envc.diagnostics import rules, text
from envc.diagnostics.model import Diagnostic, Severity
from envc.source import Source

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*.envc"))
MARK = re.compile(r"#((?: [EW]\d{4})+)$")
ACCEPTED_BY_HPCCM = "# hpccm: accepts silently"


def told(path: Path) -> tuple[Diagnostic, ...]:
    name = str(path.relative_to(FOLDER.parent.parent))
    return check_source(Source(name, path.read_text())).diagnostics


def marked(path: Path) -> list[tuple[int, str]]:
    return sorted(
        (number, code)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if (mark := MARK.search(line)) is not None
        for code in mark[1].split()
    )


def found(diagnostics: tuple[Diagnostic, ...]) -> list[tuple[int, str]]:
    return sorted(
        (each.place.source.position(each.place.span.start).line, each.rule.code)
        for each in diagnostics
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_is_told_on_its_line(path: Path) -> None:
    assert marked(path)
    assert found(told(path)) == marked(path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_is_told_in_these_words(path: Path, snapshot: SnapshotAssertion) -> None:
    assert text.render(told(path)) == snapshot


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_says_what_it_is(path: Path) -> None:
    assert path.read_text().startswith("# what: ")


def test_holds_what_hpccm_accepts() -> None:
    accepted = [path for path in FILES if ACCEPTED_BY_HPCCM in path.read_text().splitlines()]

    assert len(accepted) == 6
    for path in accepted:
        assert {each.rule.severity for each in told(path)} == {Severity.ERROR}


def test_holds_thirty_mistakes_or_more() -> None:
    assert len(FILES) >= 30


def test_marks_are_rules() -> None:
    assert {code for path in FILES for _, code in marked(path)} <= rules.BY_CODE.keys()
