"""Software that a script gets and builds, one after another; the last of it is the app."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from envc import library
from envc.importing import compiler_options, ranges
from envc.importing.found import Build, Code, Found, Setting
from envc.importing.packages import Asked, entry_for, want

_ARCHIVE = re.compile(r"\.(?:tar(?:\.\w+)?|t[gbx]z2?|zip)$")
_NUMBERED = re.compile(r"^(?P<name>.+?)[-_]?v?(?P<version>[0-9]+(?:[._][0-9A-Za-z]+)+)(?:[-.].*)?$")


_VERSION = re.compile(
    r"(?:^v?|[^0-9A-Za-z]v?)([0-9]+(?:[._][0-9]+)*(?:[._-]?(?:rc|alpha|beta)[0-9]*)?)"
    r"(?![0-9A-Za-z])"
)
_BETWEEN = frozenset({"archive", "refs", "tags", "heads", "-"})
_USUAL = frozenset({
    "app", "build", "code", "opt", "source", "src", "tmp", "work", "workspace"
})  # fmt: skip
"""Folders that say nothing of what is in them."""
OPTIONS: Mapping[str, str] = {
    "parallel": "mpi",
    "mpi": "mpi",
    "fortran": "fortran",
    "cxx": "cxx",
    "cuda": "cuda",
}
"""What stands behind `enable` in options of builds, and the variants that mean the same."""


@dataclass(slots=True)
class Piece:
    """A source with what is done to it."""

    name: str
    version: str
    line: int
    code: Code | None
    place: str = ""
    """Where it lies in the image; empty where that is not said."""
    shown: str = ""
    """What was copied, for notes."""
    why_not: str = ""
    """What is missing where there is no `code`."""
    wish: str = ""
    """The `source` that would be written if nothing were missing."""
    build: Build | None = None
    options: list[Setting] = field(default_factory=list)
    """Variables of compilers' options."""


def _quoted(url: str) -> str:
    return url.replace('"', "%22")


def of_repository(url: str, line: int, attributes: tuple[tuple[str, str], ...]) -> Piece:
    name = posixpath.basename(url.rstrip("/")).removesuffix(".git")
    version = next((value for key, value in attributes if key == "tag"), "")
    code = Code("git", url, line, attributes) if attributes else None
    why_not = f"`{url}` is got at no tag or commit" if code is None else ""
    wish = f'source git "{_quoted(url)}" tag "…"'
    return Piece(name, _number(version), line, code, why_not=why_not, wish=wish)


def of_archive(url: str, line: int, digest: str) -> Piece:
    name, version = named(url)
    code = Code("tar", url, line, (), (digest,)) if digest else None
    why_not = f"`{url}` has no hash: write `source tar` with its `sha256:…`" if not digest else ""
    wish = f'source tar "{_quoted(url)}" sha256:…'
    return Piece(name, version, line, code, why_not=why_not, wish=wish)


def of_folder(path: str, place: str, line: int, shown: str = "") -> Piece:
    names = (posixpath.basename(each.rstrip("/")) for each in (place, path))
    name = next((each for each in names if each.strip(".") and each not in _USUAL), "")
    return Piece(name, "", line, Code("dir", path or ".", line), place, shown or path)


def is_archive(url: str) -> bool:
    return _ARCHIVE.search(url.partition("?")[0]) is not None


def named(url: str) -> tuple[str, str]:
    """`…/hdf5-1.12.2.tar.gz` is hdf5 1.12.2; `…/heat/archive/v1.4.0.tar.gz` is heat 1.4.0."""
    parts = _ARCHIVE.sub("", url.partition("?")[0]).rstrip("/").split("/")
    last = parts[-1]
    if "archive" in parts[:-1] or re.fullmatch(r"v?[0-9][\w.]*", last):
        before = [each for each in parts[:-1] if each not in _BETWEEN]
        return (before[-1] if before else last), _number(last)
    found = _NUMBERED.match(last[:200])
    return (found["name"], _number(found["version"])) if found else (last, "")


def _number(text: str) -> str:
    """The version in a tag such as `v1.4.0` or `hdf5-1_14_3`."""
    found = _VERSION.search(text[:200])
    return found[1].replace("_", ".") if found else ""


# ---- which of them is the app --------------------------------------------------------------------


def settle(found: Found, pieces: list[Piece]) -> None:
    """The last that is built, and is no library, is the app; the others become packages."""
    built = [each for each in pieces if each.build is not None]
    app = max(built, key=lambda each: _likeness(each, built.index(each)), default=None)
    for piece in pieces:
        if piece.build is None:
            _tell_unused(found, piece)
        elif piece is not app:
            _as_package(found, piece)
    if app is not None:
        _as_app(found, app)


def _likeness(piece: Piece, place: int) -> tuple[bool, bool, int]:
    """What the library has is built for the app; and a source that can be carried is better."""
    is_own = piece.code is not None and piece.code.kind == "dir"
    return is_own or entry_for(piece.name) is None, piece.code is not None, place


def _as_app(found: Found, piece: Piece) -> None:
    found.name = found.name or piece.name
    found.version = found.version or piece.version
    if piece.code is None:
        found.note(piece.line, f"{piece.why_not}; it and its build are comments")
        if piece.build is not None:
            found.lacking = (piece.wish, piece.build)
    else:
        found.sources.append(piece.code)
        found.build = piece.build
    for option in piece.options:
        compiler_options.carry(found, *option)


def _as_package(found: Found, piece: Piece) -> None:
    entry = entry_for(piece.name)
    if entry is None:
        found.note(
            piece.line,
            f"`{piece.name or piece.shown}` is built from source, and an app has one source: "
            "write a `package` for it",
        )
        return
    found.note(piece.line, f"`{piece.name}` is built from source; `{entry}` is from the library")
    versions = ranges.series(piece.version) if piece.version else ""
    choices = _choices(piece.build.settings, entry) if piece.build is not None else ()
    want(found, Asked(entry, piece.line, versions, choices, written=piece.name), "")


def _choices(settings: list[Setting], entry: str) -> tuple[tuple[str, str], ...]:
    """What `--enable-parallel` and its like choose, where the library leaves that choice too."""
    signature = library.standard().signature(entry)
    known = signature.variants if signature is not None else {}
    chosen = (
        (OPTIONS[word], each.value)
        for each in settings
        if (word := each.key.lower().replace("_", "-").rpartition("enable-")[2]) in OPTIONS
    )
    return tuple((key, value) for key, value in chosen if key in known and value in ("yes", "no"))


def _tell_unused(found: Found, piece: Piece) -> None:
    if piece.code is not None and piece.code.kind == "dir":
        found.note(piece.line, f"`{piece.shown}` is copied and nothing builds it: left out")
    else:
        found.note(piece.line, f"`{piece.name}` is got and nothing that envc knows builds it")
