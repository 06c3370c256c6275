"""Scheme laid out as `guix style` lays it out, which then finds nothing to change.

Guix' rules, in short: a form such as `package` has its first words beside its name and the rest
two columns in; a call has its arguments below each other where one of them is a list or there are
more than five; a keyword begins a line, with its value beside it.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeGuard

from envc.quoting import scheme
from envc.quoting.scheme import Keyword, Symbol


class Comment(NamedTuple):
    """A line of its own."""

    text: str


class Blank(NamedTuple):
    """An empty line."""


class Pair(NamedTuple):
    """`(name . value)`"""

    name: Symbol | str
    value: str | bool


Node = object
"""`str`, `int`, `bool`, `Symbol`, `Keyword`, `Pair`, `Comment`, `Blank`, or a tuple of these."""

_WIDTH = 78
_LONG = 5
_STRING = 40
"""From this length on, a string keeps the line ends that it has."""

_MARKS = {
    "quote": "'",
    "quasiquote": "`",
    "unquote": ",",
    "unquote-splicing": ",@",
    "gexp": "#~",
    "ungexp": "#$",
    "ungexp-splicing": "#$@",
}
_BINDING = frozenset({"quote", "quasiquote", "unquote", "unquote-splicing"})

_BESIDE = {
    "begin": 0,
    "channel": 0,
    "call-with-output-file": 1,
    "define": 1,
    "define*": 1,
    "define-public": 1,
    "lambda": 1,
    "lambda*": 1,
    "let": 1,
    "let*": 1,
    "modify-phases": 1,
    "origin": 0,
    "package": 0,
    "unless": 1,
    "when": 1,
    "with-directory-excursion": 1,
    "wrap-program": 1,
}
"""How many words stand beside the name of a form; the others stand below it."""
_BESIDE_IN_PHASES = {"add-after": 2, "add-before": 2, "replace": 1}

_ALONE: dict[str, tuple[str, ...]] = {
    "arguments": ("package",),
    "git-reference": ("uri", "origin", "source"),
    "introduction": ("channel",),
    "list": ("arguments", "package"),
    "sha256": ("origin", "source", "package"),
    "source": ("package",),
}
"""Names after which a line ends, where these forms are around them, the nearest first."""


def laid_out(nodes: Iterable[Node]) -> str:
    """A file."""
    page = _Page()
    for node in nodes:
        if isinstance(node, Comment):
            page.say(f"{scheme.comment(node.text)}\n")
        elif isinstance(node, Blank):
            page.say("\n")
        else:
            page.write(node, 0, 0, (), first=True)
            page.say("\n")
    return page.text


class _Page:
    """What was written so far. Methods take the column and give the one they end in."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def say(self, text: str) -> None:
        self._parts.append(text)

    def write(
        self, node: Node, indent: int, column: int, around: tuple[str, ...], *, first: bool
    ) -> int:
        """`first` of its line or list, so that no space belongs before it."""
        if isinstance(node, Comment):
            return self._comment(node, indent, column)
        if not _is_list(node):
            return self._atom(node, indent, column, around, first=first)
        head = _name(node)
        if head in _MARKS and len(node) == 2:
            self.say(("" if first else " ") + _MARKS[head])
            wider = len(_MARKS[head]) + (not first)
            return self.write(node[1], indent, column + wider, around, first=True)
        beside = _beside(head, around)
        if beside is None:
            return self._list(node, indent, column, around, first=first)
        return self._form(node, beside, column, around, first=first)

    def _form(
        self,
        node: tuple[Node, ...],
        beside: int,
        column: int,
        around: tuple[str, ...],
        *,
        first: bool,
    ) -> int:
        name, inside = _name(node), (_name(node), *around)
        self.say(("(" if first else " (") + name + (" " if beside else ""))
        indent = column + 2 + (not first)
        column = start = column + 1 + bool(beside) + (not first) + len(name)
        words, rest = node[1 : 1 + beside], node[1 + beside :]
        for place, each in enumerate(words):
            column = self.write(each, start, column, inside, first=place == 0)
        if len(words) == beside:
            column = self._new_line(indent)
        column = self._sequence(rest, indent, column, inside, first=True)
        self.say(")")
        return column + 1

    def _list(
        self,
        node: tuple[Node, ...],
        indent: int,
        column: int,
        around: tuple[str, ...],
        *,
        first: bool,
    ) -> int:
        inside = (_name(node), *around)
        rest = node[1:]
        if column >= _WIDTH:
            self._new_line(indent)
            column = indent + 1
        else:
            self.say("" if first else " ")
            column += 1 + (not first)
        self.say("(")
        behind = self.write(node[0], column, column, inside, first=True)
        breaks = _breaks(node, around)
        protrudes = behind >= _WIDTH or _protrudes(rest, behind + 1)
        below = breaks or protrudes or not isinstance(node[0], Symbol)
        indent = column if below else behind + 1
        start = self._new_line(indent) if breaks else behind
        end = self._sequence(rest, indent, start, inside, first=breaks)
        self.say(")")
        return end + 1

    def _sequence(
        self,
        nodes: Sequence[Node],
        indent: int,
        column: int,
        around: tuple[str, ...],
        *,
        first: bool,
    ) -> int:
        is_long = len(nodes) > _LONG
        delimited, joined = first, True
        for place, each in enumerate(nodes):
            comes_below = is_long or _has_parts(each) or _begins_a_line(each)
            breaks = comes_below and not (joined or delimited or isinstance(each, Comment))
            if breaks:
                column = self._new_line(indent)
            column = self.write(each, indent, column, around, first=breaks or delimited)
            delimited = isinstance(each, Comment)
            joined = isinstance(each, Keyword) and not _far(nodes[place + 1 :], around)
        return column

    def _comment(self, node: Comment, indent: int, column: int) -> int:
        if column != indent:
            self._new_line(indent)
        self.say(scheme.comment(node.text))
        return self._new_line(indent)

    def _atom(
        self, node: Node, indent: int, column: int, around: tuple[str, ...], *, first: bool
    ) -> int:
        text = _written(node, around)
        width = _widest(text)
        if column + 1 + width > _WIDTH and not first:
            self._new_line(indent)
            self.say(text)
            return indent + width
        self.say(text if first else f" {text}")
        return column + width + (not first)

    def _new_line(self, indent: int) -> int:
        self.say("\n" + " " * indent)
        return indent


def _beside(head: str, around: tuple[str, ...]) -> int | None:
    if around[:1] == ("modify-phases",) and head in _BESIDE_IN_PHASES:
        return _BESIDE_IN_PHASES[head]
    return _BESIDE.get(head)


def _breaks(node: tuple[Node, ...], around: tuple[str, ...]) -> bool:
    """Whether the line ends behind the first of a list."""
    head, rest = node[0], node[1:]
    if _name(node) in _ALONE and around[: len(_ALONE[_name(node)])] == _ALONE[_name(node)]:
        return True
    bindings = _is_list(head) and _name(head) not in _BINDING
    return bool(rest) and (bindings or isinstance(rest[0], Comment))


def _protrudes(nodes: Sequence[Node], indent: int) -> bool:
    for each in nodes:
        if isinstance(each, str) and indent + 2 + _widest(each) >= _WIDTH:
            return True
        if isinstance(each, Symbol) and indent + len(scheme.symbol(each.name)) >= _WIDTH:
            return True
        if (isinstance(each, bool) or each == ()) and indent + 2 >= _WIDTH:
            return True
    return False


def _far(rest: Sequence[Node], around: tuple[str, ...]) -> bool:
    """A value on a line of its own below its keyword: code for the build, but for arguments."""
    value = rest[0] if rest else None
    is_code = _is_list(value) and _name(value) == "gexp"
    return is_code and around[:3] == ("list", "arguments", "package")


def _begins_a_line(node: Node) -> bool:
    return isinstance(node, Keyword) and node.name != "allow-other-keys"


def _is_list(node: Node) -> TypeGuard[tuple[Node, ...]]:
    """One that is not empty."""
    return type(node) is tuple and node != ()


def _has_parts(node: Node) -> bool:
    return _is_list(node) or isinstance(node, Pair)


def _name(node: tuple[Node, ...]) -> str:
    """Of a form; empty where its first word is no name."""
    return node[0].name if isinstance(node[0], Symbol) else ""


def _written(node: Node, around: tuple[str, ...]) -> str:
    if isinstance(node, str):
        as_it_stands = around[:1] in {("synopsis",), ("description",)}
        if as_it_stands or (len(node) > _STRING and "\n" in node):
            return scheme.string_as_it_stands(node)
        return scheme.string(node)
    if isinstance(node, Symbol):
        return scheme.symbol(node.name)
    if isinstance(node, Keyword):
        return scheme.keyword(node.name)
    if isinstance(node, Pair):
        return f"({_written(node.name, ())} . {_written(node.value, ())})"
    if isinstance(node, bool):
        return "#t" if node else "#f"
    if isinstance(node, int):
        return f"#o{node:o}" if around[:1] == ("chmod",) else str(node)
    if node == ():
        return "()"
    raise TypeError(f"{node!r} has no way to be written in Scheme")


def _widest(text: str) -> int:
    return max(map(len, text.split("\n")))
