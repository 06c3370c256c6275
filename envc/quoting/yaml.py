"""A small part of YAML that every reader reads alike: mappings, lists, texts, numbers, yes and no.

What YAML 1.1 or 1.2 would take for anything but a text (`no`, `1e3`, `0x1f`, `2026-01-01`, `007`)
stands in quotes. Texts of several lines stand as they are where that is safe.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from envc.quoting.escaped import escaped

Yaml = str | int | bool | Sequence["Yaml"] | Mapping[str, "Yaml"]

_PLAIN = re.compile(r"[A-Za-z/][A-Za-z0-9_./-]*(?:[:@][A-Za-z0-9_./-]+)*", re.ASCII)
_MEANS_MORE = frozenset({"y", "n", "yes", "no", "true", "false", "on", "off", "null"})
_STEP = "  "


def document(value: Mapping[str, Yaml]) -> str:
    return "".join(f"{line}\n" for line in _mapping(value))


def string(text: str) -> str:
    """A text within one line."""
    if _PLAIN.fullmatch(text) and text.lower() not in _MEANS_MORE:
        return text
    return f'"{escaped(text)}"'


# ---- lines ---------------------------------------------------------------------------------------


def _mapping(value: Mapping[str, Yaml]) -> Iterator[str]:
    for name, each in value.items():
        first, *rest = _value(each)
        yield f"{string(name)}:{first}"
        yield from rest


def _value(value: Yaml) -> Iterator[str]:
    """What follows a colon on its line, then whole lines."""
    match value:
        case bool():
            yield " true" if value else " false"
        case int():
            yield f" {value}"
        case str():
            yield from _text(value)
        case Mapping():
            yield "" if value else " {}"
            yield from (f"{_STEP}{line}" if line else "" for line in _mapping(value))
        case _:
            yield "" if value else " []"
            yield from (line for each in value for line in _item(each))


def _item(value: Yaml) -> Iterator[str]:
    if isinstance(value, Mapping) and value:
        lines = _mapping(value)
        yield f"- {next(lines)}"
        yield from (f"{_STEP}{line}" if line else "" for line in lines)
    elif isinstance(value, Sequence) and not isinstance(value, str) and value:
        raise TypeError("a list within a list is nothing that is written here")
    else:
        first, *rest = _value(value)
        yield f"-{first}"
        yield from rest


def _text(text: str) -> Iterator[str]:
    lines = text.removesuffix("\n").split("\n")
    if not _may_stand(lines):
        yield f" {string(text)}"
        return
    yield " |" if text.endswith("\n") else " |-"
    yield from (f"{_STEP}{line}" if line else "" for line in lines)


def _may_stand(lines: Sequence[str]) -> bool:
    """Several lines, of which the first tells how far they are indented and the last is one."""
    is_text = len(lines) > 1 and bool(lines[0]) and bool(lines[-1])
    return is_text and lines[0][0] != " " and all(map(str.isprintable, lines))
