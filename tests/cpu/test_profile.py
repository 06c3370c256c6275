"""What goes with a target, and real programs that show what it does."""

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.cpu import lattice
from envc.cpu.flags import Flags, flags
from envc.cpu.profile import Reproducibility, holds_numeric, preference, profile
from tests.conftest import Tool

NUMERIC_C = Path(__file__).parent / "numeric.c"
TARGETS = ("x86_64", "x86_64_v2", "x86_64_v3", "haswell", "zen2", "zen3")


# ---- values -------------------------------------------------------------------------------------


def test_a_fast_profile() -> None:
    found = profile("zen4", "gcc")
    assert found.codegen == ("-fno-math-errno",)
    assert found.link == ("-Wl,-z,x86-64-v4",)
    assert found.pins == ()
    assert found.notes == ()


def test_fortran_has_no_errno() -> None:
    assert profile("zen4", "gcc", "fortran").codegen == ()


def test_a_level_above_the_baseline_is_noted() -> None:
    assert profile("x86_64_v2", "clang").link == ("-Wl,-z,x86-64-v2",)
    assert profile("x86_64", "clang").link == ()
    assert profile("neoverse_v1", "gcc").link == ()
    assert profile("zen4", "apple-clang").link == ()


def test_a_numeric_profile_pins_what_chooses_at_run_time() -> None:
    found = profile("zen3", "gcc", reproducibility="numeric", among=("zen3", "x86_64_v2"))
    assert found.codegen == ("-fno-math-errno", "-ffp-contract=off", "-mno-fma")
    assert dict(found.pins) == {
        "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4",
        "MKL_CBWR": "COMPATIBLE",
        "OMP_DYNAMIC": "false",
        "OPENBLAS_CORETYPE": "Nehalem",
        "TF_ENABLE_ONEDNN_OPTS": "0",
    }


def test_targets_that_all_have_fma_keep_the_librarys() -> None:
    pins = dict(profile("zen3", "gcc", reproducibility="numeric", among=("zen3", "zen4")).pins)
    assert "GLIBC_TUNABLES" not in pins
    assert pins["OPENBLAS_CORETYPE"] == "Haswell"


def test_threads_are_pinned_where_they_are_known() -> None:
    pins = dict(profile("zen3", "gcc", reproducibility="numeric", threads=8).pins)
    assert pins["OMP_NUM_THREADS"] == "8"


def test_what_cannot_be_kept_is_said() -> None:
    gcc = profile("zen4", "gcc", reproducibility="numeric")
    assert "AVX-512 has its own fused instructions" in gcc.notes[0]
    assert profile("zen4", "clang", reproducibility="numeric").notes == ()
    assert not holds_numeric("zen2", "nvhpc")
    two = profile("zen2", "clang", reproducibility="numeric", among=("zen2", "neoverse_n1"))
    assert two.notes == ("between families, the mathematical library itself differs",)


def test_measurements_go_before_the_order() -> None:
    targets = ["x86_64_v3", "zen4", "zen2"]
    assert preference(targets) == ("zen4", "zen2", "x86_64_v3")
    assert preference(targets, ["zen2", "a64fx"]) == ("zen2", "zen4", "x86_64_v3")


@given(st.lists(st.sampled_from(lattice.names()), unique=True))
def test_a_preference_is_an_order_of_all_targets(targets: list[str]) -> None:
    assert sorted(preference(targets)) == sorted(targets)


# ---- measured -----------------------------------------------------------------------------------


def built(
    compiler: Sequence[str], target: str, kind: Reproducibility, folder: Path
) -> tuple[Path, dict[str, str]]:
    """The three loops for a target, and the pins to run them with."""
    name = "clang" if "clang" in compiler[0] else "gcc"
    said = subprocess.run([*compiler, "--version"], capture_output=True, text=True, check=True)
    version = re.findall(r"\d+\.\d+\.\d+", said.stdout)[0]
    words = flags(target, name, version)
    assert isinstance(words, Flags)
    extras = profile(target, name, reproducibility=kind, among=("x86_64", target))
    program = folder / f"{name}-{target}-{kind}"
    options = [*words.words, *extras.codegen, *extras.link]
    subprocess.run(
        [*compiler, "-O3", *options, str(NUMERIC_C), "-lm", "-o", str(program)], check=True
    )
    return program, dict(extras.pins)


def results(program: Path, pins: dict[str, str]) -> str:
    done = subprocess.run(
        [program], env={**os.environ, **pins}, capture_output=True, text=True, check=True
    )
    return done.stdout


def runs_here(feature: str) -> bool:
    words = Path("/proc/cpuinfo").read_text(encoding="utf-8").split()
    return feature in words


with_fma = pytest.mark.skipif(not runs_here("fma"), reason="this machine has no FMA")
with_avx512 = pytest.mark.skipif(not runs_here("avx512vl"), reason="this machine has no AVX-512")


@with_fma
@pytest.mark.tool("gcc")
@pytest.mark.parametrize("program", ["gcc", "clang-16"])
def test_numeric_gives_the_same_bits_on_every_target(
    tool: Tool, program: str, tmp_path: Path
) -> None:
    compiler = [tool(program)]
    found = {t: results(*built(compiler, t, "numeric", tmp_path)) for t in TARGETS}
    assert len(set(found.values())) == 1, found


@with_fma
@pytest.mark.tool("gcc")
@pytest.mark.parametrize("program", ["gcc", "clang-16"])
def test_the_control_without_it_they_differ(tool: Tool, program: str, tmp_path: Path) -> None:
    compiler = [tool(program)]
    found = {results(*built(compiler, t, "build", tmp_path)) for t in ("x86_64", "x86_64_v3")}
    assert len(found) == 2


@with_fma
@pytest.mark.tool("gcc")
def test_the_library_is_held_by_its_pin(tool: Tool, tmp_path: Path) -> None:
    program, pins = built([tool("gcc")], "x86_64", "numeric", tmp_path)
    free = results(program, {}).splitlines()
    held = results(program, pins).splitlines()
    assert free[0] == held[0]
    assert free[1] != held[1]


@with_avx512
@pytest.mark.tool("gcc")
def test_the_notes_are_true_for_avx512(tool: Tool, tmp_path: Path) -> None:
    for program, name in (("gcc", "gcc"), ("clang-16", "clang")):
        compiler = [tool(program)]
        same = {results(*built(compiler, t, "numeric", tmp_path)) for t in ("x86_64", "x86_64_v4")}
        assert (len(same) == 1) == holds_numeric("x86_64_v4", name)


@pytest.mark.tool("gcc")
def test_without_errno_a_loop_with_a_root_is_vectorised(tool: Tool, tmp_path: Path) -> None:
    loop = tmp_path / "loop.c"
    loop.write_text(
        "#include <math.h>\n"
        "void f(double *restrict a, const double *restrict b)\n"
        "{ for (int i = 0; i < 1024; i++) a[i] = sqrt(b[i]); }\n"
    )

    def vectors(*words: str) -> int:
        text = subprocess.run(
            [tool("gcc"), "-O3", "-march=x86-64-v3", *words, "-S", str(loop), "-o", "-"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        return len(re.findall(r"\bvsqrtpd\b", text))

    assert vectors() == 0
    assert vectors(*profile("x86_64_v3", "gcc").codegen) > 0


@pytest.mark.tool("gcc")
def test_the_note_is_in_the_program(tool: Tool, tmp_path: Path) -> None:
    program, _ = built([tool("gcc")], "x86_64_v3", "build", tmp_path)
    said = subprocess.run(
        [tool("readelf"), "-n", str(program)], capture_output=True, text=True, check=True
    ).stdout
    assert re.search(r"ISA needed: .*x86-64-v3", said)
