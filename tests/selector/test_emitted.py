"""No compiler at hand may use for a target what the script does not ask of the node.

The compilers' own feature macros are the witnesses: a macro stands for instructions that may be
in the code. Each is a feature the script asks for, or a soft one, whose reason is in the tables.
"""

import re
import subprocess
from collections.abc import Callable
from functools import cache

import pytest

from envc.cpu import lattice
from envc.cpu.flags import Flags, flags
from envc.cpu.selector.needs import needs
from envc.cpu.selector.tables import SOFT

Tool = Callable[[str, str], str]
Program = tuple[str, ...]
Row = tuple[Program, str, Program, str]

# The macro's name without underscores → Linux's word, where removing underscores is not enough.
X86 = {
    "3DNOWA": "3dnowext", "BMI": "bmi1", "CRC32": "sse4_2", "GCCHAVESYNCCOMPAREANDSWAP16": "cx16",
    "LAHFSAHF": "lahf_lm", "LZCNT": "abm", "PCLMUL": "pclmulqdq", "RDRND": "rdrand",
    "SHA": "sha_ni", "SSE3": "pni", "SSE41": "sse4_1", "SSE42": "sse4_2",
}  # fmt: skip
# What computes nothing, is no instruction, or is a hint; beyond the soft features of the table.
X86_SOFT = {
    "ENQCMD", "HRESET", "INVPCID", "KL", "LWP", "MWAITX", "PCONFIG", "PREFETCHI", "PREFETCHWT1",
    "PRFCHW", "PTWRITE", "RDPRU", "SGX", "SHSTK", "TSXLDTRK", "UINTR", "WIDEKL",
}  # fmt: skip
X86_NAMES = re.compile(r"TUNE|FPFAST|COREI7|COREAVX2|EVEX|ZNVER|BDVER|AMDFAM|AMXCOMPLEX")
ARM = {
    "AES": "aes", "ATOMICS": "atomics", "BF16": "bf16", "COMPLEX": "fcma", "CRC32": "crc32",
    "DOTPROD": "asimddp", "FP16FML": "asimdfhm", "FP16SCALARARITHMETIC": "fphp",
    "FP16VECTORARITHMETIC": "asimdhp", "FRINT": "frint", "JCVT": "jscvt", "MATMULINT8": "i8mm",
    "QRDMX": "asimdrdm", "RCPC": "lrcpc", "SHA2": "sha2", "SHA3": "sha3", "SHA512": "sha512",
    "SM3": "sm3", "SM4": "sm4", "SME": "sme", "SME2": "sme2", "SVE": "sve", "SVE2": "sve2",
    "SVEBF16": "svebf16", "SVEMATMULINT8": "svei8mm", "BF16SCALARARITHMETIC": "bf16",
    "BF16VECTORARITHMETIC": "bf16",
}  # fmt: skip
# Keys, tags and permutations by intrinsics, and words that stand for several of the others.
ARM_SOFT = {
    "BTI", "CRYPTO", "LOCALLYSTREAMING", "LS64", "MEMORYTAGGING", "PAUTH", "RNG", "SVE2BITPERM",
    "SVEBITS", "SVEVECTOROPERATORS",
}  # fmt: skip


# (compiler, package, compiler for Arm, package): clang is the same program for both.
COMPILERS = (
    (("gcc",), "gcc", ("aarch64-linux-gnu-gcc",), "gcc-aarch64-linux-gnu"),
    (("clang-16",), "clang-16", ("clang-16", "--target=aarch64-linux-gnu"), "clang-16"),
    (("clang-19",), "clang-19", ("clang-19", "--target=aarch64-linux-gnu"), "clang-19"),
)


@pytest.mark.parametrize("compiler", COMPILERS, ids=lambda each: each[0][0])
def test_x86(compiler: Row, tool: Tool) -> None:
    (name, *options), package = compiler[:2]
    program = (tool(name, package), *options)
    checked = [_x86(name, program) for name in lattice.names() if lattice.family(name) == "x86_64"]
    assert sum(checked) > 25


@pytest.mark.parametrize("compiler", COMPILERS, ids=lambda each: each[0][0])
def test_arm(compiler: Row, tool: Tool) -> None:
    (name, *options), package = compiler[2:]
    program = (tool(name, package), *options)
    checked = [_arm(name, program) for name in lattice.names() if lattice.family(name) == "aarch64"]
    assert sum(checked) > 10


def _x86(name: str, compiler: Program) -> bool:
    words = _flags(name, compiler)
    if words is None:
        return False
    new = _macros(compiler, words, r"__(\w+?)__") - _macros(
        compiler, ("-march=x86-64",), r"__(\w+?)__"
    )
    asked = {_plain(each): each for each in (*needs(name).words, *SOFT)}
    tuned = {_plain(each) for word in words for each in re.findall(r"=(.*)", word)}
    for macro in new - X86_SOFT:
        word = X86.get(macro, asked.get(macro, macro))
        fine = word in asked.values() or macro in tuned or X86_NAMES.search(macro)
        assert fine or macro in _FAMILY_NAMES, f"{name}: {macro}"
    return True


# gcc defines the name of the CPU, or of the CPU that it takes for it.
_FAMILY_NAMES = {"NOCONA", "CORE2", "NEHALEM", "SANDYBRIDGE", "HASWELL", "KNL", "ICELAKECLIENT"}


def _arm(name: str, compiler: Program) -> bool:
    words = _flags(name, compiler)
    if words is None:
        return False
    pattern = r"__ARM_FEATURE_(\w+)"
    new = _macros(compiler, words, pattern) - _macros(compiler, ("-march=armv8-a",), pattern)
    for macro in new - ARM_SOFT:
        assert ARM[macro] in needs(name).words, f"{name}: {macro}"
    return True


def _flags(name: str, compiler: Program) -> tuple[str, ...] | None:
    kind = "clang" if "clang" in compiler[0] else "gcc"
    word = "-dumpversion" if kind == "clang" else "-dumpfullversion"
    version = subprocess.run([*compiler, word], capture_output=True, text=True, check=True).stdout
    found = flags(name, kind, version.strip())
    return found.words if isinstance(found, Flags) else None


@cache
def _macros(compiler: Program, words: tuple[str, ...], pattern: str) -> set[str]:
    text = subprocess.run(
        [*compiler, *words, "-dM", "-E", "-xc", "-"],
        input="",
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return {_plain(each) for each in re.findall(rf"(?m)^#define {pattern} ", text)}


def _plain(name: str) -> str:
    return name.replace("_", "").replace("-", "").upper()
