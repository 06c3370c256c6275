"""Programs that the steps of a build start, and that its packages have to bring."""

import re
from collections.abc import Iterable, Iterator, Mapping

from envc.diagnostics.model import Diagnostic
from envc.plan.model import Recipe, Words
from envc.plan.recipe import lacks
from envc.spec import App

_OF_SYSTEM: Mapping[str, Words] = {
    "cmake": ("cmake",),
    "autotools": ("make",),
    "meson": ("meson", "ninja"),
    "make": ("make",),
    "python": ("pip",),
    "shell": (),
}
_PACKAGES: Mapping[str, Mapping[str, Words]] = {
    # program: the library's packages that bring it, with Debian's names of each
    "cmake": {"cmake": ("cmake",)},
    "make": {"make": ("make", "make-guile")},
    "meson": {"meson": ("meson",)},
    "ninja": {"ninja": ("ninja-build",)},
    "pip": {"python-pip": ("python3-pip",)},
    "patch": {"patch": ("patch",)},
    "bzip2": {"bzip2": ("bzip2",)},
    "xz": {"xz": ("xz-utils",)},
    "zstd": {"zstd": ("zstd",)},
    "autoreconf": {"autoconf": ("autoconf",)},
}
_PACKED = (
    (re.compile(r"\.t?bz2?\Z|\.tbz\Z"), "bzip2"),
    (re.compile(r"\.t?xz\Z|\.lzma\Z"), "xz"),
    (re.compile(r"\.t?zst\Z"), "zstd"),
)


def missing(recipes: Iterable[Recipe], installed: frozenset[str], app: App) -> Iterator[Diagnostic]:
    """At the line that starts the program; Debian's essential packages are always there."""
    told: set[str] = set()
    for recipe in recipes:
        here = recipe.place.source is app.place.source
        place = recipe.place if here else app.place
        for program, what in _started(recipe):
            brought = _PACKAGES[program]
            there = any(name in installed for names in brought.values() for name in names)
            if not there and program not in told:
                told.add(program)
                yield lacks(program, what, brought, place)
        if recipe.system == "cmake" and not installed & {"make", "make-guile", "ninja-build"}:
            yield lacks("make", f"`build cmake` of {recipe.name}", ("make", "ninja"), place)


def _started(recipe: Recipe) -> Iterator[tuple[str, str]]:
    for program in _OF_SYSTEM[recipe.system]:
        yield program, f"`build {recipe.system}` of {recipe.name}"
    if recipe.bootstrap and recipe.system == "autotools":
        yield "autoreconf", f"`build autotools` of {recipe.name}"
    if recipe.patches:
        yield "patch", f"a patch of {recipe.name}"
    if recipe.source is not None:
        for ending, program in _PACKED:
            if ending.search(recipe.source.file):
                yield program, f"the source of {recipe.name}"
