"""Texts and blocks in HCL, as Nomad's files have them.

`${` and `%{` begin a template in a text. Their first letter is spelt out: doubled, as is usual, it
would be read in more than one way where another of its kind stands before it.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Union

from envc.quoting.escaped import escaped

Value = str | int | bool | Sequence[str]
Body = Sequence[Union["Attribute", "Block"]]


class Attribute(NamedTuple):
    name: str
    value: Value


class Block(NamedTuple):
    name: str
    labels: tuple[str, ...]
    body: Body


class Template(str):
    """A text in which `${…}` and `%{…}` mean what they mean."""

    __slots__ = ()


def document(body: Body) -> str:
    return "".join(f"{line}\n" for line in _lines(body))


def string(text: str) -> str:
    shown = escaped(text)
    if not isinstance(text, Template):
        shown = shown.replace("${", "\\u0024{").replace("%{", "\\u0025{")
    return f'"{shown}"'


def _lines(body: Body) -> Iterator[str]:
    previous: Attribute | Block | None = None
    for each in body:
        if isinstance(each, Block):
            if previous is not None:
                yield ""
            labels = "".join(f" {string(label)}" for label in each.labels)
            yield f"{each.name}{labels} {{"
            yield from (f"  {line}" if line else "" for line in _lines(each.body))
            yield "}"
        else:
            if isinstance(previous, Block):
                yield ""
            yield from _attribute(each)
        previous = each


def _attribute(attribute: Attribute) -> Iterator[str]:
    name, value = attribute
    match value:
        case bool():
            yield f"{name} = {'true' if value else 'false'}"
        case int():
            yield f"{name} = {value}"
        case str():
            yield f"{name} = {string(value)}"
        case _ if value:
            yield f"{name} = ["
            yield from (f"  {string(each)}," for each in value)
            yield "]"
        case _:
            yield f"{name} = []"
