# ruff: noqa: INP001, S101, S603, T201 - a script that prints and runs programs, not a package
"""One small stack, said to envc, hpccm and neurodocker, and what each makes of it.

    python benchmarks/compile.py

A Debian with gcc, OpenMPI, HDF5 and FFTW, and an own program in C for x86-64-v3: a Dockerfile and
an Apptainer definition. The two others are installed into a folder that is thrown away; the spec is
locked first, from this machine's own mirror, and that is not timed. The own program's options are
written by hand for the others, which have no word for them.
"""

import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from tests.debian_suites import STORE
from tests.own_apt import mirror

ROOT = Path(__file__).parents[1]
TIMES = 7
MARCH = "-march=x86-64-v3"
HPCCM = """\
Stage0 += baseimage(image='debian:13', _as='devel')
compiler = gnu()
Stage0 += compiler
mpi = openmpi(version='4.1.6', cuda=False, infiniband=False, toolchain=compiler.toolchain)
Stage0 += mpi
Stage0 += hdf5(version='1.14.3', toolchain=mpi.toolchain, configure_opts=['--enable-parallel'])
Stage0 += fftw(version='3.3.10', mpi=True, toolchain=mpi.toolchain)
Stage0 += copy(src='src', dest='/src')
build = 'mpicc -O2 -march=x86-64-v3 -o /usr/local/bin/heat2d /src/*.c -lhdf5 -lfftw3_mpi -lm'
Stage0 += shell(commands=[build])
Stage1 += baseimage(image='debian:13-slim')
Stage1 += Stage0.runtime()
Stage1 += copy(_from='devel', src='/usr/local/bin/heat2d', dest='/usr/local/bin/heat2d')
"""
NEURODOCKER = (
    *("--pkg-manager", "apt", "--base-image", "debian:13"),
    *("--install", "gcc", "make", "cmake", "openmpi-bin", "libopenmpi-dev"),
    *("libhdf5-openmpi-dev", "libfftw3-mpi-dev"),
    *("--copy", "src", "/src"),
    *("--run", f"mpicc -O2 {MARCH} -o /usr/local/bin/heat2d /src/*.c -lhdf5 -lfftw3_mpi -lm"),
)


class Made(NamedTuple):
    """What one tool wrote for both formats, and how long it computed."""

    tool: str
    seconds: float
    texts: tuple[str, ...]
    """The Dockerfile and the definition."""
    facts: tuple[tuple[str, str], ...]


def computed(work: Callable[[], object]) -> float:
    """The least seconds of CPU that the programs it starts take: less is less disturbed."""
    found: list[float] = []
    for _ in range(TIMES):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        work()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        found.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return min(found)


def said(words: Iterable[str | Path], folder: Path) -> str:
    done = subprocess.run(
        list(map(str, words)), cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


# ---- the peers -----------------------------------------------------------------------------------


def installed(folder: Path) -> Path:
    """hpccm and neurodocker in a Python of their own."""
    venv.create(folder, with_pip=True)
    said((folder / "bin" / "pip", "install", "--quiet", "hpccm", "neurodocker"), folder)
    return folder / "bin"


def of_hpccm(programs: Path, folder: Path) -> Made:
    (folder / "recipe.py").write_text(HPCCM)
    words = (programs / "hpccm", "--recipe", "recipe.py", "--cpu-target", "x86_64_v3", "--format")
    formats = (("docker",), ("singularity", "--singularity-version=3.2"))
    texts = tuple(said((*words, *each), folder) for each in formats)
    seconds = computed(lambda: [said((*words, *each), folder) for each in formats])
    return Made("hpccm", seconds, texts, facts(texts[0]))


def of_neurodocker(programs: Path, folder: Path) -> Made:
    words = (programs / "neurodocker", "generate")
    formats = ("docker", "singularity")
    texts = tuple(said((*words, each, *NEURODOCKER), folder) for each in formats)
    seconds = computed(lambda: [said((*words, each, *NEURODOCKER), folder) for each in formats])
    return Made("neurodocker", seconds, texts, facts(texts[0]))


def facts(text: str) -> tuple[tuple[str, str], ...]:
    dockerfile, _, _ = text.partition("# Save specification to JSON")  # neurodocker's own words
    bases = re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE)
    installs = re.findall(r"apt-get install([^&]*)", dockerfile)
    packages = {word for each in installs for word in each.split() if word[0].isalnum()}
    by_version = [each for each in packages if "=" in each]
    fetched = re.findall(r"(?:wget|curl)[^&]*(?:https?|ftp)://\S+", dockerfile)
    checked = len(re.findall(r"sha256sum", dockerfile))
    steps = re.split(r"\n(?=[A-Z]+ )", dockerfile)
    compiling = [
        each for each in steps if re.match(r"RUN .*(\./configure|mpicc )", each, re.DOTALL)
    ]
    marched = [each for each in compiling if MARCH in each]
    return (
        ("images by digest", f"{sum('@sha256:' in each for each in bases)} of {len(bases)}"),
        ("packages by hash", f"0 of {len(packages)} named, {len(by_version)} by version"),
        ("sources by hash", f"{min(checked, len(fetched))} of {len(fetched)}"),
        (f"built with {MARCH}", f"{len(marched)} of {len(compiling)} that are compiled"),
    )


# ---- envc ----------------------------------------------------------------------------------------


def of_envc(folder: Path) -> Made:
    shutil.copytree(ROOT / "examples" / "heat2d", folder)
    spec = folder / "heat2d.envc"
    text = spec.read_text()
    text = re.sub(r"targets .*", "targets  x86_64_v3", text)
    spec.write_text(re.sub(r"emit .*", "emit dockerfile, apptainer", text))
    envc = (sys.executable, "-m", "envc")
    said((*envc, "lock", spec), folder)
    leaf = folder / "envc-out" / "heat2d" / "x86_64_v3"

    def compiled() -> None:
        shutil.rmtree(folder / "envc-out", ignore_errors=True)
        said((*envc, "compile", spec), folder)

    seconds = computed(compiled)
    texts = tuple(each.read_text() for each in (leaf / "Dockerfile", *leaf.glob("*.def")))
    return Made("envc", seconds, texts, facts_of_envc(leaf))


def facts_of_envc(leaf: Path) -> tuple[tuple[str, str], ...]:
    """As `facts`, of a folder that `envc compile` wrote: packages have files of their own there."""
    dockerfile = (leaf / "Dockerfile").read_text()
    steps = [each.read_text() for each in leaf.glob("steps/build-*.sh")]
    lines = [
        line
        for name in ("packages-build.txt", "packages-run.txt")
        for line in (leaf / name).read_text().splitlines()
        if line and not line.startswith("#")
    ]
    by_hash = [line for line in lines if re.match(r"[0-9a-f]{64} ", line)]
    bases = re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE)
    named = re.findall(r" AS (\S+)", dockerfile)
    kept = [each for each in bases if each not in {"scratch", *named}]
    sources = list((leaf / "inputs").iterdir())
    hashes = [sha256(each.read_bytes()).hexdigest() for each in sources]
    checked = [each for each in hashes if any(each in step for step in steps)]
    marched = [each for each in steps if MARCH in each]
    return (
        ("images by digest", f"0 of {len(kept)}, of which nothing is kept"),
        ("packages by hash", f"{len({*by_hash})} of {len({*lines})}, which is all there are"),
        ("sources by hash", f"{len(checked)} of {len(sources)}"),
        (f"built with {MARCH}", f"{len(marched)} of {len(steps)} that are compiled"),
    )


def main() -> None:
    os.environ.setdefault("ENVC_DEBIAN_MIRROR", mirror())
    os.environ.setdefault("ENVC_STORE", str(STORE))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        programs = installed(folder / "peers")
        print(said((programs / "pip", "list", "--format=freeze"), folder), file=sys.stderr)
        made = (
            of_envc(folder / "heat2d"),
            of_hpccm(programs, folder),
            of_neurodocker(programs, folder),
        )
        print("tool: seconds of CPU for both formats, ratio to envc, lines of the Dockerfile")
        for each in made:
            lines = each.texts[0].count("\n")
            ratio = each.seconds / made[0].seconds
            print(f"{each.tool:12} {each.seconds:6.3f} s {ratio:5.2f} {lines:5} lines")
        for each in made:
            print(f"\n{each.tool}")
            for fact, value in each.facts:
                print(f"  {fact:28} {value}")


if __name__ == "__main__":
    main()
