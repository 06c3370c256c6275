"""What is written reads back as it was, by python-hcl2, which leaves what is in quotes alone."""

import re
from typing import Any

import hcl2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from envc.quoting import hcl
from envc.quoting.hcl import Attribute, Block, Template

AWKWARD = ["${", "$${", "$$${", "%{", "%%{", "%%%{", "$", "{", "}", "\\", '"', "\n", "\r", "#", "é"]
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.lists(
    st.sampled_from(AWKWARD)
).map("".join)
_ESCAPED = re.compile(r"\\(?:u([0-9a-f]{4})|U([0-9a-f]{8})|(.))")
_NAMED = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


def understood(quoted: str) -> str:
    """A text in quotes in which no template begins, without its escapes."""
    assert "${" not in quoted
    assert "%{" not in quoted

    def letter(found: re.Match[str]) -> str:
        code = found[1] or found[2]
        return chr(int(code, 16)) if code else _NAMED[found[3]]

    return _ESCAPED.sub(letter, quoted[1:-1])


@settings(max_examples=60, deadline=None)
@given(value=texts, items=st.lists(texts, max_size=3), label=texts)
def test_all_texts_read_back_as_they_were(value: str, items: list[str], label: str) -> None:
    body = (Block("a", (label,), (Attribute("x", value), Attribute("items", items))),)
    (found,) = hcl2.loads(hcl.document(body))["a"]
    ((name, inside),) = found.items()
    assert understood(name) == label
    assert understood(inside["x"]) == value
    assert [understood(each) for each in inside["items"]] == items


@pytest.mark.parametrize(("value", "wanted"), [(3, 3), (True, True), (False, False), ([], [])])
def test_other_values_are_themselves(value: hcl.Value, wanted: Any) -> None:
    assert hcl2.loads(hcl.document((Attribute("x", value),)))["x"] == wanted


def test_blocks_are_parted() -> None:
    inner = Block("b", (), (Attribute("x", 1), Attribute("y", Template("${attr.cpu.arch}"))))
    written = hcl.document((Block("a", ("l",), (Attribute("x", ["y"]), inner, inner)),))
    assert written == (
        'a "l" {\n  x = [\n    "y",\n  ]\n\n  b {\n    x = 1\n    y = "${attr.cpu.arch}"\n  }\n\n'
        '  b {\n    x = 1\n    y = "${attr.cpu.arch}"\n  }\n}\n'
    )


def test_what_cannot_be_written_is_refused() -> None:
    with pytest.raises(ValueError, match="half a character"):
        hcl.string("\ud800")
