"""What `envc compile` leaves, as values: a folder for each app, choice and target."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

RECORD = ".envc-compiled"
"""Beside what was written: every file of the folder by its SHA-256, as `sha256sum -c` reads it."""
_SAFE = re.compile(r"(?!\.{1,2}(?:/|$))[\w.+=@-]+(?:/(?!\.{1,2}(?:/|$))[\w.+=@-]+)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Text:
    """A file that is written."""

    path: str
    text: str
    executable: bool = False

    @property
    def digest(self) -> str:
        return sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Copy:
    """Of an object of the store."""

    path: str
    digest: str
    size: int
    executable: bool = False


Entry = Text | Copy


@dataclass(frozen=True, slots=True)
class Folder:
    """Written whole or not at all."""

    path: str
    """Below the tree's own; empty for that one."""
    entries: tuple[Entry, ...]
    """In the order of their paths, the record last."""


def folder(path: str, entries: Iterable[Entry], below: Sequence[Folder] = ()) -> Folder:
    """With the record of all that it holds, and of the records of the folders below."""
    found: dict[str, Entry] = {}
    for each in entries:
        if found.setdefault(each.path, each) != each:
            raise ValueError(f"two files are called {each.path} in {path}")
        if each.path == RECORD or not is_safe(each.path):
            raise ValueError(f"{each.path!r} is no name for a file in {path}")
    ordered = tuple(found[name] for name in sorted(found))
    known = [(each.digest, each.path) for each in ordered]
    known += [(each.entries[-1].digest, f"{each.path}/{RECORD}") for each in below]
    return Folder(path, (*ordered, Text(RECORD, recorded(known))))


def is_safe(path: str) -> bool:
    """Whether it stays below its folder and needs no quotes anywhere."""
    return len(path) <= 240 and _SAFE.fullmatch(path) is not None


# ---- records -------------------------------------------------------------------------------------


def recorded(known: Iterable[tuple[str, str]]) -> str:
    lines = sorted(set(known), key=lambda each: (each[1], each[0]))
    return "".join(f"{digest}  {path}\n" for digest, path in lines)


def known(text: str) -> dict[str, frozenset[str]]:
    """By path, the digests of what was written there; lines that are none of ours are left out."""
    found: dict[str, frozenset[str]] = {}
    for line in text.splitlines():
        digest, _, path = line.partition("  ")
        if len(digest) == 64 and is_safe(path):
            found[path] = found.get(path, frozenset()) | {digest}
    return found
