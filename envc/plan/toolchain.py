"""The compilers of a build, each under the names by which builds call it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from envc.check.compilers import COMPILERS, languages_of
from envc.lock.asked import label
from envc.lock.model import Lock, LockedTarget
from envc.plan.model import Compiler, Words
from envc.resolve.settle import Component, Settled
from envc.spec import Place

_PROGRAMS: Mapping[tuple[str, str], str] = {
    ("gcc", "c"): "gcc",
    ("gcc", "cxx"): "g++",
    ("gcc", "fortran"): "gfortran",
    ("clang", "c"): "clang",
    ("clang", "cxx"): "clang++",
    ("clang", "fortran"): "flang",
}
_ANY: Mapping[str, Words] = {
    "c": ("cc",),
    "cxx": ("c++",),
    "fortran": ("fc", "f77", "f90", "f95"),
}
"""Names that belong to no compiler: the first of the spec has them."""
_TRIPLETS: Mapping[str, str] = {
    "amd64": "x86_64-linux-gnu",
    "arm64": "aarch64-linux-gnu",
    "armhf": "arm-linux-gnueabihf",
    "i386": "i686-linux-gnu",
    "ppc64el": "powerpc64le-linux-gnu",
    "riscv64": "riscv64-linux-gnu",
    "s390x": "s390x-linux-gnu",
}
"""By Debian's names of machines."""


class Own(NamedTuple):
    """What the `flags` of one component add."""

    compile: Mapping[str, Words]
    """By language."""
    link: Words = ()


def locked(settled: Settled, lock: Lock) -> tuple[LockedTarget, ...]:
    """Those of the compilers that this very build has, in the order of its spec."""
    build = settled.build
    return tuple(
        each
        for component in sorted(settled.components, key=_place)
        for each in lock.targets
        if (each.app, each.origin, each.target) == (label(build.app), settled.origin, build.target)
        if (each.compiler, each.version)
        == (COMPILERS.get(component.name), component.supply.version)
        if each.language in _languages(component)
    )


def compilers(
    targets: Sequence[LockedTarget], installed: Iterable[str], machine: str, own: Own
) -> tuple[Compiler, ...]:
    """Of Debian's, those that are installed: gcc-11 comes without its C++ on some releases."""
    names = set(installed)
    taken: set[str] = set()
    found = []
    for target in targets:
        program = _program(target)
        if target.origin.startswith("debian/") and _package(target, program) not in names:
            continue
        called = tuple(each for each in _called(target, program, machine) if each not in taken)
        taken.update(called)
        found.append(
            Compiler(
                name=target.compiler,
                version=target.version,
                language=target.language,
                program=program,
                called=called,
                flags=(*target.flags, *target.codegen, *own.compile.get(target.language, ())),
                link=(*target.link, *own.link),
            )
        )
    return tuple(found)


def pins(targets: Iterable[LockedTarget]) -> Iterator[tuple[str, str]]:
    for pin in dict.fromkeys(each for target in targets for each in target.pins):
        name, _, value = pin.partition("=")
        yield name, value


def _program(target: LockedTarget) -> str:
    plain = _PROGRAMS[target.compiler, target.language]
    if not target.origin.startswith("debian/"):
        return plain
    return f"/usr/bin/{plain}-{target.version.partition('.')[0]}"


def _package(target: LockedTarget, program: str) -> str:
    """Debian's, which has the program: clang++ is in clang's."""
    called = program.removeprefix("/usr/bin/")
    return called.replace("++", "") if target.compiler == "clang" else called


def _called(target: LockedTarget, program: str, machine: str) -> Iterator[str]:
    plain = _PROGRAMS[target.compiler, target.language]
    yield from _ANY[target.language]
    names = dict.fromkeys((plain, program.rpartition("/")[2]))
    yield from names
    if before := triplet(machine):
        yield from (f"{before}-{each}" for each in names)


def triplet(machine: str) -> str:
    """What folders and programs for a machine are called by; empty where that is not known."""
    return _TRIPLETS.get(machine, "")


def _languages(component: Component) -> frozenset[str]:
    return frozenset(
        each for asked in component.requests for each in languages_of(asked.want, asked.languages)
    )


def _place(component: Component) -> tuple[bool, str, Place]:
    """What the app itself asks for comes first."""
    first = component.requests[0]
    return first.parent != "", first.want.place.source.name, first.want.place
