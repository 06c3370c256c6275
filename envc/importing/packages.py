"""From the name that another tool gives a package to a request in envc's names.

The library is asked first, then what Debian calls it. A name that neither knows becomes a note,
and so does a version that is in neither.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from envc import library
from envc.check.signatures import Signature
from envc.importing import ranges
from envc.importing.debian_entries import Entry, entries
from envc.importing.found import Found, Wanted
from envc.importing.tables import names as tables
from envc.importing.tables.names import COMPILER_SERIES, PROPRIETARY, Names

TOOLS = frozenset({
    "autoconf", "automake", "bison", "ca-certificates", "cmake", "curl", "flex", "git", "gcc",
    "libtool", "m4", "make", "meson", "ninja", "patch", "pkg-config", "swig", "wget",
})  # fmt: skip
"""What a build needs and an image does not, unless it is all that is asked for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A package as another tool's file asks for it."""

    name: str
    line: int
    versions: str | None = ""
    """A range of envc's; None where there was one that envc cannot say."""
    choices: tuple[tuple[str, str], ...] = ()
    roles: tuple[str, ...] = ()
    written: str = ""
    """The request as it stood, for notes."""

    @property
    def shown(self) -> str:
        return self.written or self.name


def want(found: Found, asked: Asked, ecosystem: str) -> None:
    """Adds what was asked for to `found`, or a note that says why not."""
    if not _plain(asked.name):
        found.note(asked.line, f"`{asked.shown[:80]}` is no name of a package")
    elif ecosystem == "debian":
        _of_debian(found, asked)
    elif (listed := _listed(asked.name, ecosystem)) and not _better_direct(asked, ecosystem):
        several = len(listed) > 1  # of which none has the number of the whole
        for name, choices in listed:
            _of_library(found, replace(asked, versions="") if several else asked, name, choices)
    elif maker := PROPRIETARY.get(asked.name.lower()):
        found.note(
            asked.line, f"`{asked.shown}` is {maker}: no image may hold it, so a site has to"
        )
    else:
        _elsewhere(found, asked, ecosystem)


def _better_direct(asked: Asked, ecosystem: str) -> bool:
    """Whether PyPI has the version that is asked for and the library has not."""
    if ecosystem != "pypi" or not asked.versions:
        return False
    named = _listed(asked.name, ecosystem) or []
    signatures = [_signature(name) for name, _ in named]
    numbers = [number for each in signatures if each is not None for number, _ in each.versions]
    return not ranges.holds(asked.versions, numbers)


def entry_for(name: str, ecosystem: str = "") -> str | None:
    """The library's name for one thing, such as the name of a source archive."""
    listed = _listed(name, ecosystem)
    return listed[0][0] if listed else None


# ---- the library's own names ---------------------------------------------------------------------

Choices = tuple[tuple[str, str], ...]

_ALIASES: Mapping[str, Names] = {
    "debian": tables.DEBIAN,
    "conda": tables.CONDA,
    "spack": tables.SPACK,
    "easybuild": tables.EASYBUILD,
    "pypi": tables.PYPI,
    "rpm": tables.YUM,
}
_BEGINNINGS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "conda": (("", ""), ("", "python-")),
    "spack": (("", ""), ("py-", "python-")),
    "easybuild": (("", ""), ("", "python-")),
    "pypi": (("", "python-"),),
    "rpm": (("", ""), ("python3-", "python-")),
}
"""What a tool puts before a name, and what the library puts there instead."""


def toolchain(name: str) -> list[tuple[str, Choices]] | None:
    listed = tables.TOOLCHAINS.get(name.lower())
    return list(_read(listed)) if listed is not None else None


def _listed(name: str, ecosystem: str) -> list[tuple[str, Choices]] | None:
    lower = name.lower()
    if alias := _ALIASES.get(ecosystem, {}).get(lower):
        return list(_read(alias))
    plain = lower.replace("_", "-")
    if ecosystem == "rpm":
        plain = plain.removesuffix("-devel")
    for before, ours in _BEGINNINGS.get(ecosystem, (("", ""),)):
        if plain.startswith(before) and _signature(own := ours + plain.removeprefix(before)):
            return [(own, ())]
    return None


def _read(listed: str) -> Iterator[tuple[str, Choices]]:
    for each in listed.split(", "):
        name, *choices = each.split(" ")
        yield name, tuple((key, value) for key, _, value in (c.partition("=") for c in choices))


@cache
def _signature(name: str) -> Signature | None:
    return library.standard().signature(name)


def _of_library(found: Found, asked: Asked, name: str, choices: Choices = ()) -> None:
    signature = _signature(name)
    if signature is None:
        found.note(asked.line, f"the library holds no `{name}`, which `{asked.shown}` means")
        return
    numbers = [number for number, _ in signature.versions]
    versions = _settled(found, asked, name, numbers)
    chosen = {**dict(choices), **dict(_known_choices(found, asked, signature))}
    roles = asked.roles or (("build",) if name in TOOLS - {"gcc"} else ())
    found.want(Wanted(name, asked.line, versions, tuple(sorted(chosen.items())), roles))


def _settled(found: Found, asked: Asked, name: str, numbers: list[str]) -> str:
    """The range, where there is something in it."""
    if asked.versions is None:
        found.note(
            asked.line, f"the version in `{asked.shown}` cannot be said as one range: left open"
        )
        return ""
    if not asked.versions or not numbers or ranges.holds(asked.versions, numbers):
        return asked.versions
    known = ", ".join(dict.fromkeys(numbers))
    message = f"`{name}` {asked.versions} is not to be had ({known}): the version was left open"
    found.note(asked.line, message)
    return ""


def _known_choices(found: Found, asked: Asked, signature: Signature) -> Iterator[tuple[str, str]]:
    for key, value in asked.choices:
        variant = signature.variants.get(key)
        if variant is not None and value in variant.choices:
            yield key, value
        else:
            said = f"`{signature.name}` has no variant `{key}`"
            if variant is not None:
                said = f"`{key}` of `{signature.name}` cannot be `{value}`"
            found.note(asked.line, f"{said}: left out of `{asked.shown}`")


# ---- Debian --------------------------------------------------------------------------------------


def _of_debian(found: Found, asked: Asked) -> None:
    """A package of apt's: that of the library which it belongs to, else by its own name."""
    series, _, number = asked.name.rpartition("-")
    if series in COMPILER_SERIES and number.isdigit():
        _of_library(found, *_compiler(asked, series, number))
    elif asked.name in tables.DEBIAN:
        for name, choices in _read(tables.DEBIAN[asked.name]):
            _of_library(found, asked, name, choices)
    elif (entry := entries().get(asked.name)) is not None:
        _of_entry(found, asked, entry)
    else:
        _direct(found, asked)


def _compiler(asked: Asked, series: str, number: str) -> tuple[Asked, str, Choices]:
    name = "clang" if series == "clang" else "gcc"
    choices = (("fortran", "yes"),) if series == "gfortran" else ()
    return Asked(asked.name, asked.line, number, written=asked.shown), name, choices


def _of_entry(found: Found, asked: Asked, entry: Entry) -> None:
    roles = asked.roles or (("build",) if entry.only_builds else ())
    _of_library(found, replace(asked, roles=roles), entry.package, entry.choices)


def _direct(found: Found, asked: Asked) -> None:
    from envc.names import shipped
    from envc.names.entry import is_word

    debian = shipped.debian()
    binary = debian.binary(asked.name)
    if binary is not None and is_word(f"debian/{asked.name}"):
        numbers = [each.version for each in binary.held]
        versions = _settled(found, asked, f"debian/{asked.name}", numbers)
        found.want(Wanted(f"debian/{asked.name}", asked.line, versions, (), asked.roles))
    elif binary is not None:
        found.note(asked.line, f"envc cannot write Debian's name `{asked.name}`")
    elif stand_ins := debian.providers(asked.name):
        listed = ", ".join(f"debian/{each}" for each in stand_ins[:3])
        found.note(asked.line, f"`{asked.name}` is a virtual package: choose one of {listed}")
    else:
        releases = " and ".join(debian.releases)
        found.note(asked.line, f"Debian's {releases} have no package `{asked.name}`")


# ---- names that the library does not have --------------------------------------------------------

_WHERE = {"conda": "conda", "spack": "Spack", "easybuild": "EasyBuild", "rpm": "the rpm world",
          "hpccm": "hpccm"}  # fmt: skip


def _elsewhere(found: Found, asked: Asked, ecosystem: str) -> None:
    """PyPI's names can be asked for as they are; others are looked for among Debian's."""
    if ecosystem == "pypi":
        name = asked.name.lower().replace("_", "-")
        found.want(Wanted(f"pypi/{name}", asked.line, asked.versions or "", (), asked.roles))
        if asked.versions is None:
            _settled(found, asked, name, [])
        return
    debian = _by_name(asked.name.lower())
    if debian is None:
        where = _WHERE.get(ecosystem, "another tool")
        found.note(asked.line, f"neither the library nor Debian has the `{asked.shown}` of {where}")
        return
    found.note(asked.line, f"`{asked.shown}` was taken for Debian's `{debian}`, by its name alone")
    _direct(found, replace(asked, name=debian, written=asked.shown))


def _by_name(name: str) -> str | None:
    """Debian's package of a name: one to build with, a program, or a library of Python's."""
    from envc.names import shipped

    debian = shipped.debian()
    bare = name.removeprefix("py-")
    source = debian.source(name)
    first = source.foremost()[:1] if source is not None else []
    own = [each.name for each in first if each.kind == "development"]
    likely = [f"lib{name}-dev", f"{name}-dev", name, *own, f"python3-{bare}"]
    return next((each for each in likely if debian.binary(each) is not None), None)


def _plain(name: str) -> bool:
    return (
        bool(name)
        and name.isascii()
        and name.replace("+", "").replace(".", "").replace("-", "").replace("_", "").isalnum()
    )
