"""From a statement to its shape: a line, a block, or whichever of the two its width allows."""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from envc import vocabulary
from envc.source import Span
from envc.syntax import nodes
from envc.syntax.layout import spelling
from envc.syntax.layout.margin import Margin
from envc.syntax.layout.rows import Lined, after, keyed, row
from envc.syntax.layout.shapes import Block, Column, Row, flat, joined, listed, text
from envc.syntax.nodes import Item, Setting, Statement
from envc.syntax.several import several
from envc.syntax.words import Word
from envc.vocabulary import Keys

OPEN: Keys = {}
"""The keys of a block that somebody else names: nothing is known of their values."""
_CONDITIONS = {"when", "on"}
_CLAUSES = {"for", "from", *_CONDITIONS}


class Shaper:
    def __init__(self, margin: Margin) -> None:
        self._margin = margin

    def item(self, node: Item) -> Row | Block:
        match node:
            case nodes.Header(span, version):
                return Row(nodes.Header, text(f"envc {version.text}", span))
            case nodes.Use(span, path):
                return Row(nodes.Use, text(f"use {path.text}", span))
            case nodes.TargetSet(_, name, members):
                key = text(f"targets {name.text}", name.span)
                return self._noted(
                    Row(nodes.TargetSet, key, (after("= ", spelling.names(members)),))
                )
            case nodes.Toolchain(span, name, parts):
                return self._block("toolchain", name, span, parts)
            case nodes.Package(span, name, body):
                return self._block("package", name, span, body)
            case nodes.App(span, name, versions, body):
                named = (
                    Word(name.kind, name.text + versions.text, versions.span) if versions else name
                )
                return self._block("app", named, span, body)
            case nodes.Site(span, name, body):
                return self._block("site", name, span, body, vocabulary.SITE)
            case nodes.Campaign(span, name, body):
                return self._block("campaign", name, span, body, vocabulary.CAMPAIGN)
            case _:
                assert_never(node)

    def _statement(self, node: Statement | Lined, keys: Keys) -> Row | Block:  # noqa: C901
        match node:
            case nodes.CodeSource():
                return self._source(node)
            case nodes.Needs():
                return self._needs(node)
            case nodes.Build():
                return self._build(node)
            case nodes.Flags(span, settings):
                return self._block("flags", None, span, settings)
            case nodes.Environment(span, settings):
                return self._block("env", None, span, settings)
            case nodes.Matrix(span, rows):
                return self._block("matrix", None, span, rows)
            case nodes.Run(span, name, settings):
                return self._block("run", name, span, settings, vocabulary.RUN)
            case nodes.Provider(span, name, needs):
                return self._block("provider", name, span, needs)
            case nodes.Scheduler():
                return self._facts("scheduler", node, vocabulary.SCHEDULER)
            case nodes.Partition():
                return self._facts("partition", node, vocabulary.PARTITION)
            case _:
                return self._noted(row(node, keys))

    # ---- a line or a block ----------------------------------------------------------------------

    def _source(self, node: nodes.CodeSource) -> Row | Block:
        versions = node.versions.text if node.versions is not None else ""
        named = Word(
            node.kind.kind, f"{node.kind.text} {node.place.text}{versions}", node.place.span
        )
        block = self._block("source", named, node.span, node.attributes)
        if self._margin.any_in(node.span):
            return block
        said = (named.text, *(spelling.attribute(each) for each in node.attributes))
        line = keyed(node, "source", text(" ".join(said), node.span))
        # One hash beside a long address would gain nothing from a block.
        return replace(line, block=block) if len(node.attributes) > 1 else line

    def _needs(self, node: nodes.Needs) -> Row | Block:
        block = self._block("needs", None, node.span, node.needs)
        if not node.needs or any(
            each.roles or each.origin or each.condition for each in node.needs
        ):
            return block
        line = keyed(node, "needs", listed(spelling.request(each.request) for each in node.needs))
        if any(_reads_as_clause(each.request) for each in node.needs):
            return self._noted(line)
        return block if self._margin.any_in(node.span) else replace(line, block=block)

    def _build(self, node: nodes.Build) -> Row | Block:
        last = node.condition.span if node.condition is not None else node.system.span
        within = Span(last.end, node.span.end)
        if not node.settings and not self._margin.any_in(within):
            return self._noted(keyed(node, "build", spelling.word(node.system), node.condition))
        named = text(f"build {node.system.text}", node.system.span)
        head = joined(named, spelling.condition(node.condition))
        body = self._margin.body(node.settings, within, lambda each: self._statement(each, OPEN))
        return Block(self._margin.noted(head), body)

    def _facts(self, key: str, node: nodes.Scheduler | nodes.Partition, keys: Keys) -> Row | Block:
        """`partition genoa { target zen4  cores 192 }` where that fits a line."""
        block = self._block(key, node.name, node.span, node.settings, keys)
        if self._margin.any_in(node.span) or not _share_a_line(node.settings, keys):
            return block
        name = keyed(node, key, spelling.word(node.name))
        if not node.settings and isinstance(node, nodes.Scheduler):
            return name
        inside = text(_facts(node.settings, keys), node.span)
        return Row(name.shape, name.key, (*name.columns, Column(inside, gap=1, lone=1)), block)

    # ---- what both are made of ------------------------------------------------------------------

    def _block(
        self,
        key: str,
        name: Word | None,
        span: Span,
        rows: Sequence[Statement | Lined],
        keys: Keys = OPEN,
    ) -> Block:
        within = span if name is None else Span(name.span.end, span.end)
        body = self._margin.body(rows, within, lambda each: self._statement(each, keys))
        return Block(text(key if name is None else f"{key} {name.text}", span), body)

    def _noted(self, row: Row) -> Row:
        """The row with the comments that stand inside its lists."""
        columns = tuple(
            column._replace(cell=self._margin.noted(column.cell)) for column in row.columns
        )
        return replace(row, key=self._margin.noted(row.key), columns=columns)


def _reads_as_clause(request: nodes.Request) -> bool:
    """In a block `on=1` behind a name would begin a condition."""
    return any(each.sign == "=" and each.variant.text in _CLAUSES for each in request.options)


# ---- several facts on a line --------------------------------------------------------------------


def _facts(settings: Sequence[Setting], keys: Keys) -> str:
    said = (
        (each.key.text, spelling.items(each.items, keys.get(each.key.text))) for each in settings
    )
    facts = "  ".join(f"{key} {flat(value)}" for key, value in said)
    return f"{{ {facts} }}" if facts else "{ }"


def _share_a_line(settings: Sequence[Setting], keys: Keys) -> bool:
    """Whether these facts, written on one line, are still told apart."""
    if not settings:
        return True
    first, *rest = settings
    if any(each.condition for each in settings):
        return False
    if any(each.items[0][0].text in _CONDITIONS for each in rest):
        return False
    items = [[*item] for item in first.items]
    for each in rest:
        items[-1] += (each.key, *each.items[0])
        items += ([*item] for item in each.items[1:])
    line = Setting(first.span, first.key, tuple(tuple(item) for item in items), None)
    return [_said(each) for each in several(line, keys)] == [_said(each) for each in settings]


def _said(setting: Setting) -> tuple[str, nodes.Items]:
    return setting.key.text, setting.items
