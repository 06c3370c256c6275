"""One digest of everything that a build is made from: two builds that share it are the same."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass

from envc.lock.model import LockedDeb
from envc.plan.model import Base, Input, Plan

VERSION = 2
"""Counted up where the same facts are written in another way."""

_NO_PART = frozenset(
    {"place", "closure", "summary", "license", "homepage", "urls", "is_environment"}
)
"""Where it is written, where it is had from, what is said about it: what an image says of itself is
in its labels; and what makes its texts others."""


def closure(plan: Plan, texts: Iterable[str]) -> str:
    """Of the plan's facts, and of the texts that say what is done with them."""
    told = {"version": VERSION, "plan": _told(plan), "texts": list(texts)}
    text = json.dumps(told, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _told(value: object) -> object:
    """Packages and sources are their bytes, under the name that installing sees."""
    if isinstance(value, LockedDeb):
        return f"{value.name} {value.sha256}"
    if isinstance(value, Input):
        return [value.file, value.sha256, value.strip, value.folder]
    if isinstance(value, Base):
        return value.digest
    if is_dataclass(value):
        return {
            each.name: _told(getattr(value, each.name))
            for each in fields(value)
            if each.name not in _NO_PART
        }
    if isinstance(value, tuple):
        return [_told(each) for each in value]
    if isinstance(value, Mapping):
        return {str(key): _told(each) for key, each in value.items()}
    return value
