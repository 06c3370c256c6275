"""`solve` chooses what `apt-get install --simulate --no-install-recommends` chooses."""

import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from envc.debian.index import Index
from envc.debian.solve import Solution, Wanted, solve, wanted
from tests import debian_suites
from tests.conftest import Chroot
from tests.own_apt import Apt

pytestmark = pytest.mark.tool("apt-get")

WORLDS = (("bookworm", "amd64"), ("trixie", "arm64"), ("bookworm", "arm64"), ("trixie", "amd64"))
EVERYWHERE = bool(os.environ.get("ENVC_EVERYWHERE"))
"""Each set in every world: four minutes. Else they take turns."""

SETS = {
    "a compiler": "gcc",
    "compilers": "cmake g++ gfortran make",
    "all to build with": "build-essential",
    "clang": "clang lld ninja-build",
    "Open MPI": "libopenmpi-dev openmpi-bin",
    "MPICH": "libmpich-dev mpich",
    "the default MPI": "mpi-default-dev",
    "two MPIs beside each other": "libhdf5-mpich-dev libhdf5-openmpi-dev",
    "reference BLAS": "libblas-dev liblapack-dev",
    "OpenBLAS": "libopenblas-dev",
    "ATLAS": "libatlas-base-dev",
    "BLIS and what needs any BLAS": "libblis-dev python3-numpy",
    "64-bit BLAS": "libopenblas64-dev",
    "HDF5": "libhdf5-dev",
    "NetCDF": "libnetcdf-dev libnetcdff-dev",
    "parallel FFTW": "libfftw3-mpi-dev libhdf5-openmpi-dev",
    "PETSc": "petsc-dev",
    "ScaLAPACK": "libmumps-dev libscalapack-openmpi-dev",
    "sparse solvers": "libhypre-dev libsuitesparse-dev",
    "Python arrays": "python3-numpy",
    "Python science": "python3-matplotlib python3-scipy",
    "Python data": "python3-pandas python3-sklearn",
    "Python for MPI": "python3-mpi4py python3-petsc4py",
    "notebooks": "jupyter-notebook",
    "R": "r-base-core",
    "R to build with": "r-base-dev",
    "R packages": "r-cran-dplyr r-cran-ggplot2",
    "Java": "default-jdk",
    "Java without a screen": "default-jre-headless maven",
    "molecular dynamics": "gromacs",
    "particle physics": "libfastjet-dev libhepmc3-dev",
    "quantum chemistry": "quantum-espresso",
    "a virtual package of one provider": "default-mta",
    "a server with mail": "cron postfix",
    "awk": "gawk",
    "debconf or cdebconf": "cdebconf",
    "a desktop's libraries": "libgtk-3-dev",
    "a whole desktop": "xfce4",
    "OpenGL": "libgl-dev libglx-mesa0",
    "OpenCL": "ocl-icd-opencl-dev pocl-opencl-icd",
    "an init": "systemd",
    "another init": "sysvinit-core",
    "sessions": "dbus-user-session libpam-systemd",
    "virtual APIs of perl": "libwww-perl libxml-libxml-perl",
    "Haskell's names with hashes": "ghc libghc-aeson-dev",
    "TeX": "texlive-latex-base",
    "an editor": "emacs-nox vim",
    "a scheduler": "slurm-wlm",
    "containers": "podman",
    "everything Boost has": "libboost-all-dev",
    "no solution": "exim4-daemon-light postfix",
    "another without": "chrony ntpsec openntpd",
}
REFUSED = frozenset({"no solution", "another without"})
GONE = frozenset({("ATLAS", "trixie"), ("particle physics", "trixie")})
"""What a suite does not have."""
NEWER = ("all to build with", "PETSc", "a server with mail", "sessions")
ESSENTIAL = ("gcc", "libopenmpi-dev python3-numpy", "r-base-core", "python3-h5py-mpi")
RELATIONS = (
    "awk",
    "debconf-2.0",
    "java-runtime",
    "mail-transport-agent",
    "www-browser",
    "gcc (>= 4:12)",
    "gcc (>= 4:99)",
    "libblas.so.3 | libblas3",
    "openntpd | ntpsec",
)


def spread(cases: Iterable[str]) -> list[Any]:
    """A case in one world, or each in all; what is of one suite shares one worker and one apt."""
    worlds = cycle(WORLDS)
    return [
        pytest.param(
            suite,
            machine,
            case,
            marks=pytest.mark.xdist_group(f"apt-{suite}"),
            id=f"{suite}-{machine}-{case.replace(' ', '-')}",
        )
        for case in cases
        for suite, machine in (WORLDS if EVERYWHERE else [next(worlds)])
    ]


Release = Callable[[str, str], tuple[Apt, Index]]


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A Debian release as apt reads it, and as we do."""

    @cache
    def read(suite: str, architecture: str) -> tuple[Apt, Index]:
        folder = tmp_path_factory.mktemp(f"{suite}-{architecture}")
        index = debian_suites.index(suite, architecture)
        return debian_suites.own_apt(folder, suite, architecture), index

    return read


def wishes(*texts: str) -> list[Wanted]:
    found = [wanted(text) for text in texts]
    return [wish for wish in found if isinstance(wish, Wanted)]


def chosen(index: Index, words: Sequence[str], *, essential: bool = False) -> object:
    found = solve([index], wishes(*words), essential=essential)
    return found.versions() if isinstance(found, Solution) else None


@pytest.mark.parametrize(("suite", "architecture", "case"), spread(SETS))
def test_a_set(release: Release, suite: str, architecture: str, case: str) -> None:
    apt, index = release(suite, architecture)
    words = SETS[case].split()
    simulated = apt.simulate(*words)
    assert chosen(index, words) == simulated
    assert (simulated is None) == (case in REFUSED or (case, suite) in GONE)


@pytest.mark.parametrize(("suite", "architecture", "case"), spread(ESSENTIAL))
def test_with_what_every_system_has(
    release: Release, suite: str, architecture: str, case: str
) -> None:
    apt, index = release(suite, architecture)
    every = sorted({*case.split(), *(deb.name for deb in index.essential())})
    simulated = apt.simulate(*every)
    assert chosen(index, case.split(), essential=True) == simulated is not None


@pytest.mark.xdist_group("apt-bookworm")
def test_a_pinned_version(release: Release) -> None:
    apt, index = release("bookworm", "amd64")
    word = f"gcc={index.named('gcc')[0].version}"
    assert chosen(index, [word]) == apt.simulate(word)
    assert chosen(index, ["gcc=1:2-3"]) is None is apt.simulate("gcc=1:2-3")


@pytest.mark.parametrize(("suite", "architecture", "case"), spread(RELATIONS))
def test_a_relation(release: Release, suite: str, architecture: str, case: str) -> None:
    """What a package's `Depends` may say may be wanted too; apt-get calls that `satisfy`."""
    apt, index = release(suite, architecture)
    assert chosen(index, [case]) == apt.simulate(case, verb="satisfy")


@pytest.mark.slow
@pytest.mark.xdist_group("apt-trixie")
def test_a_newer_apt(release: Release, chroot: Chroot) -> None:
    """The apt of trixie, 3.0, marks as the apt of bookworm does; 3.1 brought another solver."""
    own, index = release("trixie", "amd64")
    words = chroot("apt", "trixie", "apt,dpkg")
    root = Path(words[words.index("--") - 1])
    there = root / own.folder.relative_to("/")
    shutil.copytree(own.folder, there)  # what it sees is where it is outside
    try:
        newer = Apt(own.folder, tuple(words))
        for case in NEWER:
            some = SETS[case].split()
            assert chosen(index, some) == newer.simulate(*some) is not None, case
    finally:
        shutil.rmtree(there)
