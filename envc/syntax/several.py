"""`{ target zen4  cores 192 }`: several facts on a line, told apart by the words of their block."""

from envc.source import Span
from envc.syntax.nodes import Setting
from envc.syntax.words import Word
from envc.vocabulary import Keys


def several(line: Setting, keys: Keys) -> list[Setting]:
    """A key begins a fact where another word has come before it and one comes behind it."""
    facts: list[tuple[Word, list[list[Word]]]] = [(line.key, [])]
    for item in line.items:
        facts[-1][1].append([])
        for place, word in enumerate(item):
            current = facts[-1][1][-1]
            if current and word.text in keys and place + 1 < len(item):
                facts.append((word, [[]]))
            else:
                current.append(word)
    if len(facts) == 1:
        return [line]
    *most, (key, items) = facts
    return [*(_setting(*fact) for fact in most), _last(line, key, items)]


def _setting(key: Word, items: list[list[Word]]) -> Setting:
    said = tuple(tuple(item) for item in items)
    return Setting(key.span.to(said[-1][-1].span), key, said, None)


def _last(line: Setting, key: Word, items: list[list[Word]]) -> Setting:
    """The condition at the end of a line belongs to its last fact."""
    said = tuple(tuple(item) for item in items)
    return Setting(Span(key.span.start, line.span.end), key, said, line.condition)
