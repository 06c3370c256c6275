"""Statements of one line: which of their words stand in which column."""

from typing import assert_never

from envc.source import Span
from envc.syntax import nodes
from envc.syntax.layout import spelling
from envc.syntax.layout.shapes import EMPTY, Cell, Column, Row, framed, joined, listed, text
from envc.syntax.nodes import Condition, Node
from envc.syntax.words import Word
from envc.vocabulary import Keys

Lined = (
    nodes.Setting | nodes.Fact | nodes.Attribute | nodes.Need | nodes.Patch | nodes.Variant
    | nodes.Conflict | nodes.Using | nodes.Targets | nodes.Skip | nodes.Check | nodes.Emit
    | nodes.Versions | nodes.ToolchainPart | nodes.Host | nodes.Include
)  # fmt: skip


def row(node: Lined, keys: Keys) -> Row:  # noqa: C901, PLR0912 - a case for each statement
    match node:
        case nodes.Setting(_, key, said, condition):
            return keyed(node, key.text, spelling.items(said, keys.get(key.text)), condition)
        case nodes.Fact(_, key, said, condition):
            return keyed(node, key.text, spelling.items(said), condition)
        case nodes.Attribute(_, name, value):
            lone = Row(nodes.Attribute, spelling.word(value))
            return keyed(node, name.text, spelling.word(value)) if name is not None else lone
        case nodes.Need():
            return _need(node)
        case nodes.Patch(span, path, attributes, condition):
            whole = " ".join((path.text, *(spelling.attribute(each) for each in attributes)))
            return keyed(node, "patch", text(whole, span), condition)
        case nodes.Variant():
            return _variant(node)
        case nodes.Conflict(_, reason, condition):
            return keyed(node, "conflict", joined(spelling.word(reason), _when(condition)))
        case nodes.Using(_, toolchain, condition):
            return keyed(node, "using", spelling.word(toolchain), condition)
        case nodes.Targets(_, names):
            return keyed(node, "targets", spelling.names(names))
        case nodes.Skip(_, condition):
            return keyed(node, "skip", _when(condition))
        case nodes.Check(span, command, expect, condition):
            whole = command.text if expect is None else f"{command.text} expect {expect.text}"
            return keyed(node, "test", text(whole, span), condition)
        case nodes.Emit(_, names):
            return keyed(node, "emit", spelling.names(names))
        case nodes.Versions(_, numbers, origin):
            from_where = () if origin is None else (Column(_from(origin)),)
            return _with(keyed(node, "version", spelling.names(numbers)), *from_where)
        case nodes.ToolchainPart(_, languages, request, condition):
            asked = Column(spelling.request(request))
            part = Row(nodes.ToolchainPart, spelling.names(languages), (asked,))
            return _with(part, *_conditions(condition))
        case nodes.Host(_, request, place):
            where = () if place is None else (Column(spelling.word(place)),)
            return _with(keyed(node, "host", spelling.request(request)), *where)
        case nodes.Include(_, request, condition):
            return keyed(node, "include", spelling.request(request), condition)
        case _:
            assert_never(node)


def keyed(node: Node, key: str, value: Cell, condition: Condition | None = None) -> Row:
    start = Span(node.span.start, node.span.start)
    return Row(type(node), text(key, start), (Column(value, lone=1), *_conditions(condition)))


def after(lead: str, cell: Cell) -> Column:
    """`= a, b`: further lines stand below `a`."""
    return Column(framed(lead, cell), gap=1, lone=1, hang=len(lead))


def _with(row: Row, *columns: Column) -> Row:
    return Row(row.shape, row.key, (*row.columns, *columns))


def _when(condition: Condition) -> Cell:
    return spelling.condition(condition)


def _conditions(condition: Condition | None) -> tuple[Column, ...]:
    return () if condition is None else (Column(_when(condition), hang=2),)


def _from(origin: Word) -> Cell:
    return framed("from ", spelling.word(origin))


def _need(node: nodes.Need) -> Row:
    """`cmake@3.28:  for build from debian when …`: what is asked for, then what qualifies it."""
    clauses = EMPTY
    if node.roles:
        clauses = framed("for ", spelling.names(node.roles))
    if node.origin is not None:
        clauses = joined(clauses, _from(node.origin))
    if node.condition is not None:
        clauses = joined(clauses, _when(node.condition))
    asked = Column(spelling.request(node.request), gap=0, lone=0)
    return Row(nodes.Need, EMPTY, (asked, Column(clauses, hang=2)) if clauses else (asked,))


def _variant(node: nodes.Variant) -> Row:
    """`variant  gpu = none | cuda  default none  "about"`: each part in a column of its own."""
    parts = [Column(EMPTY, gap=1, lone=1), Column(EMPTY), Column(EMPTY)]
    if node.choices:
        parts[0] = after("= ", listed((spelling.word(each) for each in node.choices), " |"))
    if node.default is not None:
        parts[1] = Column(framed("default ", spelling.word(node.default)))
    if node.about is not None:
        parts[2] = Column(spelling.word(node.about))
    while parts and not parts[-1].cell:
        parts.pop()
    return _with(keyed(node, "variant", spelling.word(node.name)), *parts)
