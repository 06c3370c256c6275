"""x86-64: planted instructions are found, clean builds pass, dispatch is recognised."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from envc.cpu.audit import audit, x86
from envc.cpu.audit.allow import Allowance
from envc.cpu.audit.model import Finding, Kind

Build = Callable[..., str]
Tool = Callable[[str, str], str]

CLEAN = """
double dot(const double *a, const double *b, long n)
{
    double s = 0;
    for (long i = 0; i < n; i++) s += a[i] * b[i];
    return s;
}
void axpy(double *restrict a, const double *restrict b, long n)
{
    for (long i = 0; i < n; i++) a[i] += 2 * b[i];
}
long bits(unsigned long x)
{
    return __builtin_popcountl(x) + __builtin_ctzl(x) + __builtin_clzl(x | 1) + (x & -x);
}
unsigned __int128 wide(unsigned long a, unsigned long b) { return (unsigned __int128)a * b; }
"""
LEVELS = {
    "x86_64": "-march=x86-64",
    "x86_64_v2": "-march=x86-64-v2",
    "x86_64_v3": "-march=x86-64-v3",
    "x86_64_v4": "-march=x86-64-v4",
    "zen3": "-march=znver3",
    "haswell": "-march=haswell",
    "icelake": "-march=icelake-client",
}
PLANTED = (
    CLEAN
    + """
void planted(float *a) { __asm__ volatile("vaddps (%0), %%zmm1, %%zmm2" : : "r"(a)); }
"""
)


@pytest.mark.parametrize("target", LEVELS)
def test_a_clean_build_passes(target: str, build: Build) -> None:
    report = audit([build(CLEAN, "-O3", "-g", LEVELS[target])], target)
    assert report.files == 1
    assert (report.findings, report.allowed, report.skipped) == ((), (), ())


@pytest.mark.parametrize(
    ("built", "target", "feature"),
    [
        ("-march=x86-64-v4", "x86_64_v3", "avx512"),
        ("-march=x86-64-v3", "x86_64_v2", "avx"),
        ("-march=x86-64-v2", "x86_64", "popcnt"),
        ("-march=icelake-client", "skylake_avx512", "avx512_vpopcntdq"),
    ],
)
def test_a_build_for_more_fails(built: str, target: str, feature: str, build: Build) -> None:
    text = (
        CLEAN
        + "void count(long *a) { for (int i = 0; i < 512; i++) a[i] = __builtin_popcountl(a[i]); }"
    )
    report = audit([build(text, "-O3", "-mprefer-vector-width=512", built)], target)
    assert any(each.feature.startswith(feature) for each in report.findings)


@pytest.mark.parametrize("strip", [False, True])
def test_a_planted_instruction_is_found(strip: bool, build: Build, tool: Tool) -> None:
    file = build(PLANTED, LEVELS["x86_64_v3"])
    if strip:
        subprocess.run([tool("strip", "binutils"), "--strip-all", file], check=True)
    (found,) = audit([file], "x86_64_v3").findings
    assert found == Finding(
        file=file,
        place="planted",
        address=found.address,
        instruction="vaddps (%rdi),%zmm1,%zmm2",
        feature="avx512f",
        target="x86_64_v3",
    )
    assert audit([file], "x86_64_v4").findings == ()


def test_a_hidden_function_of_a_stripped_file(build: Build, tool: Tool) -> None:
    """Without a name the unwinder's table still says where the function begins."""
    text = PLANTED.replace("void planted", '__attribute__((visibility("hidden"))) void planted')
    file = build(text, LEVELS["x86_64_v3"])
    subprocess.run([tool("strip", "binutils"), "--strip-all", file], check=True)
    (found,) = audit([file], "x86_64_v3").findings
    assert found.place.startswith(".text:0x")


def test_an_object_file(build: Build) -> None:
    (found,) = audit([build(PLANTED, "-c", name="a.o")], "x86_64_v3").findings
    assert (found.place, found.feature) == ("planted", "avx512f")


CLONES = """
__attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
double dot(const double *a, const double *b, long n)
{
    double s = 0;
    for (long i = 0; i < n; i++) s += a[i] * b[i];
    return s;
}
"""


@pytest.mark.parametrize("strip", [False, True])
def test_clones_are_allowed(strip: bool, build: Build, tool: Tool) -> None:
    file = build(CLONES, "-O3", "-lgcc", "-lc")
    if strip:
        subprocess.run([tool("strip", "binutils"), "--strip-all", file], check=True)
    report = audit([file], "x86_64")
    assert report.findings == ()
    assert {each.reason for each in report.allowed} == {
        "an ifunc resolver chooses among these when loaded"
    }


IFUNC = """
__attribute__((target("avx2"))) void fast(int *a) { for (int i = 0; i < 64; i++) a[i] += 3; }
void plain(int *a) { for (int i = 0; i < 64; i++) a[i] += 3; }
static void (*choose(void))(int *)
{
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2") ? fast : plain;
}
void run(int *a) __attribute__((ifunc("choose")));
"""


@pytest.mark.parametrize("words", [("-O3",), ("-O3", "-Wl,-Bsymbolic"), ("-O3", "-s")])
def test_an_ifunc_by_hand_is_allowed(words: tuple[str, ...], build: Build) -> None:
    """Its candidates can be seen by other files, so they are reached by the loader's table."""
    report = audit([build(IFUNC, *words, "-lgcc", "-lc")], "x86_64")
    assert report.findings == ()
    assert {each.finding.place for each in report.allowed} == {"fast"}


def test_what_stands_beside_a_clone_is_not_allowed(build: Build) -> None:
    text = CLONES + PLANTED.removeprefix(CLEAN)
    (found,) = audit([build(text, "-O3", "-lgcc", "-lc")], "x86_64").findings
    assert found.place == "planted"


MANUAL = """
__attribute__((target("avx2"))) void fast(int *a) { for (int i = 0; i < 64; i++) a[i] += 3; }
void run(int *a) { if (__builtin_cpu_supports("avx2")) fast(a); }
"""


def test_a_check_in_the_program_needs_a_reason(build: Build) -> None:
    """That every call stands behind the check cannot be seen in the file: somebody must say it."""
    file = build(MANUAL, "-O3", "-lgcc", "-lc", name="libmine.so")
    assert {each.place for each in audit([file], "x86_64").findings} == {"fast"}
    allowance = Allowance("libmine.so*", "run() asks cpuid", "fast")
    report = audit([file], "x86_64", [allowance])
    assert report.findings == ()
    assert {each.reason for each in report.allowed} == {"run() asks cpuid"}
    assert audit([file], "x86_64", [Allowance("libmine.so*", "…", "slow")]).findings


def test_a_library_that_dispatches_is_known_by_its_name(build: Build) -> None:
    report = audit([build(PLANTED, name="libopenblasp-r0.3.21.so")], "x86_64_v3")
    assert report.findings == ()
    assert "OPENBLAS_CORETYPE" in report.allowed[0].reason


def test_a_static_program_brings_glibcs_choices(build: Build) -> None:
    file = build("int main(void) { return 0; }", "-static", name="program")
    report = audit([file], "x86_64")
    assert report.findings == ()
    assert len(report.allowed) > 20


@pytest.mark.parametrize("words", [("-g",), ("-frecord-gcc-switches",), ("-g", "-gz")])
def test_native_is_found(words: tuple[str, ...], build: Build) -> None:
    """Even where the machine has nothing beyond the target, the build is bound to it."""
    report = audit([build("int one(void) { return 1; }", "-march=native", *words)], "x86_64")
    assert report.findings
    for found in report.findings:
        assert (found.kind, found.feature) == (Kind.NATIVE, "native")
        assert "-march=" in found.instruction
        assert "l1-cache-size" in found.instruction


def test_native_in_an_lto_object(build: Build) -> None:
    file = build("int one(void) { return 1; }", "-c", "-flto", "-march=native", name="a.o")
    assert [each.kind for each in audit([file], "x86_64").findings] == [Kind.NATIVE]


def test_a_recorded_target_is_no_leak(build: Build) -> None:
    file = build(CLEAN, "-g", "-frecord-gcc-switches", "-march=x86-64-v3")
    assert audit([file], "x86_64_v3").findings == ()


def test_the_note_must_not_ask_for_more(build: Build) -> None:
    file = build("int one(void) { return 1; }", "-Wl,-z,x86-64-v4")
    assert audit([file], "x86_64_v4").findings == ()
    (found,) = audit([file], "x86_64_v3").findings
    assert (found.kind, found.feature) == (Kind.NOTE, "x86_64_v4")


def test_every_cpuid_bit_of_the_decoder_is_judged() -> None:
    """A newer iced-x86 that knows more bits must not pass them silently."""
    import iced_x86

    names = set(x86.cpuid_names(iced_x86).values())
    assert names - x86.WATCHED.keys() - UNWATCHED == set()
    assert x86.WATCHED.keys() <= names


# Every x86-64 has it; it is a hint; it needs the kernel; or no maker sells it any more.
UNWATCHED = frozenset(
    re.findall(
        r"\w+",
        """
        AESKLE CENTAURAIS CETIBT CETSS CL1INVMB CLDEMOTE CLFLUSHOPT CLFSH CLWB CLZERO CMOV
        CPUID CX8 CYRIXD3NOW CYRIXDDI CYRIXDMI CYRIXEMMI CYRIXFPU CYRIXSHR CYRIXSMINT
        CYRIXSMINT0F7E CYRIXSMM ENQCMD FPU FPU287 FPU287XLONLY FPU387 FPU387SLONLY FRED
        FSGSBASE FXSR HLE HLEORRTM HRESET IA64 INTEL186 INTEL286 INTEL286ONLY INTEL386
        INTEL386A0ONLY INTEL386ONLY INTEL486 INTEL486AONLY INTEL8086 INTEL8086ONLY INVEPT
        INVLPGB INVPCID INVVPID KL KNC LKGS LWP MCOMMIT MMX MONITOR MONITORX MOVDIR64B MOVDIRI
        MOVTR MPX MSR MSRLIST MULTIBYTENOP OSS PADLOCKACE PADLOCKGMI PADLOCKPHE PADLOCKPMM
        PADLOCKRNG PADLOCKUNDOC PAUSE PCOMMIT PCONFIG PKU PREFETCHITI PREFETCHW PREFETCHWT1
        PTWRITE RDPID RDPMC RDPRU RDTSCP RMPQUERY RTM SEP SERIALIZE SEVES SEVSNP SGX1 SKINIT
        SKINITORSVM SMAP SMM SMX SSE SSE2 SVM SYSCALL TDX TSC TSE TSXLDTRK UDBG UINTR UMOV VMX
        WAITPKG WBNOINVD WIDEKL WRMSRNS X64 XSAVE XSAVEC XSAVEOPT XSAVES
        """,
    )
)


def test_files_are_judged_once_and_in_order(build: Build, tmp_path: Path) -> None:
    folder = tmp_path / "tree" / "sub"
    folder.mkdir(parents=True)
    file = Path(build(PLANTED, LEVELS["x86_64_v3"]))
    for name in ("b.so", "a.so"):
        (folder / name).write_bytes(file.read_bytes())
    (folder / "c.so").hardlink_to(folder / "a.so")
    (folder / "d.so").symlink_to(folder / "a.so")
    (folder / "readme").write_text("\x7fEL")
    report = audit([str(tmp_path / "tree")], "x86_64_v3")
    assert report.files == 2
    assert [Path(each.file).name for each in report.findings] == ["a.so", "b.so"]
