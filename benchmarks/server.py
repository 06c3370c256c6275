# ruff: noqa: INP001 - a script, not a package
"""How long after a keystroke in a file of 1,000 lines its diagnostics are there.

    python benchmarks/server.py [LINES]

Measured where an editor would: from sending `textDocument/didChange` to having read
`textDocument/publishDiagnostics`, over the pipes of a real server, the wait for the next keystroke
(`envc.editor.server.DELAY`) included.
"""

import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.editor.client import Client  # noqa: E402 - the path is set above

URI = "file:///nowhere/large.envc"
HEAD = """\
envc 1

targets tier1 = zen2, zen4, sapphirerapids, neoverse_v2

toolchain gnu13 {
  c, cxx, fortran  gcc@13.3
  mpi              openmpi@5.0
}
"""
APP = """
app code@1.0 {
  summary  "A code among many"
  license  MIT
  source   git "https://example.org/code.git" tag "v1.0"
  variant  precision = single | double default single "What it computes in"
  using    gnu13
  needs {
    cmake@3.28:               for build
    fftw@3.3 precision=float  when precision is single
    hdf5@1.10: +mpi
  }
  build cmake {
    CODE_DOUBLE  yes      when precision is double
    CODE_SIMD    AVX_512  on has avx512f
  }
  matrix {
    target  tier1
  }
  run water {
    nodes     4
    tasks     8 per node
    walltime  2 h
    command   "code --size 4096"
  }
}
"""


def text(lines: int) -> str:
    """A spec of that many lines, or one app fewer."""
    count = (lines - HEAD.count("\n")) // APP.count("\n")
    return HEAD + "".join(APP.replace("code@", f"code{n}@") for n in range(count))


def keystrokes(spec: str, count: int) -> Iterator[str]:
    """The texts as a letter comes and goes in a summary in the middle of the file."""
    place = spec.index('"A code', len(spec) // 2) + 1
    for number in range(count):
        yield spec[:place] + "x" + spec[place:] if number % 2 == 0 else spec


def measure(lines: int, count: int = 40) -> list[float]:
    """Milliseconds, one for each keystroke."""
    spec = text(lines)
    with Client() as client:
        client.open(URI, spec)
        return [
            1000 * client.timed_change(URI, version, typed)
            for version, typed in enumerate(keystrokes(spec, count), 1)
        ]


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    taken = sorted(measure(wanted))
    print(  # noqa: T201
        f"{text(wanted).count(chr(10))} lines: median {statistics.median(taken):.0f} ms, "
        f"fastest {taken[0]:.0f}, 9 in 10 within {taken[len(taken) * 9 // 10]:.0f}"
    )
