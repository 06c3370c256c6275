"""A lock as text and back: TOML in small sorted blocks, one fact a line, one way to write it.

TOML, because people and other programs read it, and small blocks, because they merge: two people
who change different blocks do not meet. Nothing in the file depends on another block, and no digest
covers the whole of it. The writer is ours, because the text has to be the same bytes for the same
lock. So the reader may be hasty: what it read is written again, and counts where that is the text.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields
from itertools import takewhile
from typing import Any, NamedTuple

from envc.facts.problem import Problem
from envc.lock.model import BLOCKS, VERSION, Block, Lock

_HEAD = "# Written by envc; `envc lock --check` compares it with the spec."
_NAMES = {kind.TABLE: name for name, kind in BLOCKS.items()}

_JSON = json.JSONEncoder(ensure_ascii=False)
_LONGEST = 20
"""Digits of a number: Python refuses to read thousands of them."""

Value = str | int | tuple[str, ...]


class Field(NamedTuple):
    name: str
    key: str
    kind: type[str] | type[int] | type[tuple[str, ...]]
    default: Value | None
    """None where it cannot be left out."""
    lines: bool


def _fields(kind: type[Block]) -> Iterator[Field]:
    for each in fields(kind):  # type: ignore[arg-type]  # each kind is a dataclass
        yield Field(
            each.name,
            each.name.replace("_", "-"),
            each.type if each.type in {str, int} else tuple,
            None if each.default is MISSING else each.default,
            each.name in kind.LINES,
        )


FIELDS: dict[str, tuple[Field, ...]] = {name: tuple(_fields(kind)) for name, kind in BLOCKS.items()}
"""The facts of each kind of block, in the order in which they are written."""


# ---- writing -------------------------------------------------------------------------------------


def write(lock: Lock) -> str:
    blocks = [*head(lock), *_blocks(lock)]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def head(lock: Lock) -> list[list[str]]:
    """The lines of what stands before the first block."""
    data = [
        "[archspec]",
        f"version = {_said(lock.archspec)}",
        f"digest = {_said(lock.archspec_digest)}",
    ]
    return [[_HEAD, f"lock-version = {VERSION}"], data]


def _blocks(lock: Lock) -> Iterator[list[str]]:
    for name in BLOCKS:
        for block in sorted(getattr(lock, name)):
            yield written(name, block)


def written(name: str, block: Block) -> list[str]:
    """The lines of one block; `name` is that of its kind in `BLOCKS`."""
    return [f"[[{block.TABLE}]]", *_facts(block, FIELDS[name])]


def place_of(text: str, block: Block) -> tuple[int, int] | None:
    """Where a block's first line begins and ends in the text of its lock."""
    start = text.find("\n".join(written(_NAMES[block.TABLE], block)))
    return (start, start + len(f"[[{block.TABLE}]]")) if start >= 0 else None


def _facts(block: Block, known: Iterable[Field]) -> Iterator[str]:
    for field in known:
        value = getattr(block, field.name)
        if value != field.default:
            yield f"{field.key} = {_lines(value) if field.lines else _said(value)}"


def _said(value: Value) -> str:
    # JSON's texts are TOML's, but for DEL, which TOML does not take as it is.
    said = _JSON.encode(value)
    return said.replace("\x7f", "\\u007f")


def _lines(values: tuple[str, ...]) -> str:
    return "".join(("[\n", *(f"  {_said(value)},\n" for value in values), "]"))


# ---- reading -------------------------------------------------------------------------------------


def read(text: str) -> Lock | Problem:
    """A lock, or why it is none. What is read is exactly what `write` would have written."""
    lock = lock_of(_facts_of(text))
    if lock is not None and write(lock) == text:
        return lock
    # A reader of all of TOML takes longer than the rest of a check: only what is refused, and what
    # has letters that are escaped, needs it.
    from envc.lock import loose

    found = loose.parse(text)
    return loose.edited() if isinstance(found, Lock) and write(found) != text else found


def _facts_of(text: str) -> Mapping[str, Any]:
    """As a reader of TOML gives them, if `write` made this text; of another text, anything."""
    first, *pieces = (piece.split("\n") for piece in text.removesuffix("\n").split("\n\n"))
    found: dict[str, Any] = dict(_pairs(first))
    for heading, *lines in pieces:
        facts = dict(_pairs(lines))
        if heading.startswith("[["):
            found.setdefault(heading[2:-2], []).append(facts)
        else:
            found[heading[1:-1]] = facts
    return found


def _pairs(lines: Iterable[str]) -> Iterator[tuple[str, Any]]:
    rest = iter(lines)
    for line in rest:
        key, _, said = line.partition(" = ")
        if said == "[":
            yield key, [entry[3:-2] for entry in takewhile("]".__ne__, rest)]
        elif said.startswith("["):
            yield key, said[2:-2].split('", "') if said != "[]" else []
        elif said.startswith('"'):
            yield key, said[1:-1]
        elif said.isdecimal() and len(said) < _LONGEST:
            yield key, int(said)


def lock_of(found: Mapping[str, Any]) -> Lock | None:
    """None where something is not of its type; writing it shows what is missing or too much."""
    data = found.get("archspec")
    if not isinstance(data, dict):
        return None
    version, digest = data.get("version"), data.get("digest")
    if not isinstance(version, str) or not isinstance(digest, str):
        return None
    tables: dict[str, Any] = {}
    for name, kind in BLOCKS.items():
        blocks = [_block(name, facts) for facts in _tables(found.get(kind.TABLE, []))]
        if None in blocks:
            return None
        tables[name] = tuple(blocks)
    return Lock(version, digest, **tables)


def _tables(found: object) -> Iterator[Mapping[str, Any]]:
    """What is no table has none of a block's facts, and is refused for that."""
    for each in found if isinstance(found, list) else [found]:
        yield each if isinstance(each, dict) else {}


def _block(name: str, facts: Mapping[str, Any]) -> Block | None:
    values: dict[str, Value] = {}
    for field in FIELDS[name]:
        value = facts.get(field.key, field.default)
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            value = tuple(value)
        if not isinstance(value, field.kind) or isinstance(value, bool):
            return None
        values[field.name] = value
    return BLOCKS[name](**values)
