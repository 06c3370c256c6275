"""What can be written at the cursor: the parser says which keywords fit, the place which names."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from envc.editor.document import Document
from envc.editor.offers import Item, Known, offers
from envc.editor.place import place
from envc.syntax import tables
from envc.syntax.automaton import Automaton
from envc.syntax.mistakes import Mistakes
from envc.syntax.parser import BUILDERS
from envc.syntax.recovery import Recovery
from envc.syntax.words import Kind, Word
from envc.vocabulary import FACTS, STATEMENTS


class Offer(NamedTuple):
    items: tuple[Item, ...]
    start: int
    """Where the word begins that the chosen item replaces."""


def complete(document: Document, offset: int, known: Known) -> Offer:
    if document.in_comment(offset):
        return Offer((), offset)
    here = place(document, offset)
    if here.prefix.startswith('"'):
        return Offer((), offset)
    start = offset - len(here.prefix)
    expected = _expected(document, start)
    found: list[Item] = []
    if Kind.NAME in expected or Kind.NUMBER in expected or Kind.VERSIONS in expected:
        found += offers(here, known)
    found += _keywords(expected)
    return Offer(tuple(_once(found)), start)


def _expected(document: Document, start: int) -> list[str]:
    """The symbols that fit at an offset, mistakes before it mended as the parser mends them."""
    before = [word for word in document.words if word.span.end <= start]
    words = [word for word in before if word.kind is not Kind.END]
    automaton = Automaton(tables.load(), BUILDERS)
    end = Word(Kind.END, "", document.words[-1].span)
    recovery = Recovery(Mistakes(document.source, automaton, [*words, end, end, end]))
    at = 0
    while at < len(words):
        at = at + 1 if automaton.feed(words[at]) else recovery.at(at)
    return automaton.expected()


def _keywords(expected: Iterable[str]) -> Iterator[Item]:
    texts = {name: text for text, name in tables.load().keywords.items()}
    for symbol in expected:
        if symbol in texts:
            text = texts[symbol]
            fact = FACTS.get(text)
            yield Item(text, "keyword", fact.about if fact else STATEMENTS.get(text, ""))


def _once(items: Iterable[Item]) -> Iterator[Item]:
    seen: set[str] = set()
    for item in items:
        if item.text not in seen:
            seen.add(item.text)
            yield item
