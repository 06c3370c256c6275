"""Whatever a value holds: Guile reads it back as it was, and `guix style` leaves it as it is."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from envc.quoting import scheme
from envc.quoting.scheme import Symbol
from envc_backends.guix.forms import form, placed
from envc_backends.guix.layout import Blank, Comment, Node, laid_out
from tests.backends.guix.conftest import SHARE, Lab

pytestmark = [
    pytest.mark.tool("mmdebstrap"),
    pytest.mark.slow,
    pytest.mark.xdist_group("guix-host"),
]

slowly = settings(
    max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
HARD = st.sampled_from(
    ['"', "\\", "\\n", "#|", "|#", ";", "'", "(", ")", "#~", "#$", ",@", "`", "\n", "\t", "é", "😀"]
)
TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"])) | HARD).map("".join)
NAMES = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1)
PLAIN = st.text("abcdefghij-", min_size=1, max_size=12).map(lambda text: f"x{text}")


def spelled(value: Node) -> Any:
    if isinstance(value, str):
        return ["string", *map(ord, value)]
    if isinstance(value, Symbol):
        return ["symbol", *map(ord, value.name)]
    assert isinstance(value, tuple)
    return ["list", *map(spelled, value)]


def read(lab: Lab, text: str) -> list[Any]:
    path = lab.put("read/values.scm", text)
    told = lab.say("guile", "--no-auto-compile", f"{SHARE}/read.scm", path)
    return [json.loads(line)[0] for line in told.splitlines()]


@slowly
@given(texts=st.lists(TEXTS, min_size=30, max_size=60), names=st.lists(NAMES, min_size=20))
def test_guile_reads_what_was_meant(lab: Lab, texts: list[str], names: list[str]) -> None:
    values: list[Node] = [*texts, *map(Symbol, names)]
    lone = [scheme.string(each) for each in texts] + [scheme.symbol(each) for each in names]
    assert read(lab, "\n".join(lone)) == [spelled(each) for each in values]
    nested = [form("quote", (each, (each, each))) for each in values]
    assert read(lab, laid_out(nested)) == [spelled(each) for each in nested]


@slowly
@given(texts=st.lists(TEXTS, min_size=30, max_size=60))
def test_comments_hold_nothing(lab: Lab, texts: list[str]) -> None:
    assert read(lab, laid_out([*map(Comment, texts), "end"])) == [spelled("end")]


HEADS = [
    "package", "origin", "arguments", "list", "lambda*", "let", "modify-phases", "add-after",
    "replace", "invoke", "gexp", "ungexp", "quote", "source", "sha256", "inputs", "when", "define",
    "description", "native-inputs", "wrap-program", "introduction", "channel",
]  # fmt: skip


def nodes() -> st.SearchStrategy[Node]:
    """Forms, deep and wide, of words that have one spelling."""
    plain = st.text('abc xyz"\\', max_size=60) | PLAIN.map(Symbol) | st.booleans()
    words = plain | st.sampled_from([scheme.Keyword("key"), scheme.Keyword("phases")])

    def deeper(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        marked = st.builds(form, st.sampled_from(["gexp", "quote", "ungexp"]), inner)
        heads = st.sampled_from([each for each in HEADS if each not in {"gexp", "quote", "ungexp"}])
        calls = st.builds(
            lambda head, rest: form(head, *rest), heads | PLAIN, st.lists(inner, max_size=8)
        )
        return marked | calls

    leaf: st.SearchStrategy[Node] = words
    return st.recursive(leaf, deeper, max_leaves=40)


@slowly
@given(several=st.lists(nodes(), min_size=40, max_size=80))
def test_style_finds_nothing_to_change(lab: Lab, several: list[Node]) -> None:
    text = laid_out(
        [part for each in several for part in (form("define", Symbol("x"), each), Blank())]
    )
    path = lab.put("read/styled.scm", text.rstrip("\n") + "\n")
    lab.say("guix", "style", "-f", path)
    assert lab.read(path) == text.rstrip("\n") + "\n"


def test_the_prefix_is_where_guix_installs() -> None:
    output = form("ungexp", Symbol("output"))
    assert placed("/opt/a", "/opt/a") == output
    assert placed("--x=/opt/a/b:/opt/ab", "/opt/a") == form(
        "string-append", "--x=", output, "/b:/opt/ab"
    )
    assert placed("", "/opt/a") == ""
