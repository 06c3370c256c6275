"""What one Debian package says of others: `Depends`, `Conflicts`, `Provides` and their like.

    relations   = group {"," group}
    group       = atom {"|" atom}
    atom        = NAME [":" ARCH] ["(" OP VERSION ")"] ["[" ARCH... "]"] {"<" PROFILE... ">"}

Architectures in brackets and build profiles stand in sources; an index of binary packages has had
them removed. They are read all the same: what does not apply is left out.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from envc.debian.versions import is_version, satisfies
from envc.facts.problem import Problem


class Atom(NamedTuple):
    """One package that is asked for, or one name that is provided."""

    name: str
    operator: str = ""
    version: str = ""
    architecture: str = ""  # what stands behind a colon: any, native, or an architecture

    def admits(self, version: str) -> bool:
        """Whether a package of this name and version is meant."""
        return not self.operator or satisfies(version, self.operator, self.version)

    def __str__(self) -> str:
        name = f"{self.name}:{self.architecture}" if self.architecture else self.name
        return f"{name} ({self.operator} {self.version})" if self.operator else name


Group = tuple[Atom, ...]
"""Alternatives: any one of them will do."""

_ATOM: Final = re.compile(
    r"""\s* (?P<name>[a-z0-9][a-z0-9+.-]*) (?: :(?P<arch>[a-z0-9-]+) )? \s*
        (?: \( \s* (?P<op><<|<=|=|>=|>>|<|>) \s* (?P<version>[^\s()]+) \s* \) \s* )?
        (?: \[ (?P<only>[^\]]*) \] \s* )?
        (?P<profiles> (?: <[^>]*> \s* )* )""",
    re.VERBOSE | re.IGNORECASE,
)
# Before 1997 `<` and `>` meant what `<=` and `>=` mean; dpkg and apt still read them so.
_OLD: Final = {"<": "<=", ">": ">="}


@lru_cache(maxsize=1 << 16)
def parse(text: str, architecture: str = "") -> tuple[Group, ...] | Problem:
    """The groups of a field that apply on an architecture."""
    groups: list[Group] = []
    for written in text.split(","):
        if not written.strip():
            continue  # a comma too many
        group: list[Atom] = []
        for one in written.split("|"):
            found = _ATOM.fullmatch(one)
            if found is None:
                return Problem(f"`{one.strip()}` is no relation to a package")
            if found["version"] and not is_version(found["version"]):
                return Problem(f"`{found['version']}` is no version of a Debian package")
            if _applies(found, architecture):
                group.append(_atom(found))
        if group:
            groups.append(tuple(group))
    return tuple(groups)


def _atom(found: re.Match[str]) -> Atom:
    operator = found["op"] or ""
    return Atom(
        found["name"], _OLD.get(operator, operator), found["version"] or "", found["arch"] or ""
    )


def _applies(found: re.Match[str], architecture: str) -> bool:
    only, profiles = found["only"], found["profiles"]
    if only and architecture and not _among(only.split(), architecture):
        return False
    # No build profile is on: one `<...>` of which all are negated is enough.
    wanted = re.findall(r"<([^>]*)>", profiles) if profiles else []
    return not wanted or any(all(one.startswith("!") for one in p.split()) for p in wanted)


def _among(patterns: list[str], architecture: str) -> bool:
    if patterns[0].startswith("!"):
        return not any(_matches(pattern[1:], architecture) for pattern in patterns)
    return any(_matches(pattern, architecture) for pattern in patterns)


def _matches(pattern: str, architecture: str) -> bool:
    """`linux-any` and `any-arm64` are wildcards; all of our architectures run Linux."""
    return pattern in {"any", "linux-any", architecture, f"any-{architecture}"} or (
        pattern == f"linux-{architecture}"
    )
