"""One target explained to a person: where it stands, its features, its flags, its other names."""

from dataclasses import dataclass

from envc.cpu import lattice
from envc.cpu.flags import Flags, Language, Refusal, flags
from envc.cpu.profile import profile
from envc.cpu.tables.aliases import NEAREST, SAME
from envc.cpu.tables.guix import tune
from envc.cpu.tables.names import guix_system, hwcaps, oci
from envc.cpu.tables.schedulers import guesses

LIBRARY: tuple[tuple[str, str], ...] = (
    ("gcc", "12.2"),
    ("gcc", "13.3"),
    ("gcc", "14.2"),
    ("gcc", "15.2"),
    ("clang", "14.0"),
    ("clang", "16.0"),
    ("clang", "19.1"),
    ("nvhpc", "25.1"),
    ("aocc", "5.0"),
    ("oneapi", "2025.0"),
)
"""The compilers that the library of specs offers."""


@dataclass(frozen=True, slots=True)
class CompilerFlags:
    """The flags of one compiler. `of` is whose they are; None and `why` where there are none."""

    compiler: str
    version: str
    words: tuple[str, ...]
    of: str | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A target's names in other systems; None where a system has none."""

    aliases: tuple[str, ...]
    nearest_of: tuple[str, ...]
    oci: str | None
    hwcaps: str | None
    guix_system: str | None
    guix_tune: str | None
    guix_why: str
    scheduler: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    vendor: str
    family: str
    generic: str
    parents: tuple[str, ...]
    runs: tuple[str, ...]
    runs_on: tuple[str, ...]
    own_features: tuple[str, ...]
    inherited_features: tuple[str, ...]
    flags: tuple[CompilerFlags, ...]
    fortran: tuple[CompilerFlags, ...]
    codegen: tuple[str, ...]
    link: tuple[str, ...]
    elsewhere: Elsewhere


def sheet(name: str) -> Sheet:
    """For a target by archspec's name."""
    this = lattice.target(name)
    inherited = frozenset().union(*(lattice.target(each).features for each in this.parents))
    extras = profile(name, "gcc")
    plain = tuple(_flags(name, *each, "c") for each in LIBRARY)
    fortran = tuple(_flags(name, *each, "fortran") for each in LIBRARY)
    return Sheet(
        name=name,
        vendor=this.vendor,
        family=this.family,
        generic=lattice.generic(name),
        parents=this.parents,
        runs=lattice.downward(name),
        runs_on=lattice.upward(name),
        own_features=tuple(sorted(this.features - inherited)),
        inherited_features=tuple(sorted(inherited)),
        flags=plain,
        fortran=tuple(each for each, c in zip(fortran, plain, strict=True) if each != c),
        codegen=extras.codegen,
        link=extras.link,
        elsewhere=_elsewhere(name),
    )


def _flags(name: str, compiler: str, version: str, language: Language) -> CompilerFlags:
    match flags(name, compiler, version, language):
        case Flags(words, of, why):
            return CompilerFlags(compiler, version, words, of, why)
        case Refusal(reason):
            return CompilerFlags(compiler, version, (), None, reason)


def _elsewhere(name: str) -> Elsewhere:
    platform, tuned = oci(name), tune(name)
    return Elsewhere(
        aliases=tuple(sorted(alias for alias, meant in SAME.items() if meant == name)),
        nearest_of=tuple(sorted(alias for alias, meant in NEAREST.items() if meant == name)),
        oci=str(platform) if platform else None,
        hwcaps=hwcaps(name),
        guix_system=guix_system(name),
        guix_tune=tuned.name,
        guix_why=tuned.why,
        scheduler=guesses(name),
    )
