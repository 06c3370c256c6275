"""The laws of the formatter: stable, canonical, and nothing lost."""

import re
from dataclasses import fields, is_dataclass
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from envc.source import Source
from envc.syntax import nodes
from envc.syntax.layout import layout
from envc.syntax.parser import parse
from envc.syntax.words import Word
from tests.properties.programs import KEYWORDS, SAMPLES, plainly, programs, seeded, texts

TEXTS = texts(programs())
AWKWARD = texts(programs(names=(*SAMPLES["NAME"][:6], *KEYWORDS)))
"""Programs whose names are words of the language; not all of them can be read."""
AMOUNT = re.compile(r"(?<=[0-9])(?=KiB|MiB|GiB|TiB|PiB|B|d|h|min|s)|(?<=[a-zB])(?=[0-9])")


def read(text: str) -> nodes.SpecFile:
    parsed = parse(Source("a.envc", text))
    assert not parsed.diagnostics, parsed.diagnostics[0]
    return parsed.file


def meaning(file: nodes.SpecFile) -> Any:
    return _meaning(file.items)


def _meaning(value: Any) -> Any:
    """What a node says, without its place, needless brackets and how it was laid out."""
    match value:
        case Word(kind, text):
            return kind, text
        case nodes.Setting(_, key, items, condition):
            return "Setting", _meaning(key), _amounts(items), _meaning(condition)
        case (
            nodes.AllVariants(_, parts)
            | nodes.AnyVariant(_, parts)
            | nodes.AllCpus(_, parts)
            | (nodes.AnyCpu(_, parts))
        ):
            return type(value).__name__, _flattened(type(value), parts)
        case _:
            return _fields(value)


def _fields(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_meaning, value))
    if is_dataclass(value):
        names = [each.name for each in fields(value) if each.name not in {"span", "block"}]
        return type(value).__name__, *(_meaning(getattr(value, name)) for name in names)
    return value


def _flattened(kind: type[Any], parts: tuple[Any, ...]) -> tuple[Any, ...]:
    flat: list[Any] = []
    for part in parts:
        flat.extend(_flattened(kind, part.parts) if type(part) is kind else [_meaning(part)])
    return tuple(flat)


def _amounts(items: nodes.Items) -> Any:
    """`16GiB` says what `16 GiB` says."""
    return tuple(AMOUNT.sub(" ", " ".join(word.text for word in item)) for item in items)


def comments(file: nodes.SpecFile) -> list[str]:
    return [comment.text for comment in file.comments]


@given(TEXTS)
def test_generated_programs_are_read(text: str) -> None:
    read(text)


@given(TEXTS)
def test_layout_is_idempotent(text: str) -> None:
    once = layout(read(text))
    assert layout(read(once)) == once


@given(TEXTS)
def test_layout_keeps_the_meaning(text: str) -> None:
    file = read(text)
    assert meaning(read(layout(file))) == meaning(file)


@given(TEXTS)
def test_layout_keeps_every_comment(text: str) -> None:
    file = read(text)
    assert comments(read(layout(file))) == comments(file)


def test_large_programs_obey_these_laws() -> None:
    for seed in range(100):
        file = read(seeded(seed, 300))
        once = layout(file)
        again = read(once)
        assert layout(again) == once
        assert meaning(again) == meaning(file)
        assert comments(again) == comments(file)


@given(TEXTS)
def test_layout_leaves_no_trace_of_spacing(text: str) -> None:
    lines = layout(read(text)).split("\n")
    assert lines.pop() == ""
    assert all(line == line.rstrip() for line in lines)
    assert lines[:1] != [""] != lines[-1:]
    assert all(line or before for before, line in pairwise(lines))


@given(
    programs().flatmap(
        lambda words: st.tuples(st.just(words), texts(st.just(words), comments=False))
    )
)
def test_spacing_does_not_matter(program: tuple[tuple[str, ...], str]) -> None:
    words, text = program
    assert layout(read(text)) == layout(read(plainly(words)))


@given(AWKWARD)
@settings(max_examples=300)
def test_names_may_be_words_of_the_language(text: str) -> None:
    parsed = parse(Source("a.envc", text))
    assume(not parsed.diagnostics)
    once = layout(parsed.file)
    assert meaning(read(once)) == meaning(parsed.file)
    assert layout(read(once)) == once


def test_a_broken_file_is_refused() -> None:
    with pytest.raises(ValueError, match="syntax errors"):
        layout(parse(Source("a.envc", "app {")).file)
