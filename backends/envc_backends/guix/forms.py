"""The few forms of Scheme that a package of Guix is made of."""

import re
from collections.abc import Iterable, Iterator

from envc.quoting.scheme import Keyword, Symbol
from envc_backends.guix.layout import Node

OUTPUT: Node = (Symbol("ungexp"), Symbol("output"))
"""Where Guix has the package installed: only the build knows."""


def form(name: str, *rest: Node) -> tuple[Node, ...]:
    return (Symbol(name), *rest)


def quoted(node: Node) -> Node:
    return form("quote", node)


def for_the_build(node: Node) -> Node:
    """Code that runs where the package is built."""
    return form("gexp", node)


def listed(nodes: Iterable[Node]) -> Node:
    return form("list", *nodes)


def anyhow(*keys: str) -> Node:
    """The arguments of a phase: those it uses, and whatever else it is called with."""
    wanted = (Keyword("key"), *map(Symbol, keys)) if keys else (Keyword("key"),)
    return (*wanted, Keyword("allow-other-keys"))


def placed(text: str, prefix: str) -> Node:
    """A text in which what stands for the prefix is where Guix installs."""
    parts: list[Node] = list(_parts(text, prefix))
    if not parts:
        return ""
    if len(parts) == 1:
        return parts[0]
    return form("string-append", *parts)


def _parts(text: str, prefix: str) -> Iterator[Node]:
    pieces = re.split(re.escape(prefix) + r"(?![\w.+-])", text)
    for place, piece in enumerate(pieces):
        if place:
            yield OUTPUT
        if piece:
            yield piece


def variable(name: str, version: str) -> Symbol:
    """With the version in it, so that it hides no word of Scheme."""
    spelt = re.sub("[^A-Za-z0-9.+_-]", "-", f"{name}-{version or '0'}")
    return Symbol(spelt if spelt[0].isalpha() else f"app-{spelt}")
