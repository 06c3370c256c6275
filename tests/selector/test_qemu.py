"""Emulated CPUs: what the script chooses runs on them, and what it refuses faults."""

import platform
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from envc.cpu import lattice, selector
from envc.cpu.flags import Flags, flags

Run = Callable[..., subprocess.CompletedProcess[str]]
Tool = Callable[[str, str], str]
Emulate = Callable[[str, Path], subprocess.CompletedProcess[str]]
Compile = Callable[[str], Path]

HERE = Path(__file__).parent
GCC = "12.2"
BUILT = tuple(
    each
    for each in lattice.names()
    if lattice.family(each) == "x86_64" and isinstance(flags(each, "gcc", GCC), Flags)
)
# CPU of qemu → what the script chooses there of all that gcc 12 can build, and of that what must
# fault when it is run all the same. (The emulator lets SSE through whatever the CPU has.)
CPUS = {
    "Nehalem": ("nehalem", ("x86_64_v3", "sandybridge", "haswell", "zen", "x86_64_v4")),
    "SandyBridge": ("sandybridge", ("x86_64_v3", "haswell", "x86_64_v4")),
    "Haswell": ("haswell", ("x86_64_v4", "skylake_avx512", "zen4")),
    "Skylake-Server": ("haswell", ("x86_64_v4", "icelake")),
    "EPYC": ("x86_64_v3", ("x86_64_v4", "zen4", "bulldozer")),
    "EPYC-Milan": ("x86_64_v3", ("x86_64_v4", "zen4")),
    "Opteron_G5": ("x86_64_v2", ("x86_64_v4",)),
}


@pytest.fixture(scope="module")
def emulate(tool: Tool) -> Emulate:
    qemu = tool("qemu-x86_64", "qemu-user")

    def go(cpu: str, program: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [qemu, "-cpu", cpu, str(program)], capture_output=True, text=True, check=False
        )

    return go


@pytest.fixture(scope="module")
def compiled(tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> Compile:
    """The probe for a target, built as envc builds; static, so that only its own code counts."""
    gcc, folder = tool("gcc", "gcc libc6-dev"), tmp_path_factory.mktemp("probe")

    def build(target: str) -> Path:
        program = folder / target
        if not program.exists():
            found = flags(target, "gcc", GCC)
            assert isinstance(found, Flags)
            _compile(gcc, "probe.c", program, "-O3", "-mprefer-vector-width=512", *found.words)
        return program

    return build


@pytest.fixture(scope="module")
def shown(
    tool: Tool, tmp_path_factory: pytest.TempPathFactory, emulate: Emulate
) -> Callable[[str], str]:
    program = tmp_path_factory.mktemp("cpuid") / "cpuid"
    _compile(tool("gcc", "gcc libc6-dev"), "cpuid.c", program, "-O1")
    return lambda cpu: emulate(cpu, program).stdout


@pytest.mark.tool("qemu-x86_64")
@pytest.mark.parametrize("cpu", CPUS)
def test_the_choice_runs_and_the_rest_faults(
    cpu: str, run: Run, emulate: Emulate, compiled: Compile, shown: Callable[[str], str]
) -> None:
    chosen, refused = CPUS[cpu]
    done = run(["dash"], selector.script(BUILT), "all", cpuinfo=shown(cpu))
    offered = [each.rstrip("~") for each in done.stdout.split()]
    assert run(["dash"], selector.script(BUILT), cpuinfo=shown(cpu)).stdout == f"{chosen}\n"
    for target in offered:
        assert emulate(cpu, compiled(target)).returncode == 0, target
    for target in refused:
        assert target not in offered
        assert emulate(cpu, compiled(target)).returncode == -signal.SIGILL, target


ARM_BUILT = ("aarch64", "armv8.1a", "armv8.2a", "cortex_a72", "neoverse_n1", "a64fx", "neoverse_v1")
# CPU of qemu → what of these must not be offered and must fault.
ARM_CPUS = {
    "cortex-a53": ("armv8.1a", "neoverse_n1", "a64fx"),
    "neoverse-n1": ("a64fx",),
    "a64fx": (),
    "max": (),
}
# What gcc makes of the probe need not hold atomics or SVE: here it must.
ARM_PROBE = """
#include <stdatomic.h>
static atomic_int turns;
int main(void)
{
    atomic_fetch_add(&turns, 1);
#ifdef __ARM_FEATURE_SVE
    __asm__ volatile("ptrue p0.b\\n\\tfadd z0.d, z0.d, z0.d" ::: "memory");
#endif
    return turns - 1;
}
"""


@pytest.mark.tool("qemu-x86_64")
@pytest.mark.parametrize("cpu", ARM_CPUS)
def test_arm(cpu: str, run: Run, tool: Tool, tmp_path: Path) -> None:
    qemu = [tool("qemu-aarch64", "qemu-user"), "-cpu", cpu]
    gcc = tool("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu")
    _compile(gcc, "hwcap.c", tmp_path / "hwcap", "-O1")
    cpuinfo = subprocess.run(
        [*qemu, tmp_path / "hwcap"], capture_output=True, text=True, check=True
    ).stdout
    done = run(["dash"], selector.script(ARM_BUILT), "all", cpuinfo=cpuinfo)
    offered = [each.rstrip("~") for each in done.stdout.split()]
    assert "aarch64" in offered
    assert not set(offered) & set(ARM_CPUS[cpu])
    (tmp_path / "probe.c").write_text(ARM_PROBE)
    for target in (*offered, *ARM_CPUS[cpu]):
        found = flags(target, "gcc", GCC)
        assert isinstance(found, Flags)
        program = tmp_path / target
        _compile(gcc, str(tmp_path / "probe.c"), program, "-O2", *found.words)
        fine = subprocess.run([*qemu, program], check=False).returncode
        assert fine == (0 if target in offered else -signal.SIGILL), target


def test_what_this_machine_is_offered_runs_here(run: Run, compiled: Compile) -> None:
    """The only CPU at hand that can have AVX-512, and most often a virtual one."""
    if platform.machine() != "x86_64":
        pytest.skip("the probes are built for x86-64")
    done = run(["dash"], selector.script(BUILT), "all", cpuinfo=Path("/proc/cpuinfo"))
    assert done.returncode == 0
    for target in done.stdout.split():
        assert subprocess.run([compiled(target.rstrip("~"))], check=False).returncode == 0, target


def _compile(gcc: str, source: str, program: Path, *words: str) -> None:
    subprocess.run([gcc, "-static", *words, "-o", program, HERE / source], check=True)
