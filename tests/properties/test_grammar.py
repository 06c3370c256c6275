"""envc's own automaton reads the language of `grammar/envc.lark`, no more and no less."""

import random
from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lark import Lark, Token
from lark.exceptions import UnexpectedInput

from envc import data
from envc.source import Source
from envc.syntax import lexer, tables
from envc.syntax.parser import BUILDERS, parse
from envc.syntax.words import Kind
from tests.properties.programs import (
    KEYWORDS,
    SAMPLES,
    Words,
    derived,
    grammar,
    plainly,
    programs,
    seeded,
)

MIXED = (*SAMPLES["NAME"], *KEYWORDS, "and", "family", "vendor", "skip", "version", "targets")
MARKS = ("{", "}", "(", ")", ",", "=", "|", "+", "~", "..", "\n", "@1", '"x', ":", "?")


@cache
def reference() -> Any:
    """lark with the lexer that knows which words can stand where."""
    return Lark(
        data.read("grammar", "envc.lark"),
        parser="lalr",
        lexer="contextual",
        start="file",
        maybe_placeholders=False,
    )


def lark_reads(text: str) -> bool:
    try:
        reference().parse(text)
    except UnexpectedInput:
        return False
    return True


def lark_takes(text: str) -> bool:
    """lark, told of each name whether it is a keyword: it is where the grammar can go on with it.

    Its lexer alone would look no further than the state, whose keywords may belong to another
    sentence: behind a comma it reads `family` as a keyword even where names are listed.
    """
    machine = reference().parse_interactive("")
    keywords = tables.load().keywords
    try:
        for word in lexer.words(text, []):
            keyword = keywords.get(word.text) if word.kind is Kind.NAME else None
            if keyword is not None and _fits(machine, keyword):
                machine.feed_token(Token(keyword, word.text))
            else:
                machine.feed_token(Token(word.kind.value, word.text))
    except UnexpectedInput:
        return False
    return True


def _fits(machine: Any, keyword: str) -> bool:
    copy = machine.copy(deepcopy_values=False)
    try:
        copy.feed_token(Token(keyword, ""))
    except UnexpectedInput:
        return False
    return True


def envc_reads(text: str) -> bool:
    return not parse(Source("a.envc", text)).diagnostics


@st.composite
def mutated(draw: st.DrawFn, names: Sequence[str] = SAMPLES["NAME"]) -> Words:
    """A program with a few of its words left out, doubled, swapped or replaced."""
    words = list(draw(programs(names=names)))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(words) - 1)) if words else 0
        other = draw(st.sampled_from((*MARKS, *names)))
        match draw(st.sampled_from(("drop", "double", "swap", "replace", "insert"))):
            case "drop":
                del words[at : at + 1]
            case "double":
                words[at:at] = words[at : at + 1]
            case "swap":
                words[at : at + 2] = reversed(words[at : at + 2])
            case "replace":
                words[at : at + 1] = [other]
            case _:
                words.insert(at, other)
    return tuple(words)


@given(programs())
def test_what_the_grammar_makes_is_read_by_both(words: Words) -> None:
    assert lark_reads(plainly(words))
    assert envc_reads(plainly(words))


@given(mutated())
@settings(max_examples=300)
def test_both_agree_on_what_is_no_program(words: Words) -> None:
    text = plainly(words)
    assert envc_reads(text) is lark_takes(text)
    # lark's lexer reads `apps` as `app s` where only keywords can stand.
    assert lark_reads(text) or not envc_reads(text)


@given(programs(names=MIXED) | mutated(names=MIXED))
@settings(max_examples=300)
def test_both_agree_on_which_names_are_keywords(words: Words) -> None:
    assert envc_reads(plainly(words)) is lark_takes(plainly(words))


def test_the_tables_are_fresh() -> None:
    compiled = tables.from_grammar(data.read("grammar", "envc.lark"))
    assert tables.to_json(compiled) == data.read("grammar", "tables.json"), (
        "run `python -m envc.syntax.tables`"
    )


def test_the_grammar_alone_decides_the_tables() -> None:
    text = data.read("grammar", "envc.lark")
    assert tables.from_grammar(text) == tables.from_grammar(text)


def test_every_rule_has_a_builder() -> None:
    named = {rule.name for rule in tables.load().rules if not rule.inline}
    assert named == set(BUILDERS)


def test_the_generator_reaches_every_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    reached: set[str] = set()
    for name, build in BUILDERS.items():

        def noted(children: Any, span: Any, name: str = name, build: Any = build) -> Any:
            reached.add(name)
            return build(children, span)

        monkeypatch.setitem(BUILDERS, name, noted)
    for seed in range(500):
        parse(Source("a.envc", seeded(seed)))
    assert reached == set(BUILDERS)


def test_the_generator_reaches_every_production() -> None:
    missing = {rule for rules in grammar().productions.values() for rule in rules}
    choose = random.Random(0).randrange
    for _ in range(5000):
        derived(choose, 60, taken=missing.discard)
    assert not missing
