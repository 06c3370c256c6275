"""Budgets: the whole table under a second, any finding in a moment."""

import subprocess
import sys
import time
from pathlib import Path

from envc.cpu import findings, lattice
from envc.cpu.describe import LIBRARY
from envc.cpu.flags import flags

COMPILERS = ("gcc", "clang", "nvhpc", "apple-clang", "aocc", "intel", "oneapi", "dpcpp", "arm")
VERSIONS = tuple(dict.fromkeys(version for _, version in LIBRARY))


def table() -> int:
    """Every target with every compiler at every version of the library, in all languages."""
    return sum(
        1
        for target in lattice.names()
        for compiler in COMPILERS
        for version in VERSIONS
        for language in ("c", "cxx", "fortran")
        if flags(target, compiler, version, language)
    )


def test_the_whole_table_takes_less_than_a_second() -> None:
    start = time.process_time()
    assert table() == 80 * 9 * len(VERSIONS) * 3
    assert time.process_time() - start < 1


def test_a_finding_takes_less_than_a_tenth_of_a_second_from_a_cold_start() -> None:
    code = (
        "import time; t = time.process_time(); from envc.cpu import findings as f;"
        "f.target('zne4'); f.feature('avx513'); f.empty_range('zen4', 'zen2');"
        "f.codegen('zen4', 'gcc', '9.4'); f.guix_tuning('neoverse_v2');"
        "f.base_image('almalinux:10', 'ivybridge'); f.node('zen2', ('zen4',));"
        "print(time.process_time() - t)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(done.stdout) < 0.1


def test_findings_are_the_same_every_time() -> None:
    assert findings.target("zne4") == findings.target("zne4")


if __name__ == "__main__":
    start = time.perf_counter()
    answers = table()
    print(f"{Path(__file__).name}: {answers} answers in {time.perf_counter() - start:.3f} s")  # noqa: T201
