"""A lock as text and back: TOML in small sorted blocks, one fact a line, one way to write it.

TOML, because people and other programs read it, and small blocks, because they merge: two people
who change different blocks do not meet. Nothing in the file depends on another block, and no digest
covers the whole of it. The standard library reads TOML; the writer is ours, because the text has to
be the same bytes for the same lock.
"""

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields
from typing import Any, NamedTuple

from envc.facts.problem import Problem
from envc.lock.model import BLOCKS, VERSION, Block, Lock

_HEAD = "# Written by envc; `envc lock --check` compares it with the spec."
_AGAIN = "write it again with `envc lock`"
_NAMES = {kind.TABLE: name for name, kind in BLOCKS.items()}

Value = str | int | tuple[str, ...]


class NewerLock(Problem):
    """A lock that is right, only not for this envc."""


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
    said = json.dumps(value, ensure_ascii=False)
    return said.replace("\x7f", "\\u007f")


def _lines(values: tuple[str, ...]) -> str:
    return "".join(("[\n", *(f"  {_said(value)},\n" for value in values), "]"))


# ---- reading -------------------------------------------------------------------------------------


def read(text: str) -> Lock | Problem:
    """A lock, or why it is none. What is read is exactly what `write` would have written."""
    lock = parse(text)
    if isinstance(lock, Lock) and write(lock) != text:
        return _edited()
    return lock


def parse(text: str) -> Lock | Problem:
    """What a text says, in whatever order and layout: for one side of a merge, or to be mended."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        return _no_toml(text, problem)
    version = found.get("lock-version")
    if not isinstance(version, int):
        return Problem("this file does not say which version of a lock it is", _AGAIN)
    if version > VERSION:
        return NewerLock(
            f"this lock has version {version}, and this envc reads up to {VERSION}",
            "use the envc that wrote it, or a newer one",
        )
    return _lock(found) or _edited()


def _edited() -> Problem:
    return Problem("this lock is not as envc writes it: it was edited or merged", _AGAIN)


def _no_toml(text: str, problem: tomllib.TOMLDecodeError) -> Problem:
    if any(line.startswith(("<<<<<<< ", ">>>>>>> ")) for line in text.splitlines()):
        return Problem("this lock holds both sides of a merge", _AGAIN)
    return Problem(f"this is not a lock: {problem}", _AGAIN)


def _lock(found: Mapping[str, Any]) -> Lock | None:
    """None where something is not of its type; `write` then tells what is missing or too much."""
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
