"""The grammar as parser tables: made by lark, kept beside the grammar, read in milliseconds.

`grammar/envc.lark` is the only source. lark needs 130 ms of start-up to read it, so its LALR tables
are kept in `grammar/tables.json`; a test holds the two together. Remake them with

    python -m envc.syntax.tables
"""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from envc import data

FILE = ("grammar", "tables.json")
END = "$END"
BROKEN = "BROKEN"


class Rule(NamedTuple):
    """One production. `keeps` are the positions of the symbols that a node is built from."""

    name: str  # its alias where it has one
    origin: str
    length: int
    keeps: tuple[int, ...]
    inline: bool  # `_name`: its children go to the rule above


class Tables(NamedTuple):
    actions: tuple[Mapping[str, int], ...]
    """For each state and symbol: n shifts to state n, -n-1 reduces by rule n."""
    rules: tuple[Rule, ...]
    start: int
    accept: int
    keywords: Mapping[str, str]
    """A keyword's text and the name of its terminal."""
    symbols: Mapping[str, str]
    """Punctuation and the name of its terminal."""
    patterns: tuple[tuple[str, str], ...]
    """The other terminals, in the order in which they are tried."""


@cache
def load() -> Tables:
    return _from_json(json.loads(data.read(*FILE)))


def from_grammar(text: str) -> Tables:
    """Compiles the grammar. Slow: for the test and for `python -m envc.syntax.tables`."""
    from lark import Lark

    lark = Lark(text, parser="lalr", lexer="contextual", start="file", maybe_placeholders=False)
    front: Any = lark.parser
    table = front.parser._parse_table  # noqa: SLF001 - lark has no public way to its tables
    order = _breadth_first(table)
    names = {state: number for number, state in enumerate(order)}
    rules: dict[Any, int] = {}
    actions: list[dict[str, int]] = []
    for state in order:
        row: dict[str, int] = {}
        for symbol, (action, what) in sorted(table.states[state].items()):
            if str(action) == "Shift":
                row[symbol] = names[what]
            else:
                row[symbol] = -rules.setdefault(what, len(rules)) - 1
        actions.append(row)
    keywords, symbols, patterns = _terminals(lark)
    return Tables(
        tuple(actions),
        tuple(_rule(rule) for rule in rules),
        names[table.start_states["file"]],
        names[table.end_states["file"]],
        keywords,
        symbols,
        patterns,
    )


def _breadth_first(table: Any) -> list[Any]:
    """States in an order that the grammar alone decides; lark's own numbers vary by run."""
    order = [table.start_states["file"]]
    seen = set(order)
    for state in order:
        for _, (action, what) in sorted(table.states[state].items()):
            if str(action) == "Shift" and what not in seen:
                seen.add(what)
                order.append(what)
    return order


def _rule(rule: Any) -> Rule:
    origin = str(rule.origin.name)
    keeps = tuple(
        place
        for place, symbol in enumerate(rule.expansion)
        if rule.options.keep_all_tokens or not (symbol.is_term and symbol.filter_out)
    )
    return Rule(
        str(rule.alias or origin), origin, len(rule.expansion), keeps, origin.startswith("_")
    )


def _terminals(lark: Any) -> tuple[dict[str, str], dict[str, str], tuple[tuple[str, str], ...]]:
    keywords: dict[str, str] = {}
    symbols: dict[str, str] = {}
    patterns: list[tuple[int, str, str]] = []
    for terminal in sorted(lark.terminals, key=lambda each: str(each.name)):
        text = str(terminal.pattern.value)
        if terminal.pattern.type == "str" and text.isalpha():
            keywords[text] = terminal.name
        elif terminal.pattern.type == "str" and len(text) == 1:
            symbols[text] = terminal.name
        else:
            patterns.append((-terminal.priority, terminal.name, terminal.pattern.to_regexp()))
    return keywords, symbols, tuple((name, pattern) for _, name, pattern in sorted(patterns))


def to_json(tables: Tables) -> str:
    """One state or rule a line, so that a change of the grammar shows as a readable diff."""
    parts = [
        ("actions", _lines(tables.actions)),
        ("rules", _lines(tables.rules)),
        ("start", str(tables.start)),
        ("accept", str(tables.accept)),
        ("keywords", json.dumps(tables.keywords)),
        ("symbols", json.dumps(tables.symbols)),
        ("patterns", _lines(tables.patterns)),
    ]
    return "{\n" + ",\n".join(f'"{name}": {value}' for name, value in parts) + "\n}\n"


def _lines(values: Any) -> str:
    return "[\n" + ",\n".join(json.dumps(value, separators=(",", ":")) for value in values) + "\n]"


def _from_json(read: Any) -> Tables:
    return Tables(
        tuple(read["actions"]),
        tuple(
            Rule(name, origin, n, tuple(keeps), inl)
            for name, origin, n, keeps, inl in read["rules"]
        ),
        read["start"],
        read["accept"],
        read["keywords"],
        read["symbols"],
        tuple((name, pattern) for name, pattern in read["patterns"]),
    )


if __name__ == "__main__":
    with open(data.path(*FILE), "w", encoding="utf-8") as file:
        file.write(to_json(from_grammar(data.read("grammar", "envc.lark"))))
