"""Every name that a file declares or mentions, and whose it is."""

from collections.abc import Iterator
from dataclasses import fields
from enum import StrEnum
from typing import NamedTuple

from envc.source import Span
from envc.syntax import nodes
from envc.syntax.words import Kind, Word


class Sort(StrEnum):
    """What a name names. Values are said to people."""

    APP = "app"
    PACKAGE = "package"
    TOOLCHAIN = "toolchain"
    TARGETS = "target set"
    SITE = "site"
    CAMPAIGN = "campaign"
    VARIANT = "variant"
    RUN = "run"
    SPEC = "spec"  # behind `use`
    TARGET = "target"


class Mention(NamedTuple):
    sort: Sort
    name: str
    span: Span
    declares: bool
    owner: str = ""
    """The app or package whose variant or run it is; empty for what the file declares."""


def mentions(file: nodes.SpecFile) -> tuple[Mention, ...]:
    """In the order in which they are written."""
    found = [mention for item in file.items for mention in _Reader(file, item).read()]
    return tuple(sorted(set(found), key=lambda each: each.span))


def mention_at(file: nodes.SpecFile, offset: int) -> Mention | None:
    touching = [m for m in mentions(file) if m.span.start <= offset <= m.span.end]
    return touching[-1] if touching else None


class _Reader:
    def __init__(self, file: nodes.SpecFile, item: nodes.Item) -> None:
        self.file = file
        self.item = item
        self.sets = {each.name.text for each in file.items if isinstance(each, nodes.TargetSet)}
        self.owners = _owners(file, item)

    def read(self) -> Iterator[Mention]:
        item = self.item
        match item:
            case nodes.App():
                yield _declared(Sort.APP, item.name)
            case nodes.Package():
                yield _declared(Sort.PACKAGE, item.name)
            case nodes.Toolchain():
                yield _declared(Sort.TOOLCHAIN, item.name)
            case nodes.Site():
                yield _declared(Sort.SITE, item.name)
            case nodes.Campaign():
                yield _declared(Sort.CAMPAIGN, item.name)
            case nodes.TargetSet():
                yield _declared(Sort.TARGETS, item.name)
                yield from map(self._target, item.members)
            case nodes.Use():
                yield _said(Sort.SPEC, item.path)
            case nodes.Header():
                pass
        for node in _below(item):
            yield from self._node(node)

    def _node(self, node: nodes.Node) -> Iterator[Mention]:
        match node:
            case nodes.Variant():
                yield _declared(Sort.VARIANT, node.name, self.item_name)
            case nodes.Run():
                yield _declared(Sort.RUN, node.name, self.item_name)
            case nodes.VariantIs():
                yield from (_said(Sort.VARIANT, node.variant, owner) for owner in self.owners)
            case nodes.Using():
                yield _said(Sort.TOOLCHAIN, node.toolchain)
            case nodes.Include():
                yield from self._request(Sort.APP, node.request)
            case nodes.Need() | nodes.ToolchainPart() | nodes.Host():
                yield from self._request(Sort.PACKAGE, node.request)
            case nodes.Setting() | nodes.Fact():
                yield from self._setting(node)
            case nodes.Matrix():
                yield from self._matrix(node)
            case nodes.Cpu() | nodes.CpuRange() | nodes.Targets():
                yield from map(self._target, _target_words(node))
            case _:
                pass  # it names nothing of the file

    def _matrix(self, node: nodes.Matrix) -> Iterator[Mention]:
        for row in node.rows:
            if isinstance(row, nodes.Setting) and row.key.text != "target":
                yield _said(Sort.VARIANT, row.key, self.item_name)

    @property
    def item_name(self) -> str:
        return self.item.name.text if isinstance(self.item, nodes.App | nodes.Package) else ""

    def _target(self, word: Word) -> Mention:
        return _said(Sort.TARGETS if word.text in self.sets else Sort.TARGET, word)

    def _request(self, sort: Sort, request: nodes.Request) -> Iterator[Mention]:
        yield _said(sort, request.name)
        for option in request.options:
            yield _said(Sort.VARIANT, option.variant, request.name.text)

    def _setting(self, node: nodes.Setting | nodes.Fact) -> Iterator[Mention]:
        words = [item[0] for item in node.items if item and item[0].kind is Kind.NAME]
        match node.key.text:
            case "target" | "targets" | "prefer":
                yield from map(self._target, words)
            case "sites":
                yield from (_said(Sort.SITE, word) for word in words)
            case "after":
                yield from (_said(Sort.RUN, word, self.item_name) for word in words)
            case _:
                pass


def _owners(file: nodes.SpecFile, item: nodes.Item) -> tuple[str, ...]:
    """Whose variants a condition in this item asks about: a toolchain's are its users'."""
    if isinstance(item, nodes.App | nodes.Package):
        return (item.name.text,)
    if isinstance(item, nodes.Campaign):
        return tuple(s.request.name.text for s in item.body if isinstance(s, nodes.Include))
    if not isinstance(item, nodes.Toolchain):
        return ()
    return tuple(
        app.name.text
        for app in file.items
        if isinstance(app, nodes.App)
        for line in app.body
        if isinstance(line, nodes.Using) and line.toolchain.text == item.name.text
    )


def _target_words(node: nodes.Cpu | nodes.CpuRange | nodes.Targets) -> tuple[Word, ...]:
    match node:
        case nodes.Cpu():
            return (node.name,)
        case nodes.CpuRange():
            return tuple(word for word in (node.low, node.high) if word is not None)
        case nodes.Targets():
            return node.names


def _below(node: nodes.Node) -> Iterator[nodes.Node]:
    for each in fields(node):
        value = getattr(node, each.name)
        for child in value if isinstance(value, tuple) else (value,):
            if isinstance(child, nodes.Node):
                yield child
                yield from _below(child)


def _declared(sort: Sort, word: Word, owner: str = "") -> Mention:
    return Mention(sort, word.text, word.span, True, owner)


def _said(sort: Sort, word: Word, owner: str = "") -> Mention:
    return Mention(sort, word.text, word.span, False, owner)
