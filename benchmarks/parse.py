# ruff: noqa: INP001 - a script, not a package
"""How fast a large spec is read: `python benchmarks/parse.py [LINES]`."""

import resource
import sys
import time

from envc.source import Source
from envc.syntax.parser import parse

APP = """\
app heat{n}@1.4.0 {{
  summary  "2-D heat equation, MPI and FFTW"
  license  MIT
  source   git "https://example.org/heat/heat2d.git" tag "v1.4.0"
  needs    gcc@12:, openmpi@4.1:, hdf5@1.10: +mpi, fftw@3.3: +mpi
  targets  x86_64_v2, x86_64_v3, x86_64_v4
  build cmake {{
    HEAT_MPI   yes
    HEAT_SIMD  AVX2  on zen2..zen3
    HEAT_GPU   CUDA  when gpu is cuda
  }}
  run demo {{
    nodes     2
    tasks     8 per node
    memory    16 GiB
    walltime  30 min
    command   "heat2d --size 4096"
  }}
}}

"""


def spec(lines: int) -> str:
    return "envc 1\n\n" + "".join(APP.format(n=n) for n in range(lines // APP.count("\n")))


def main(lines: int = 100_000) -> None:
    source = Source("large.envc", spec(lines))
    count = source.line_count()
    start = time.process_time()
    parsed = parse(source)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(
        f"{count} lines, {len(parsed.diagnostics)} mistakes: {seconds:.2f} s of CPU\n"
        f"{count / seconds:.0f} lines/s, {peak} MiB at most\n"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
