"""What is written reads back as it was, by PyYAML, which knows YAML 1.1 with all of its traps."""

from typing import Any

import pytest
import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st

from envc.quoting import yaml

# Each within a line, and parted by blanks.
_TRAPS = """
yes no on off y n true False NULL null ~ = << 1 -1 1.5 1e3 0x1f 0o17 017 0b1 1_000 1:30 .inf .nan
2026-01-01 2026-01-01T10:00:00Z - ? : # & * ! | > % @ ` , [ ] { } --- ... -a a: a:b a#b :a !!str
"""
TRAPS = [*_TRAPS.split(), "%YAML"]
MORE = [
    "",
    " ",
    " a",
    "a ",
    "a: b",
    "a #b",
    "\ufeff",
    "a\u2028b",
    "a\x85b",
    "\0",
    "\x7f",
    "é\U0001f600",
]
LINES = ["a\nb", "a\nb\n", "a\nb\n\n", "\na\n", " a\nb\n", "a\n\n  b\n", "a\n \nb\n", "a\tb\nc \n"]

texts = (
    st.text(st.characters(exclude_categories=["Cs"]))
    | st.sampled_from(TRAPS)
    | st.lists(st.sampled_from([*TRAPS, " ", "\n", "\t"])).map("".join)
)
leaves = texts | st.integers() | st.booleans()


def grown(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    flat = leaves | st.dictionaries(texts, inner, max_size=4)
    return flat | st.lists(flat, max_size=4)


@given(value=st.dictionaries(texts, st.recursive(leaves, grown, max_leaves=12), max_size=4))
def test_all_reads_back_as_it_was(value: dict[str, Any]) -> None:
    assert pyyaml.safe_load(yaml.document(value)) == (value or None)


@pytest.mark.parametrize("text", [*TRAPS, *MORE, *LINES])
def test_what_looks_like_something_else_is_a_text(text: str) -> None:
    written = yaml.document({"a": text, "b": [text, {text: text}]})
    assert pyyaml.safe_load(written) == {"a": text, "b": [text, {text: text}]}


@pytest.mark.parametrize("text", ["heat", "/opt/envc/entry", "heat:1.0-v3", "batch/v1", "a@b.org"])
def test_plain_texts_stay_as_they_are(text: str) -> None:
    assert yaml.string(text) == text


def test_a_script_stands_as_it_is() -> None:
    written = yaml.document({"args": ["-c", "set -eu\n\nexec heat\n"]})
    assert written == 'args:\n- "-c"\n- |\n  set -eu\n\n  exec heat\n'


def test_what_cannot_be_written_is_refused() -> None:
    with pytest.raises(ValueError, match="half a character"):
        yaml.string("\ud800")
    with pytest.raises(TypeError, match="list within a list"):
        yaml.document({"a": [["b"]]})
