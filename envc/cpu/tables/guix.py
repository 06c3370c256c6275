"""The names that `guix … --tune=` takes, as a real Guix lists them for each of its compilers.

`guix_tune.json` is printed by that Guix (`tests/tools/guix-tune.scm`); which of its names means a
target follows from the flags that the same compiler would get.
"""

import os
from functools import cache
from typing import Any

from envc.cpu import lattice
from envc.cpu.flags import Flags, flags
from envc.cpu.tables.names import guix_system
from envc.values import dataclass

# A compiler that Guix tunes with, and whose flags spell the names that it takes.
_SPELT_BY = {
    "gcc": ("gcc", ""),
    "go": ("gcc", "15"),
    "rust": ("clang", "19"),
    "zig": ("clang", "19"),
}

# Guix lists only one of gcc's two names for the same processor.
_SYNONYMS = {"amdfam10": "barcelona"}


@dataclass(frozen=True, slots=True)
class Tune:
    """`of` is whose name it is: an ancestor, or nobody, where `why` says so."""

    name: str | None
    of: str | None
    why: str = ""


def tune(target: str, compiler: str = "gcc", version: str = "") -> Tune:
    """The name for a target with one of Guix' compilers; no version means Guix' own choice."""
    known = _names(compiler, version, target)
    chosen = version or _default(compiler)
    if not known:
        return Tune(None, None, f"Guix does not tune {lattice.family(target)} with {compiler}")
    below = sorted(lattice.downward(target), key=lattice.rank, reverse=True)
    for each in below:
        name = _name(each, compiler, chosen)
        if name in known:
            lacks = f"Guix' {compiler} {chosen} has no name for `{target}`"
            return Tune(name, each, "" if each == target else lacks)
    return Tune(None, None, f"Guix' {compiler} {chosen} has no name for `{target}`")


def versions(compiler: str) -> tuple[str, ...]:
    """The versions of a compiler in this Guix that can be tuned with."""
    return tuple(_table()["names"].get(compiler, {}))


def guix_version() -> str:
    return str(_table()["guix"])


def _names(compiler: str, version: str, target: str) -> frozenset[str]:
    system = (guix_system(target) or "").removesuffix("-linux")
    systems = _table()["names"].get(compiler, {}).get(version or _default(compiler), {})
    return frozenset(systems.get(system, ()))


def _default(compiler: str) -> str:
    if compiler == "gcc":
        return str(_table()["default"])
    return max(versions(compiler), key=lambda text: [int(part) for part in text.split(".")])


def _name(target: str, compiler: str, version: str) -> str | None:
    """The one processor that the target's flags name; None where they name another's or none."""
    speller, fixed = _SPELT_BY[compiler]
    spelt = flags(target, speller, fixed or version)
    if not isinstance(spelt, Flags) or spelt.of != target:
        return None
    said = dict(word.split("=", 1) for word in spelt.words if "=" in word)
    named = said.pop("-march", None) or said.pop("-mcpu", None)
    tuned = said.pop("-mtune", named)
    borrowed = tuned == "generic" and lattice.vendor(target) != "generic"
    if said or borrowed or named is None or len(spelt.words) > 2:
        return None
    return _SYNONYMS.get(named, named)


@cache
def _table() -> Any:
    import json

    # The loader also reads out of a zip file.
    loader: Any = __spec__.loader
    here = os.path.dirname(__file__)
    return json.loads(loader.get_data(os.path.join(here, "guix_tune.json")))
