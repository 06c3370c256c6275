"""The benchmarks' kernels: each build keeps to its target and gives the plainest one's result."""

import math
import platform
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from envc.cpu.audit import audit
from envc.cpu.flags import Flags, flags
from envc.cpu.profile import profile

Tool = Callable[[str, str], str]

KERNELS = Path(__file__).parents[2] / "benchmarks" / "kernels"
TARGETS = ("x86_64", "x86_64_v2", "x86_64_v3", "x86_64_v4", "zen4")


@pytest.mark.tool("gcc")
@pytest.mark.parametrize("kernel", ["boris", "su3", "stencil"])
def test_a_kernel_keeps_to_its_target(kernel: str, tool: Tool, tmp_path: Path) -> None:
    gcc, built = tool("gcc", "gcc libc6-dev"), {}
    for target in TARGETS:
        found = flags(target, "gcc", "12.2")
        assert isinstance(found, Flags)
        words = (*found.words, *profile(target, "gcc").codegen, *profile(target, "gcc").link)
        built[target] = tmp_path / target
        _compile(gcc, kernel, built[target], *words)
        report = audit([str(built[target])], target)
        assert (report.files, report.findings) == (1, ())
    assert audit([str(built["x86_64_v3"])], "x86_64_v2").findings


@pytest.mark.parametrize("kernel", ["boris", "su3", "stencil"])
def test_a_kernel_gives_one_result(kernel: str, tool: Tool, tmp_path: Path) -> None:
    if platform.machine() != "x86_64":
        pytest.skip("the kernels are built for x86-64")
    gcc = tool("gcc", "gcc libc6-dev")
    results = []
    for number, words in enumerate(("-O0", "-O3 -march=x86-64-v2 -fno-math-errno")):
        program = tmp_path / str(number)
        _compile(gcc, kernel, program, *words.split())
        printed = subprocess.run([program], check=True, capture_output=True, text=True).stdout
        results.append(float(printed.split()[1]))
    assert math.isclose(*results, rel_tol=1e-12)


def _compile(gcc: str, kernel: str, program: Path, *words: str) -> None:
    common = ("-std=c11", "-D_POSIX_C_SOURCE=200809L", "-Wall", "-Wextra", "-Werror", "-O3")
    sources = (KERNELS / "main.c", KERNELS / f"{kernel}.c")
    subprocess.run([gcc, *common, *words, "-o", program, *sources, "-lm"], check=True)
