"""One spec of Spack's: `hdf5@1.12:+mpi ~fortran api=v110 %gcc@13 target=zen3 ^openmpi@4.1`."""

import re
from typing import NamedTuple

from envc.importing.found import Refused

_PIECE = re.compile(
    r"\s+|(?P<dependency>[\^%]+\s*(?:\[[^\]]*\]\s*)?)|@(?P<versions>(?:git\.)?[\w.,:=/-]+)"
    r"|(?P<on>\+{1,2}\s*)(?P<yes>[\w-]+)|(?P<off>~{1,2}\s*|(?<=\s)-{1,2}(?=[A-Za-z]))(?P<no>[\w-]+)"
    r"|(?P<key>[A-Za-z_][\w-]*)={1,2}(?P<value>\"[^\"]*\"|'[^']*'|[^\s\"']+)"
    r"|(?P<name>[A-Za-z0-9][\w-]*(?:\.[\w-]+)*)|/(?P<hash>[a-z0-9]+)"
)
_COMPILER_FLAGS = frozenset({"cflags", "cxxflags", "fflags", "cppflags", "ldflags", "ldlibs"})
_PLATFORM = frozenset({"arch", "platform", "os", "operating_system"})
_LONGEST = 2000


class SpackSpec(NamedTuple):
    name: str
    sign: str
    """`^` or `%` for what another spec depends on; empty for a spec itself."""
    versions: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    target: str = ""
    flags: tuple[tuple[str, str], ...] = ()
    left_out: tuple[str, ...] = ()


def parse(text: str) -> list[SpackSpec] | Refused:
    """The spec itself first, then those behind `^` and `%`."""
    found: list[SpackSpec] = [SpackSpec("", "")]
    at = 0
    text = text[:_LONGEST]
    while at < len(text):
        match = _PIECE.match(text, at)
        if match is None:
            return Refused(
                1, f"`{text[at:][:20]}` in `{text[:60]}` is no part of a spec of Spack's"
            )
        found[-1:] = _with(found[-1], match)
        at = match.end()
    if any(each.sign and not each.name for each in found):
        return Refused(1, f"`{text[:60]}` names no package behind `^` or `%`")
    return found


def _with(spec: SpackSpec, match: re.Match[str]) -> list[SpackSpec]:
    part = match.groupdict()
    if part["dependency"]:
        return [spec, SpackSpec("", part["dependency"][0])]
    if part["versions"]:
        return [spec._replace(versions=part["versions"])]
    if part["yes"] or part["no"]:
        choice = (part["yes"], "yes") if part["yes"] else (part["no"], "no")
        return [spec._replace(choices=(*spec.choices, choice))]
    if part["key"]:
        return [_keyed(spec, part["key"], part["value"].strip("\"'"))]
    if part["hash"]:
        return [spec._replace(left_out=(*spec.left_out, f"/{part['hash']}"))]
    if part["name"]:
        return [spec._replace(name=part["name"])] if not spec.name else [
            spec, SpackSpec(part["name"], "")]  # fmt: skip
    return [spec]


def _keyed(spec: SpackSpec, key: str, value: str) -> SpackSpec:
    if key == "target":
        return spec._replace(target=value.rstrip(":"))
    if key in _COMPILER_FLAGS:
        return spec._replace(flags=(*spec.flags, (key, value)))
    if key in _PLATFORM:
        is_target = key == "arch" and value.count("-") == 2
        if is_target:
            return spec._replace(target=value.rpartition("-")[2])
        return spec._replace(left_out=(*spec.left_out, f"{key}={value}"))
    said = {"true": "yes", "false": "no"}.get(value.lower(), value)
    return spec._replace(choices=(*spec.choices, (key, said)))
