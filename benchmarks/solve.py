# ruff: noqa: INP001, S101, T201 - a script that prints, not a package
"""How long it takes to choose packages, beside `apt-get --simulate` on the same index.

    python benchmarks/solve.py [SUITE [ARCHITECTURE]]

Both read the same bytes, from this machine's own mirror. Both start with their caches made.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from envc.debian.solve import Solution, Wanted, solve, wanted
from tests.debian_suites import index, own_apt

SETS = (
    "gcc",
    "cmake g++ gfortran make",
    "libopenmpi-dev openmpi-bin",
    "libhdf5-dev libnetcdf-dev",
    "python3-matplotlib python3-scipy",
    "r-base-core",
    "default-jdk",
    "petsc-dev",
    "xfce4",
)


def took(work: Callable[[], object], times: int) -> float:
    """The median in milliseconds."""
    found: list[float] = []
    for _ in range(times):
        before = time.perf_counter()
        work()
        found.append(1000 * (time.perf_counter() - before))
    return statistics.median(found)


def main() -> None:
    suite = sys.argv[1] if len(sys.argv) > 1 else "bookworm"
    architecture = sys.argv[2] if len(sys.argv) > 2 else "amd64"
    with tempfile.TemporaryDirectory() as folder:
        apt, read = own_apt(Path(folder), suite, architecture), index(suite, architecture)
        print(f"{suite} on {architecture}: packages, envc, apt-get --simulate, ratio")
        for words in SETS:
            wishes = [w for w in map(wanted, words.split()) if isinstance(w, Wanted)]
            found = solve([read], wishes)
            assert isinstance(found, Solution)
            ours = took(lambda wishes=wishes: solve([read], wishes), 5)
            theirs = took(lambda words=words: apt.simulate(*words.split()), 3)
            ratio = theirs / ours
            print(f"{words:34} {len(found.packages):4} {ours:7.1f} {theirs:7.0f} ms {ratio:5.1f}")


if __name__ == "__main__":
    main()
