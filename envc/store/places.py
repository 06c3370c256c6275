"""Where bytes may be had: the mirrors that the user's environment names, then the public places.

Places never enter a lock: what a lock names is the same wherever it comes from.
"""

import os
import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from envc.facts.problem import Problem
from envc.store import content, files
from envc.store.urls import shown

SNAPSHOT = "{snapshot}"


class Origin(NamedTuple):
    """A kind of place that a lock names things of."""

    variable: str
    default: str


ORIGINS = {
    "debian": Origin(
        "ENVC_DEBIAN_MIRROR", f"https://snapshot.debian.org/archive/debian/{SNAPSHOT}"
    ),
}
MIRROR = "ENVC_MIRROR"
"""Stores as `envc mirror export` writes them, on the web or in folders: asked first for all."""


class Places(NamedTuple):
    mirrors: tuple[str, ...] = ()
    origins: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """By the kind, base URLs, the first to be asked first."""

    def urls(self, digest: str, others: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Where to ask for an object that also lies in other places."""
        there = content.place(digest)
        return (*(f"{base}/{there}" for base in self.mirrors), *others)

    def bases(self, kind: str, snapshot: str | None = None) -> tuple[str, ...]:
        """Of a kind of origin; without a snapshot, only those that ask for none."""
        known = dict(self.origins)[kind]
        if snapshot is None:
            return tuple(base for base in known if SNAPSHOT not in base)
        return tuple(base.replace(SNAPSHOT, snapshot) for base in known)


def places(environ: Mapping[str, str]) -> Places | Problem:
    mirrors = _named(environ, MIRROR)
    if isinstance(mirrors, Problem):
        return mirrors
    origins = []
    for kind, origin in ORIGINS.items():
        own = _named(environ, origin.variable)
        if isinstance(own, Problem):
            return own
        origins.append((kind, (*own, origin.default)))
    return Places(mirrors, tuple(origins))


def _named(environ: Mapping[str, str], variable: str) -> tuple[str, ...] | Problem:
    """places = (place (" " place)*)?; a place is a URL or a folder's whole path."""
    found: list[str] = []
    for word in environ.get(variable, "").split():
        base = _base(word)
        if isinstance(base, Problem):
            return Problem(f"`{variable}` {base.message}", base.help)
        found.append(base)
    return tuple(dict.fromkeys(found))


def _base(word: str) -> str | Problem:
    if os.path.isabs(word):
        return files.url_of(word)
    try:
        parts = urlsplit(word)
        _ = parts.port
    except ValueError:
        return Problem(f"holds `{shown(word)}`, which is no URL")
    if parts.scheme not in ("http", "https", "file"):
        return Problem(
            f"holds `{shown(word)}`, which is neither a URL nor a folder",
            "write `https://…`, `http://…` or a folder's path from `/` on",
        )
    if parts.scheme != "file" and not parts.hostname:
        return Problem(f"holds `{shown(word)}`, which names no host")
    if parts.query or parts.fragment:
        return Problem(f"holds `{shown(word)}`: paths are put behind it, which `?` and `#` forbid")
    strange = re.search(r"\{(?!snapshot\})[^}]*\}?", word)
    if strange is not None:
        return Problem(f"holds `{strange[0]}`, and only `{SNAPSHOT}` is replaced")
    return word.rstrip("/")
