"""YAML as values that know their lines. Only plain values: a tag makes nothing happen."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from envc.importing.found import Refused
from envc.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml import Node

_DEEPEST = 30
_MOST = 50_000
"""Values in a file, those that aliases repeat counted each time: aliases can make it endless."""


@dataclass(frozen=True, slots=True)
class Value:
    """One of the three is what it is; the others are empty."""

    line: int
    text: str | None = None
    listed: "tuple[Value, ...]" = ()
    mapped: "tuple[tuple[str, Value], ...]" = ()

    def get(self, key: str) -> "Value | None":
        return next((value for name, value in self.mapped if name == key), None)

    def elements(self) -> "tuple[Value, ...]":
        """Of a list; one value stands for a list of one."""
        is_one = bool(self.text) or self.mapped
        return (self,) if is_one else self.listed

    def texts(self) -> "Iterator[tuple[str, int]]":
        for each in self.elements():
            if each.text:
                yield each.text, each.line


def load(source: Source) -> Value | Refused:
    import yaml

    try:
        node = yaml.compose(source.text, Loader=yaml.SafeLoader)
        if node is None:
            return Refused(1, "this file holds nothing")
        return _value(node, 0, [0])
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        line = mark.line + 1 if mark is not None else 1
        return Refused(line, f"this is no YAML: {problem.problem or problem.context}")
    except yaml.YAMLError as problem:
        return Refused(1, f"this is no YAML: {str(problem).splitlines()[0]}")
    except RecursionError:
        return Refused(1, "this YAML is nested too deeply")
    except _TooMuchError:
        return Refused(1, "this YAML holds more than any list of packages")


class _TooMuchError(Exception):
    """Far below where anybody writes."""


def _value(node: "Node", depth: int, count: list[int]) -> Value:
    import yaml

    count[0] += 1
    if depth > _DEEPEST or count[0] > _MOST:
        raise _TooMuchError
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        pairs = (
            (str(key.value), _value(value, depth + 1, count))
            for key, value in node.value
            if isinstance(key, yaml.ScalarNode)
        )
        return Value(line, mapped=tuple(pairs))
    if isinstance(node, yaml.SequenceNode):
        return Value(line, listed=tuple(_value(each, depth + 1, count) for each in node.value))
    return Value(line, "" if node.tag.endswith(":null") else str(node.value))
