"""What is printed of a report: for people, for programs, for browsers."""

import json
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
from hypothesis import HealthCheck, given, settings

from envc.verify.document import document
from envc.verify.page import page
from envc.verify.report import Report
from envc.verify.text import lines
from tests.verify.reports import reports

SCHEMA = Path(__file__).parents[2] / "docs" / "envc-verify.schema.json"
TAGS = {
    "a", "body", "br", "code", "details", "h1", "h2", "h3", "head", "html", "li", "meta", "p",
    "strong", "style", "summary", "table", "td", "th", "title", "tr", "ul",
}  # fmt: skip
EMPTY = {"br", "meta"}
ATTRIBUTES = {"charset", "class", "content", "href", "lang", "name"}


few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


class Reader(HTMLParser):
    """Sees what a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@few
@given(reports)
def test_nothing_in_a_page_acts_but_what_envc_wrote(report: Report) -> None:
    reader = Reader()
    reader.feed(page(report))
    reader.close()
    assert reader.tags <= TAGS
    assert reader.attributes <= ATTRIBUTES
    assert reader.open == []


@few
@given(reports)
def test_a_page_needs_nothing_beside_it_and_is_the_same_each_time(report: Report) -> None:
    text = page(report)
    assert text == page(report)
    assert "<script" not in text
    assert "http" not in text.lower() or "http" in repr(report).lower()


@few
@given(reports)
def test_a_document_holds_to_its_schema(report: Report) -> None:
    said = json.loads(json.dumps(document(report)))
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(said)
    assert said["good"] == report.is_good


@few
@given(reports)
def test_lines_move_no_cursor(report: Report) -> None:
    for line in lines(report):
        assert "\x1b" not in line
