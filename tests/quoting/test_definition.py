"""What a value becomes in a definition, read as Apptainer reads it and run by sh.

The reader here is written after Apptainer's own: tests/backends/apptainer builds with that one.
"""

import re
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from envc.quoting import definition

SPECIAL = "\\\"'$`#{}()<>|&;*?[]!~=,:%@ \t\r\n\v\f\x1b\x85\u2028é\U0001f600aA0-_/"
FRAGMENTS = (
    "%post", "\n%post\n", "\n  %runscript\n", "Bootstrap: docker", "\nBOOTSTRAP:x\n", "{{ a }}",
    "{{{a}}}", "{{a}}", "\r\n", "$(touch hit)", "`touch hit`", "envc-end", "\nenvc-end\n", "|",
    "{|", "|\n|", "''",
)  # fmt: skip
texts = st.lists(
    st.sampled_from(FRAGMENTS)
    | st.text(st.sampled_from(SPECIAL), max_size=8)
    | st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    max_size=8,
).map("".join)

TEMPLATE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def read(text: str) -> list[dict[str, str]]:
    """Stages, each with what its sections hold (pkg/build/types/parser/deffile.go)."""
    assert not TEMPLATE.search(text), "it would be replaced"
    starts = [found.start() for found in re.finditer(r"(?mi)^bootstrap:", text)]
    return [_stage(text[a:b]) for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


def _stage(text: str) -> dict[str, str]:
    sections: dict[str, str] = {}
    name = ""
    for line in text.split("\n"):
        read_line = line.removesuffix("\r")
        if re.match(r"\s*%", read_line):
            name = read_line.strip()
            assert name not in sections
        else:
            sections[name] = f"{sections.get(name, '')}{read_line}\n"
    return sections


def section(text: str) -> str:
    """Of a definition that holds the text between two other sections."""
    (stage,) = read(f"Bootstrap: scratch\n\n%post\n{text}\n%test\ntrue\n")
    assert set(stage) == {"", "%post", "%test"}
    return stage["%post"]


def said(script: str) -> bytes:
    return subprocess.run(
        ["sh", "-eu"], input=script.encode(), check=True, capture_output=True
    ).stdout


@settings(max_examples=60, deadline=None)
@given(st.lists(texts, min_size=1, max_size=6))
def test_words_are_the_texts_that_went_in(values: list[str]) -> None:
    words = " ".join(map(definition.word, values))
    shown = said(section(f"printf '%s\\0' {words}")).decode()
    assert shown.split("\0")[:-1] == values


@settings(max_examples=60, deadline=None)
@given(texts)
def test_a_variable_holds_its_value(value: str) -> None:
    script = section(f"export {definition.assignment('HELD', value)}") + 'printf %s "$HELD"'
    assert said(script).decode() == value


@settings(max_examples=60, deadline=None)
@given(st.lists(texts, min_size=1, max_size=6), texts)
def test_a_script_does_the_same_in_a_section(values: list[str], held: str) -> None:
    def quoted(text: str) -> str:
        return "'" + text.replace("'", "'\\''") + "'"

    text = f"HELD={quoted(held)}\nprintf '%s\\0' {' '.join(map(quoted, values))} \"$HELD\"\n"
    assert said(section(definition.script(text))) == said(text)


def test_a_script_that_means_nothing_more_is_left_as_it_is() -> None:
    text = "printf '%s' a\nfor f in *; do\n    echo \"${f%.c}\"\ndone\n"
    assert definition.script(text) == text


def test_a_script_that_fails_in_the_middle_still_fails() -> None:
    script = section(definition.script("false\n: '\n%post'\necho on\n"))
    done = subprocess.run(["sh", "-eu", "-c", script], check=False, capture_output=True)
    assert (done.returncode, done.stdout) == (1, b"")


@settings(deadline=None)
@given(texts, texts)
def test_a_label_is_one_line_or_refused(name: str, value: str) -> None:
    if not definition.sayable(name, value):
        with pytest.raises(ValueError, match="no way to say"):
            definition.label(name, value)
        return
    (line,) = section(definition.label(name, value)).splitlines(keepends=False)[:1]
    found, _, held = line.strip().partition(" ")
    assert (found, held.strip()) == (name, value)


@settings(deadline=None)
@given(texts)
def test_prose_and_comments_stay_one_line(text: str) -> None:
    assert section(definition.comment(text)).count("\n") == 1
    assert section(f"help: {definition.prose(text)}").count("\n") == 1


@pytest.mark.parametrize(
    ("reference", "header"),
    [
        ("debian:trixie-slim", ("docker", "debian:trixie-slim")),
        ("registry.example.org:5000/tools@sha256:abc", None),
        ("oci:images/tools", ("oci", "images/tools")),
        ("localimage:tools.sif", ("localimage", "tools.sif")),
    ],
)
def test_where_an_image_comes_from(reference: str, header: tuple[str, str] | None) -> None:
    assert definition.origin(reference) == (header or ("docker", reference))


@settings(deadline=None)
@given(text=texts)
def test_a_reference_is_plain_or_refused(text: str) -> None:
    try:
        shown = definition.origin(text).place
    except ValueError:
        return
    assert section(f"x {shown}") == f"x {shown}\n"
    assert not re.search(r"\s", shown)


def test_a_section_that_is_too_long_is_found() -> None:
    short, long = "x\n" * 20_000, "é\n" * 25_000
    assert definition.longest(f"%post\n{short}\n%environment\n{short}") == ""
    assert definition.longest(f"%post\n{short}\n%environment\n{long}%help\n") == "%environment"
