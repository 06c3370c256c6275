"""A lock as text and back: TOML in small sorted blocks, one fact a line, one way to write it.

TOML, because its blocks merge: two people who change different blocks do not meet. Nothing in the
file depends on another block, and no digest covers the whole of it. The standard library reads
TOML; the writer is ours, because the text has to be the same bytes for the same lock.
"""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from envc.facts.problem import Problem
from envc.lock.model import VERSION, Lock, LockedTarget

_HEAD = "# Written by envc; `envc lock --check` compares it with the spec."


def write(lock: Lock) -> str:
    blocks = [
        [_HEAD, f"lock-version = {VERSION}"],
        ["[archspec]", *_facts({"version": lock.archspec, "digest": lock.archspec_digest})],
        *(["[[target]]", *_facts(_told(each))] for each in lock.targets),
    ]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def read(text: str) -> Lock | Problem:
    """A lock, or why it is none. What is read is exactly what `write` would have written."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        return Problem(f"this is not a lock: {problem}", _AGAIN)
    version = found.get("lock-version")
    if not isinstance(version, int):
        return Problem("this file does not say which version of a lock it is", _AGAIN)
    if version > VERSION:
        return Problem(
            f"this lock has version {version}, and this envc reads up to {VERSION}",
            "use the envc that wrote it, or a newer one",
        )
    lock = _lock(found)
    if lock is None or write(lock) != text:
        return Problem("this lock is not as envc writes it: it was edited or merged", _AGAIN)
    return lock


def is_newer(text: str) -> bool:
    """Whether the refusal is about the version: that file is right, only not for this envc."""
    try:
        version = tomllib.loads(text).get("lock-version")
    except tomllib.TOMLDecodeError:
        return False
    return isinstance(version, int) and version > VERSION


_OPTIONAL = frozenset({"codegen", "link", "pins", "stands-in"})
"""Left out where they say nothing."""
_AGAIN = "write it again with `envc lock`"
_NAMES = {field.name: field.name.replace("_", "-") for field in fields(LockedTarget)}


def _told(target: LockedTarget) -> dict[str, str | tuple[str, ...]]:
    facts = {key: getattr(target, name) for name, key in _NAMES.items()}
    return {key: value for key, value in facts.items() if value or key not in _OPTIONAL}


def _facts(facts: Mapping[str, str | tuple[str, ...]]) -> Iterable[str]:
    for key, value in facts.items():
        said = _string(value) if isinstance(value, str) else _array(value)
        yield f"{key} = {said}"


def _array(values: tuple[str, ...]) -> str:
    return "[" + ", ".join(_string(value) for value in values) + "]"


def _string(value: str) -> str:
    # JSON's escapes are TOML's, but for DEL, which TOML does not take as it is.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _lock(found: Mapping[str, Any]) -> Lock | None:
    """None where something is not of its type; `write` then tells what is missing or too much."""
    archspec, blocks = found.get("archspec"), found.get("target", [])
    if not isinstance(archspec, dict) or not isinstance(blocks, list):
        return None
    targets = [_target(block) for block in blocks]
    good = tuple(target for target in targets if target is not None)
    version, digest = archspec.get("version"), archspec.get("digest")
    if len(good) < len(targets) or not isinstance(version, str) or not isinstance(digest, str):
        return None
    return Lock(version, digest, good)


def _target(block: object) -> LockedTarget | None:
    if not isinstance(block, dict):
        return None
    values: dict[str, Any] = {}
    for field in fields(LockedTarget):
        key, many = _NAMES[field.name], field.type is not str
        if key not in block and key not in _OPTIONAL:
            return None
        value = block.get(key, () if many else "")
        words = value if isinstance(value, list | tuple) else [value]
        if many != isinstance(value, list | tuple) or not all(isinstance(w, str) for w in words):
            return None
        values[field.name] = tuple(value) if many else value
    return LockedTarget(**values)
