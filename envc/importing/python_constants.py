"""What Python source says without being run: constants, and what is put together from them.

Only these are understood: literals, names set before, `+` of texts and lists, and `%`, `format`
and f-strings that put texts in places. All else is unknown, which is a value here.
"""

import ast
import re
import warnings
from collections.abc import Mapping
from typing import Any

from envc.importing.found import Refused
from envc.source import Source


class _Unknown:
    def __repr__(self) -> str:
        return "…"


UNKNOWN = _Unknown()
"""What only running the file would tell."""
_LONGEST = 65_536
_DEEPEST = 60


def tree(source: Source) -> ast.Module | Refused:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source.text)
    except SyntaxError as problem:
        return Refused(problem.lineno or 1, f"this is no Python: {problem.msg}")
    except (RecursionError, MemoryError, ValueError):
        return Refused(1, "this is no Python that can be read: it is nested too deeply")


def value(node: ast.expr, names: Mapping[str, Any], depth: int = 0) -> Any:
    """Texts, numbers, lists, tuples, dictionaries; `UNKNOWN` wherever part of it is."""
    if depth > _DEEPEST:
        return UNKNOWN
    match node:
        case ast.Constant(value=constant):
            return constant
        case ast.Name(id=name):
            return names.get(name, UNKNOWN)
        case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
            read = [value(each, names, depth + 1) for each in items]
            return tuple(read) if isinstance(node, ast.Tuple) else read
        case ast.Dict(keys=keys, values=values):
            pairs = zip(keys, values, strict=True)
            return {
                str(value(key, names, depth + 1)): value(each, names, depth + 1)
                for key, each in pairs
                if key is not None
            }
        case ast.BinOp(left=left, op=ast.Add() | ast.Mod(), right=right):
            one, other = value(left, names, depth + 1), value(right, names, depth + 1)
            return _sum(one, other) if isinstance(node.op, ast.Add) else _filled(one, other)
        case ast.JoinedStr(values=parts):
            return _joined(parts, names, depth)
        case ast.Call(func=ast.Attribute(value=template, attr="format"), args=args, keywords=named):
            text = value(template, names, depth + 1)
            given = {str(place): value(each, names, depth + 1) for place, each in enumerate(args)}
            given |= {each.arg: value(each.value, names, depth + 1) for each in named if each.arg}
            return _formatted(text, given)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
            return -number
        case _:
            return UNKNOWN


def _sum(one: Any, other: Any) -> Any:
    """Of two of one kind, and no longer than what people write."""
    if type(one) is not type(other) or not isinstance(one, str | list | tuple):
        return UNKNOWN
    return one + other if len(one) + len(other) < _LONGEST else UNKNOWN


def _joined(parts: list[ast.expr], names: Mapping[str, Any], depth: int) -> Any:
    texts: list[str] = []
    for part in parts:
        inner = part.value if isinstance(part, ast.FormattedValue) else part
        plain = not isinstance(part, ast.FormattedValue) or part.format_spec is None
        read = value(inner, names, depth + 1) if plain else UNKNOWN
        if not _is_printed(read):
            return UNKNOWN
        texts.append(str(read))
    return _bounded("".join(texts))


def _filled(template: Any, given: Any) -> Any:
    """`%s` and `%(name)s`; other ways of `%` may ask for any amount of memory."""
    if not isinstance(template, str):
        return UNKNOWN
    unnamed = iter(given if isinstance(given, tuple) else (given,))

    def put(match: re.Match[str]) -> str:
        if match[0] == "%%":
            return "%"
        if match[0] == "%":
            return "\0"
        named = given.get(match[1], UNKNOWN) if isinstance(given, dict) else UNKNOWN
        put_in = named if match[1] else next(unnamed, UNKNOWN)
        return str(put_in) if _is_printed(put_in) else "\0"

    return _bounded(re.sub(r"%(?:\((\w+)\))?s|%%|%", put, template))


def _formatted(template: Any, given: Mapping[str, Any]) -> Any:
    if not isinstance(template, str):
        return UNKNOWN
    count = iter(range(len(template)))

    def put(match: re.Match[str]) -> str:
        if match[0] in ("{{", "}}"):
            return match[0][0]
        if match[1] is None:
            return "\0"
        put_in = given.get(match[1] or str(next(count)), UNKNOWN)
        return str(put_in) if _is_printed(put_in) else "\0"

    return _bounded(re.sub(r"\{\{|\}\}|\{(\w*)\}|[{}]", put, template))


def _bounded(text: str) -> Any:
    """A NUL stands where something is unknown: no file that is read holds one."""
    return text if "\0" not in text and len(text) < _LONGEST else UNKNOWN


def _is_printed(read: Any) -> bool:
    return isinstance(read, str | int | float) and not isinstance(read, bool)
