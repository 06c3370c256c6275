"""AArch64: every row of the encodings is held against the assembler, and builds are judged."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from envc.cpu.audit import arm, audit
from envc.cpu.audit.elf import Elf
from envc.cpu.audit.encodings import ROWS

Build = Callable[..., str]
Tool = Callable[[str, str], str]

GCC = "aarch64-linux-gnu-gcc"
LISTING = Path(__file__).parent / "aarch64.s"
EVERYTHING = (
    ".arch armv8.7-a+sve2+bf16+i8mm+rng+memtag+ls64+crypto+sha3+sm4+fp16+fp16fml+flagm+pauth"
    "+sve2-aes+sve2-bitperm+sve2-sha3+sve2-sm4\n"
)
# Rows without an instruction in the listing: the assembler of Debian 12 has no SME.
UNTESTED = {"sme"}


@pytest.fixture(scope="module")
def assembled(tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> list[int]:
    folder = tmp_path_factory.mktemp("listing")
    (folder / "a.s").write_text(EVERYTHING + LISTING.read_text())
    assembler = tool("aarch64-linux-gnu-as", "binutils-aarch64-linux-gnu")
    subprocess.run([assembler, "-o", folder / "a.o", folder / "a.s"], check=True)
    elf = Elf((folder / "a.o").read_bytes())
    (code,) = (elf.content(each) for each in elf.sections if each.name == ".text")
    return [int.from_bytes(code[n : n + 4], "little") for n in range(0, len(code), 4)]


@pytest.mark.tool("aarch64-linux-gnu-as")
def test_the_assembler_agrees(assembled: list[int]) -> None:
    lines = LISTING.read_text().splitlines()
    wrong = [
        f"{line}: {arm.feature(word)}"
        for line, word in zip(lines, assembled, strict=True)
        if arm.feature(word) != line.partition("//")[2].strip()
    ]
    assert wrong == []


@pytest.mark.tool("aarch64-linux-gnu-as")
def test_every_row_is_in_the_listing(assembled: list[int]) -> None:
    unused = {
        f"{mask:08x} {value:08x} {name}"
        for mask, value, name in ROWS
        if not any(word & mask == value for word in assembled) and name not in UNTESTED
    }
    assert unused == set()


CODE = """
#include <stdatomic.h>
void axpy(double *restrict a, const double *restrict b, long n)
{
    for (long i = 0; i < n; i++) a[i] += 2 * b[i];
}
int count(atomic_int *a) { return atomic_fetch_add(a, 1); }
"""


@pytest.mark.parametrize(
    ("flags", "target"),
    [
        ("-march=armv8-a", "aarch64"),
        ("-march=armv8.2-a", "armv8.2a"),
        ("-mcpu=neoverse-n1", "neoverse_n1"),
        ("-mcpu=neoverse-v1", "neoverse_v1"),
        ("-mcpu=neoverse-n2", "neoverse_n2"),
        ("-mcpu=a64fx -msve-vector-bits=512", "a64fx"),
    ],
)
def test_a_clean_build_passes(flags: str, target: str, build: Build) -> None:
    report = audit([build(CODE, "-O3", *flags.split(), "-lgcc", gcc=GCC)], target)
    assert (report.files, report.findings) == (1, ())


@pytest.mark.parametrize(
    ("flags", "target", "features"),
    [
        ("-march=armv8.4-a+sve", "armv8.4a", {"sve"}),
        ("-mcpu=neoverse-n1", "aarch64", {"atomics"}),
        ("-mcpu=a64fx", "aarch64", {"atomics", "sve"}),
    ],
)
def test_a_build_for_more_fails(flags: str, target: str, features: set[str], build: Build) -> None:
    report = audit([build(CODE, "-O3", flags, gcc=GCC)], target)
    assert {each.feature for each in report.findings} == features


@pytest.mark.parametrize("strip", [False, True])
def test_outline_atomics_are_no_fault(strip: bool, build: Build, tool: Tool) -> None:
    """gcc writes them for every Armv8.0 build: they ask for LSE before they use it."""
    text = f"{CODE}\nint main(void) {{ atomic_int a = 0; return count(&a); }}"
    file = build(text, "-static", "-march=armv8-a", gcc=GCC, name="program")
    if strip:
        tool("aarch64-linux-gnu-strip", "binutils-aarch64-linux-gnu")
        subprocess.run(["aarch64-linux-gnu-strip", "--strip-all", file], check=True)
    findings = audit([file], "aarch64").findings
    assert not [each for each in findings if each.feature == "atomics"]


IFUNC = """
%s __attribute__((target("+sve"))) void fast(double *a) { __asm__("ptrue p0.b" ::: "memory"); }
%s void plain(double *a) { a[0] = 1; }
static void (*choose(unsigned long hwcap))(double *) { return hwcap & 1 << 22 ? fast : plain; }
void run(double *a) __attribute__((ifunc("choose")));
"""


@pytest.mark.parametrize("linkage", ["static", ""])
def test_an_ifunc_is_allowed(linkage: str, build: Build) -> None:
    report = audit([build(IFUNC % (linkage, linkage), gcc=GCC)], "aarch64")
    assert report.findings == ()
    assert {(a.finding.place, a.finding.feature) for a in report.allowed} == {("fast", "sve")}
