"""Every flag string is compiled for real, and the compiler's own macros say what came of it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from envc.cpu import corrections, lattice
from envc.cpu.flags import Flags, flags
from envc.cpu.selector.needs import uses
from envc.cpu.selector.tables import SOFT

CompilerFor = Callable[[str, str, str], Any]
HERE = Path(__file__).parent
MACROS: dict[str, dict[str, str]] = json.loads((HERE / "macros.json").read_text())

X86, ARM, LE, BE, RISC = "x86_64", "aarch64", "ppc64le", "ppc64", "riscv64"
C = [
    *[("gcc", "gcc-11", X86), *[("gcc", "gcc", each) for each in (X86, ARM, LE, BE, RISC)]],
    *[("gcc", f"gcc-{n}@sid", X86) for n in (13, 14, 15)],
    *[("gcc", f"gcc-{n}@sid", ARM) for n in (14, 15)],
    *[("clang", f"clang-{n}", each) for n in (14, 16, 19) for each in (X86, ARM, LE, BE, RISC)],
]
CXX = [
    *[("gcc", "g++", each) for each in (X86, ARM, LE, RISC)],
    *[("clang", f"clang++-{n}", each) for n in (14, 16, 19) for each in (X86, ARM, LE, RISC)],
]
FORTRAN = [
    *[("gcc", "gfortran", each) for each in (X86, ARM, LE, RISC)],
    *[("clang", f"flang-new-{n}", each) for n in (16, 19) for each in (X86, ARM, LE)],
]
# What a target promises and a compiler of this machine does not use: slower, never wrong.
_KEYS = {"aes", "pmull", "sha1", "sha2", "sha3", "sha512", "sm3", "sm4"}
_KEYS |= {"sveaes", "svepmull", "svesha3", "svesm4"}
_HALVES = {"asimdhp", "asimdfhm", "fphp"}
_NEWER = {"bf16", "i8mm", "svebf16", "svei8mm"}
LEFT_OUT = {
    # Not every model of these generations has AES, so no compiler counts on it.
    **{each: {"aes"} for each in ("westmere", "sandybridge", "ivybridge", "haswell", "broadwell")},
    "mic_knl": {"aes"},
    "icelake": {"clwb"},  # archspec has the desktop's name for the flag
    "zen4": {"avx512_bf16", "avx512_vpopcntdq", "gfni"},  # before gcc 12.3 and clang 16, by parts
    # On Arm, keys are optional, and old compilers spell new names by their parts.
    "a64fx": {"fcma"},
    **{each: {"asimddp"} for each in ("armv8.4a", "armv8.5a", "armv8.6a")},
    **dict.fromkeys(["armv9.0a", "armv9.2a", "neoverse_n2", "neoverse_v2"], _HALVES | {"asimddp"}),
    "neoverse_v1": _NEWER,
    **dict.fromkeys(["m1", "m2", "m3", "m4"], _HALVES | _NEWER | {"frint"}),
    "ampere1": _HALVES | _NEWER | {"fcma", "frint", "jscvt", "rng"},
    "ampere1a": _HALVES | _NEWER | {"fcma", "frint", "jscvt", "rng"},
    "olympus": _HALVES | {"asimddp", "ls64", "rng", "svebitperm"},
}
# The oldest compilers of the machine know fewer targets than these have exact flags for.
AT_LEAST = {X86: 28, ARM: 19, LE: 4, BE: 5, RISC: 2}


def by_program(cases: list[tuple[str, str, str]]) -> pytest.MarkDecorator:
    ids = [f"{program}-{family}" for _, program, family in cases]
    return pytest.mark.parametrize(("name", "program", "family"), cases, ids=ids)


def exact(compiler: Any, family: str, language: Any = "c") -> Iterator[tuple[str, Flags]]:
    """The targets of a family for which the compiler's version has flags, their own or others'."""
    for target in lattice.by_family(family):
        found = flags(target, compiler.name, compiler.version, language)
        if isinstance(found, Flags):
            yield target, found


@pytest.mark.tool("gcc")
@by_program(C)
def test_c_takes_every_flag(
    compiler_for: CompilerFor, name: str, program: str, family: str
) -> None:
    compiler = compiler_for(name, program, family)
    tried = list(exact(compiler, family))
    assert not [said for _, each in tried if (said := compiler.complaint(each.words, "c"))]
    assert sum(not each.why for _, each in tried) >= AT_LEAST[family]


@pytest.mark.tool("gcc")
@by_program(CXX)
def test_cxx_takes_every_flag(
    compiler_for: CompilerFor, name: str, program: str, family: str
) -> None:
    compiler = compiler_for(name, program, family)
    tried = list(exact(compiler, family, "cxx"))
    assert not [said for _, each in tried if (said := compiler.complaint(each.words, "c++"))]
    assert sum(not each.why for _, each in tried) >= AT_LEAST[family]


@pytest.mark.tool("gcc")
@by_program(FORTRAN)
def test_fortran_takes_every_flag(
    compiler_for: CompilerFor, name: str, program: str, family: str
) -> None:
    compiler = compiler_for(name, program, family)
    tried = list(exact(compiler, family, "fortran"))
    assert not [said for _, each in tried if (said := compiler.complaint(each.words, "f95"))]
    assert tried


# clang 14 takes any word for a POWER: there only its macros are a proof.
CREDULOUS = {("clang-14", LE), ("clang-14", BE)}


@pytest.mark.tool("gcc")
@by_program([each for each in C if each[1:] not in CREDULOUS])
def test_a_wrong_flag_is_not_taken(
    compiler_for: CompilerFor, name: str, program: str, family: str
) -> None:
    # The control: a check that takes anything proves nothing.
    compiler = compiler_for(name, program, family)
    option = "-mcpu=" if family in {LE, BE} else "-march="
    assert compiler.complaint((f"{option}zen99",), "c")


VECTORS = [(name, program, each) for name, program, each in C if each in MACROS]


@pytest.mark.tool("gcc")
@by_program(VECTORS)
def test_no_code_beyond_the_target(
    compiler_for: CompilerFor, name: str, program: str, family: str
) -> None:
    """What the compiler may use, a node is asked for, or no program can fault on it."""
    compiler = compiler_for(name, program, family)
    for target, found in exact(compiler, family):
        assert not beyond(compiler, target, found.words), f"{compiler.version} {target}"


def beyond(compiler: Any, target: str, words: tuple[str, ...]) -> set[str]:
    named = {macro: feature for feature, macro in MACROS[lattice.family(target)].items()}
    may_use = {named[macro] for macro in compiler.macros(words) & named.keys()}
    return may_use - lattice.target(target).features - uses(target) - SOFT.keys()


CORRECTED = [
    ("a64fx", "clang", "clang-16", "-mcpu=a64fx"),
    ("neoverse_v1", "clang", "clang-16", "-mcpu=neoverse-v1"),
    ("neoverse_n2", "clang", "clang-16", "-mcpu=neoverse-n2"),
    ("m1", "clang", "clang-16", "-mcpu=apple-m1"),
    ("m2", "clang", "clang-16", "-mcpu=apple-m2"),
    ("m3", "clang", "clang-16", "-mcpu=apple-m3"),
    ("m4", "clang", "clang-16", "-mcpu=apple-m3"),
    ("m4", "gcc", "gcc-14@sid", "-march=armv9.2-a+sme2 -fno-tree-vectorize -mtune=generic"),
    ("mic_knl", "gcc", "gcc-15@sid", "-march=knl -mtune=knl"),
    ("arm", "clang", "clang-16", "-march=arm -mcpu=generic"),
]


@pytest.mark.tool("gcc")
@pytest.mark.parametrize(("target", "name", "program", "flags_there"), CORRECTED)
def test_what_archspec_says_would_not_do(
    compiler_for: CompilerFor, target: str, name: str, program: str, flags_there: str
) -> None:
    """Each of these is corrected because it is refused, or uses what the target lacks."""
    compiler = compiler_for(name, program, lattice.family(target))
    words = tuple(flags_there.split())
    assert compiler.complaint(words, "c") or beyond(compiler, target, words)
    assert target in {corrected for corrected, known, _ in corrections.FLAGS if known == name}


def test_no_other_correction_is_about_gcc_or_clang() -> None:
    shown = {(target, name) for target, name, *_ in CORRECTED}
    said = {(target, name) for target, name, _ in corrections.FLAGS}
    assert {each for each in said if each[1] in {"gcc", "clang"}} == shown


@pytest.mark.tool("gcc")
@by_program(VECTORS)
def test_the_compiler_uses_what_the_target_promises(
    compiler_for: CompilerFor, name: str, program: str, family: str
) -> None:
    """A feature that the compiler knows is used for every target that has it, or is listed here."""
    compiler = compiler_for(name, program, family)
    found = {target: each for target, each in exact(compiler, family) if not each.why}
    said = {target: compiler.macros(each.words) for target, each in found.items()}
    known = frozenset().union(*said.values())
    for target, macros in said.items():
        promised = MACROS[family].items()
        has = lattice.target(target).features
        silent = {f for f, macro in promised if f in has and macro in known - macros}
        allowed = LEFT_OUT.get(target, set()) | (_KEYS if family == ARM else set())
        assert silent <= allowed, f"{name} {compiler.version} {target}"


@pytest.mark.tool("gcc")
@by_program([each for each in C if each[2] in {LE, BE}])
def test_power_is_the_generation_that_was_asked_for(
    compiler_for: CompilerFor, name: str, program: str, family: str
) -> None:
    compiler = compiler_for(name, program, family)
    for target, found in exact(compiler, family):
        generation = lattice.target(target).generation or (8 if family == LE else 4)
        macros = compiler.macros(found.words)
        assert f"_ARCH_PWR{generation}" in macros or generation == 4
        assert f"_ARCH_PWR{generation + 1}" not in macros


@pytest.mark.tool("gcc")
def test_a_control_code_beyond_a_target_is_found(compiler_for: CompilerFor) -> None:
    compiler = compiler_for("gcc", "gcc", X86)
    assert "avx512f" in beyond(compiler, "x86_64_v3", ("-march=x86-64-v4",))
