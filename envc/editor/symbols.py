"""The outline of a file."""

from typing import NamedTuple

from envc.source import Span
from envc.syntax import nodes
from envc.syntax.words import Word


class Symbol(NamedTuple):
    name: str
    detail: str
    whole: Span
    own: Span
    below: tuple["Symbol", ...] = ()


_ITEMS = {
    nodes.App: "app",
    nodes.Package: "package",
    nodes.Toolchain: "toolchain",
    nodes.Site: "site",
    nodes.Campaign: "campaign",
    nodes.TargetSet: "targets",
    nodes.Variant: "variant",
    nodes.Run: "run",
    nodes.Partition: "partition",
    nodes.Provider: "provider",
}


def symbols(file: nodes.SpecFile) -> tuple[Symbol, ...]:
    return tuple(symbol for item in file.items for symbol in _symbol(item))


def _symbol(node: nodes.Item | nodes.Statement) -> tuple[Symbol, ...]:
    kind = _ITEMS.get(type(node))
    name = getattr(node, "name", None)
    if kind is None or not isinstance(name, Word) or not name.text:
        return ()
    body: tuple[nodes.Statement, ...] = getattr(node, "body", ())
    below = tuple(symbol for line in body for symbol in _symbol(line))
    return (Symbol(name.text, kind, node.span, name.span, below),)
