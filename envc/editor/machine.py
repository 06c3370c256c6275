"""The grammar as an editor can follow it: a finite machine over the words of a line.

A highlighter has to know that `test` is a keyword in one place and a package's name in another, and
has no parser. So the stacks of the parser's tables are walked once, from the start of every kind of
block, and stacks that call for the same colours are made one state. Two things are let go: how deep
parentheses and `not` are nested, since they change no colour, and what may not follow: a word that
fits nowhere leaves the machine where it is.
"""

import json
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from envc import data
from envc.editor.words import CLASS_OF, Class
from envc.syntax.tables import BROKEN, Tables, load
from envc.syntax.words import Kind

Stack = tuple[int, ...]
Row = dict[str, Stack]

_LETS_GO = frozenset({"LPAR", "RPAR", "NOT"})
_KEYED = ("setting", "attribute")
_FILE = ("grammar", "editors", "machine.json")
_DEFINES = ("APP", "PACKAGE", "TOOLCHAIN", "SITE", "CAMPAIGN", "VARIANT", "RUN", "PARTITION")


class Step(NamedTuple):
    symbol: str
    """A keyword as it is written, or the kind of a word."""
    shown: Class
    to: int


@dataclass(frozen=True, slots=True)
class State:
    steps: tuple[Step, ...]
    block: int
    """The state in which the block begins that a `{` opens here."""


@dataclass(frozen=True, slots=True)
class Machine:
    """A newline leads back to the block's start, but behind a comma or `|` at the end of a line."""

    states: tuple[State, ...]
    """The first is the file's start."""


CONTINUES = frozenset({Kind.COMMA, Kind.VBAR})


def build() -> Machine:
    tables = load()
    rows = _walk(tables)
    texts = {name: text for text, name in tables.keywords.items()}
    return _numbered(_Merged(rows, _Colours(tables), texts), (tables.start,))


@cache
def read() -> Machine:
    """As it was built last: the walk takes half a second."""
    states = json.loads(data.read(*_FILE))
    return Machine(
        tuple(
            State(tuple(Step(symbol, Class(shown), to) for symbol, shown, to in steps), block)
            for steps, block in states
        )
    )


def to_json(machine: Machine) -> str:
    """One state a line, so that a change of the grammar shows as a readable diff."""
    lines = (json.dumps([state.steps, state.block]) for state in machine.states)
    return "[\n" + ",\n".join(lines) + "\n]\n"


# ---- every stack that a line can lead to --------------------------------------------------------


def _walk(tables: Tables) -> dict[Stack, Row]:
    symbols = [*tables.keywords.values(), *CLASS_OF]
    rows: dict[Stack, Row] = {}
    waiting: deque[Stack] = deque([(tables.start,)])
    while waiting:
        stack = waiting.popleft()
        if stack not in rows:
            rows[stack] = dict(_row(tables, stack, symbols))
            waiting.extend(rows[stack].values())
    return rows


def _row(tables: Tables, stack: Stack, symbols: list[str]) -> Iterator[tuple[str, Stack]]:
    for symbol in symbols:
        after = None if symbol == Kind.RBRACE else _after(tables, stack, symbol)
        if after is None:
            continue
        if symbol in _LETS_GO:
            yield symbol, stack
        elif symbol == Kind.LBRACE:
            yield symbol, after[-1:]  # a block is the same wherever it stands
        else:
            further = _after(tables, after, Kind.NEWLINE) if symbol in CONTINUES else None
            yield symbol, _plain(further or after)


def _after(tables: Tables, stack: Stack, symbol: str) -> Stack | None:
    states = list(stack)
    while True:
        action = tables.actions[states[-1]].get(symbol)
        if action is None:
            return None
        if action >= 0:
            return (*states, action)
        rule = tables.rules[-action - 1]
        if rule.length:
            del states[-rule.length :]
        states.append(tables.actions[states[-1]][rule.origin])


def _plain(stack: Stack) -> Stack:
    """Without its cycles: what is nested twice is coloured as what is nested once."""
    plain: list[int] = []
    for state in stack:
        if state in plain:
            del plain[plain.index(state) :]
        plain.append(state)
    return tuple(plain)


# ---- stacks that call for the same colours ------------------------------------------------------


class _Colours:
    """What a name is in a state of the tables, and what kind of keyword a keyword is."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.begins = {
            symbol for row in tables.actions if BROKEN in row for symbol in row if symbol.isupper()
        }
        self.keys = {
            row[Kind.NAME]
            for row in tables.actions
            if Kind.NAME in row and any(rule in row for rule in _KEYED)
        }
        self.defining = {
            row[symbol] for row in tables.actions for symbol in _DEFINES if row.get(symbol, -1) >= 0
        }
        self.defining.add(tables.actions[tables.start]["TARGETS"])  # in an app it names none

    def keyword(self, symbol: str) -> Class:
        return Class.KEYWORD if symbol in self.begins else Class.MODIFIER

    def name(self, stack: Stack, row: Row) -> Class | None:
        """What a name is behind this stack; None where there can be none."""
        if Kind.NAME not in row:
            return None
        if row[Kind.NAME][-1] in self.keys:
            return Class.KEY
        return Class.DEFINITION if stack[-1] in self.defining else Class.NAME


class _Merged:
    """Joins states greedily wherever no word would be coloured in two ways."""

    def __init__(self, rows: dict[Stack, Row], colours: _Colours, texts: Mapping[str, str]) -> None:
        self.texts, self.colours = texts, colours
        self.first = _alike(rows, colours)
        self.rows: dict[int, dict[str, int]] = {}
        self.names: dict[int, Class | None] = {}
        for stack, row in rows.items():
            number = self.first[stack]
            self.rows[number] = {symbol: self.first[to] for symbol, to in row.items()}
            self.names[number] = colours.name(stack, row)
        self.leader = {number: number for number in self.rows}
        self._join_all()

    def find(self, number: int) -> int:
        while self.leader[number] != number:
            number = self.leader[number]
        return number

    def _join_all(self) -> None:
        kept: list[int] = []
        for number in sorted(self.rows):
            if self.find(number) != number:
                continue
            if not any(self._join(one, number) for one in kept if self.find(one) == one):
                kept.append(number)

    def _join(self, one: int, other: int) -> bool:
        before = self.leader.copy(), {n: dict(r) for n, r in self.rows.items()}, dict(self.names)
        waiting = [(one, other)]
        while waiting:
            a, b = (self.find(each) for each in waiting.pop())
            if a == b:
                continue
            if self._differ(a, b) or self._differ(b, a):
                self.leader, self.rows, self.names = before
                return False
            self.leader[b] = a
            self.names[a] = self.names[a] or self.names[b]
            for symbol, to in self.rows[b].items():
                mine = self.rows[a].setdefault(symbol, to)
                waiting.append((mine, to))
        return True

    def _differ(self, a: int, b: int) -> bool:
        """Whether a name of `b` would be a keyword or another kind of name in `a`."""
        other = self.rows[b]
        if Kind.NAME not in other:
            return False
        if self.names[a] not in (None, self.names[b]):
            return True
        return any(symbol in self.texts and symbol not in other for symbol in self.rows[a])


def _alike(rows: dict[Stack, Row], colours: _Colours) -> dict[Stack, int]:
    """The coarsest partition in which like states have the same words and lead to like states."""
    part = _numbers({s: (colours.name(s, row), *sorted(row)) for s, row in rows.items()})
    while True:
        finer = _numbers({
            stack: (part[stack], *((symbol, part[to]) for symbol, to in sorted(row.items())))
            for stack, row in rows.items()
        })  # fmt: skip
        if len(set(finer.values())) == len(set(part.values())):
            return finer
        part = finer


def _numbers(kinds: Mapping[Stack, object]) -> dict[Stack, int]:
    ids: dict[object, int] = {}
    return {stack: ids.setdefault(kind, len(ids)) for stack, kind in kinds.items()}


# ---- the machine ---------------------------------------------------------------------------------


def _numbered(merged: _Merged, start: Stack) -> Machine:
    order = [merged.find(merged.first[start])]
    for number in order:
        for _, to in sorted(merged.rows[number].items()):
            if merged.find(to) not in order:
                order.append(merged.find(to))
    place = {number: position for position, number in enumerate(order)}
    return Machine(tuple(_state(merged, number, place) for number in order))


def _state(merged: _Merged, number: int, place: Mapping[int, int]) -> State:
    row = {symbol: place[merged.find(to)] for symbol, to in merged.rows[number].items()}
    keywords = [
        Step(merged.texts[symbol], merged.colours.keyword(symbol), to)
        for symbol, to in sorted(row.items())
        if symbol in merged.texts
    ]
    others = [
        Step(kind, shown, row.get(kind, place[number]))
        for kind, shown in CLASS_OF.items()
        if kind not in (Kind.LBRACE, Kind.RBRACE, Kind.NAME)
    ]
    name = Step(Kind.NAME, merged.names[number] or Class.NAME, row.get(Kind.NAME, place[number]))
    return State((*keywords, *others, name), row.get(Kind.LBRACE, 0))
