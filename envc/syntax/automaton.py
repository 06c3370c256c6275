"""Runs the parser tables over words, and mends or skips what does not fit.

lark could run its own tables; this is a loop of forty lines because recovery needs the state stack
(lark's is private), because a keyword here is a name that the state asks for, and because it is
twice as fast. What is built from a rule is the caller's: a table of functions from children to
node.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from envc.source import Span
from envc.syntax.tables import BROKEN, Tables
from envc.syntax.words import Kind, Word

DEEPEST = 300
"""States on the stack; a spec that people write needs thirty."""

Builder = Callable[[list[Any], Span], Any]


@dataclass(slots=True)
class Automaton:
    """Goes from state to state with each word, and builds what is complete."""

    tables: Tables
    builders: Mapping[str, Builder]
    states: list[int] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.states.append(self.tables.start)

    def row(self) -> Mapping[str, int]:
        return self.tables.actions[self.states[-1]]

    def feed(self, word: Word) -> bool:
        """Takes one word; False, and nothing but reductions done, where it does not fit."""
        actions, symbol = self.tables.actions, self._symbol(word)
        while True:
            state = self.states[-1]
            if symbol is Kind.END and state == self.tables.accept:
                return True
            action = actions[state].get(symbol)
            if action is None:
                return False
            if action >= 0:
                self._push(action, word, word.span.start, word.span.end)
                return True
            self._reduce(-action - 1)

    def _symbol(self, word: Word) -> str:
        """A name is a keyword where one can stand, and a name like any other elsewhere."""
        keyword = self.tables.keywords.get(word.text) if word.kind is Kind.NAME else None
        if keyword is None:
            return word.kind
        action = self.row().get(keyword)
        if action is None:
            return word.kind
        # LALR states share their lookahead: only trying tells whether the keyword fits here.
        return keyword if action >= 0 or self.accepts(keyword) else word.kind

    def break_statement(self, span: Span) -> None:
        """Puts a broken statement where one can stand, unwinding to the nearest such place."""
        while not self.accepts(BROKEN):
            self.states.pop()
            self.values.pop()
            self.starts.pop()
            self.ends.pop()
        while (action := self.row()[BROKEN]) < 0:
            self._reduce(-action - 1)
        self._push(action, None, span.start, span.end)

    def accepts(self, *symbols: str) -> bool:
        """Whether these symbols fit here, one after the other. Changes nothing."""
        states = self.states.copy()
        return all(self._advance(states, symbol) for symbol in symbols)

    def accepts_words(self, words: Iterable[Word], *before: str) -> bool:
        states = self.states.copy()
        if not all(self._advance(states, symbol) for symbol in before):
            return False
        return all(self._advance_word(states, word) for word in words)

    def expected(self) -> list[str]:
        return [symbol for symbol in self.row() if self.accepts(symbol)]

    @property
    def too_deep(self) -> bool:
        return len(self.states) > DEEPEST

    def result(self) -> Any:
        return self.values[-1]

    def _advance_word(self, states: list[int], word: Word) -> bool:
        keyword = self.tables.keywords.get(word.text) if word.kind is Kind.NAME else None
        if keyword is not None:
            copy = states.copy()
            if self._advance(copy, keyword):
                states[:] = copy
                return True
        return self._advance(states, word.kind)

    def _advance(self, states: list[int], symbol: str) -> bool:
        while True:
            if symbol is Kind.END and states[-1] == self.tables.accept:
                return True
            action = self.tables.actions[states[-1]].get(symbol)
            if action is None:
                return False
            if action >= 0:
                states.append(action)
                return True
            rule = self.tables.rules[-action - 1]
            if rule.length:
                del states[-rule.length :]
            states.append(self.tables.actions[states[-1]][rule.origin])

    def _push(self, state: int, value: Any, start: int, end: int) -> None:
        self.states.append(state)
        self.values.append(value)
        self.starts.append(start)
        self.ends.append(end)

    def _reduce(self, number: int) -> None:
        rule = self.tables.rules[number]
        count = rule.length
        if not count:
            here = self.ends[-1] if self.ends else 0
            value = [] if rule.inline else self.builders[rule.name]([], Span(here, here))
            self._push(self.tables.actions[self.states[-1]][rule.origin], value, here, here)
            return
        first = len(self.values) - count
        children: list[Any] = []
        for place in rule.keeps:
            child = self.values[first + place]
            if type(child) is list:
                # The first list is taken over, not copied: lists grow by one word at a time.
                children = _extended(children, child)
            elif child is not None:
                children.append(child)
        start, end = self.starts[first], self.ends[-1]
        del self.states[-count:], self.values[first:], self.starts[first:], self.ends[first:]
        value = children if rule.inline else self.builders[rule.name](children, Span(start, end))
        self._push(self.tables.actions[self.states[-1]][rule.origin], value, start, end)


def _extended(children: list[Any], more: list[Any]) -> list[Any]:
    if not children:
        return more
    children.extend(more)
    return children
