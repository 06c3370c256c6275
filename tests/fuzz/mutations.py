"""Texts that nobody means well: specs with a few things gone wrong, and walls of one mark."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from envc.syntax import lexer
from tests.properties.programs import seeded

ROOT = Path(__file__).parents[2]
NOISE = "{}()\"'\\,|=+~@#.:;%^$-[]\0\t\r\n\f\v\ufeff\u2028é日\U0001d4b3 aA0"
WALLS = (
    "(", "{", "}", '"', "not ", "#", "@", "..", "\n", "\r", "\0", "a, ", "a,\n", "a |\n", ":\n",
    "{\n", "}\n", "app a {\n", "app ", "run b {", "= ", "a-", "++", "a:", '\\"', "1.", "x", "é",
)  # fmt: skip
STARTS = (
    "", "app a { ", "app a { needs ", 'app a { conflict "x" when ', 'app a { conflict "x" on ',
    "app a { license ", "app a { variant b = ", "site a { partition b { cores ", 'app a { test "',
)  # fmt: skip


def corpus() -> list[str]:
    paths = sorted((*ROOT.glob("examples/**/*.envc"), *ROOT.glob("specs/**/*.envc")))
    pages = sorted(ROOT.glob("tests/language/**/*.md"))
    texts = [path.read_text(encoding="utf-8") for path in (*paths, *pages)]
    return [text for text in texts if len(text) < 20_000] + [seeded(seed) for seed in range(40)]


def walls(size: int) -> Iterator[str]:
    for start in STARTS:
        for wall in WALLS:
            yield start + wall * (size // len(wall))


def mutated(texts: Sequence[str], rng: random.Random) -> str:
    text = rng.choice(texts)
    for _ in range(rng.randint(1, 6)):
        text = rng.choice((_words, _noise, _cut, _crossed, _nested))(text, texts, rng)
    return text


def _words(text: str, _: Sequence[str], rng: random.Random) -> str:
    words = [word for word in lexer.words(text, []) if word.text]
    if len(words) < 2:
        return text
    one, other = sorted(rng.sample(words, 2), key=lambda word: word.span)
    middle = text[one.span.end : other.span.start]
    behind = text[other.span.end :]
    before = text[: one.span.start]
    return (
        before
        + rng.choice(
            (
                middle + other.text,
                one.text * 2 + middle + other.text,
                other.text + middle + one.text,
            )
        )
        + behind
    )


def _noise(text: str, _: Sequence[str], rng: random.Random) -> str:
    at = rng.randint(0, len(text))
    return text[:at] + "".join(rng.choices(NOISE, k=rng.randint(1, 4))) + text[at:]


def _cut(text: str, _: Sequence[str], rng: random.Random) -> str:
    one, other = sorted(rng.choices(range(len(text) + 1), k=2))
    return text[:one] if rng.random() < 0.5 else text[:one] + text[other:]


def _crossed(text: str, texts: Sequence[str], rng: random.Random) -> str:
    other = rng.choice(texts)
    return text[: rng.randint(0, len(text))] + other[rng.randint(0, len(other)) :]


def _nested(text: str, _: Sequence[str], rng: random.Random) -> str:
    at = rng.randint(0, len(text))
    return text[:at] + rng.choice(("{", "(", "not ", "app a {\n")) * rng.randint(1, 400) + text[at:]
