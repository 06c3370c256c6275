"""`solve` chooses what `apt-get install --simulate --no-install-recommends` chooses."""

import shutil
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pytest

from envc.debian.index import Index
from envc.debian.solve import Solution, Wanted, solve, wanted
from tests.conftest import Chroot, missing
from tests.debian.apt_oracle import KEYRING, Apt, apt_of, index_of, lists_of, mirror

pytestmark = [pytest.mark.tool("apt-get"), pytest.mark.xdist_group("apt")]

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
    "particle physics": "libfastjet-dev libhepmc3-dev",
    "molecular dynamics": "gromacs",
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
# The other architecture of a release has the same packages with the same needs, nearly.
SOME = tuple(SETS.values())[::4]

Release = Callable[[str, str], tuple[Apt, Index]]


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A Debian release as apt reads it from this machine's mirror, and the same bytes as we do."""

    @cache
    def read(suite: str, architecture: str) -> tuple[Apt, Index]:
        if not Path(KEYRING).exists():
            missing("the keyring of Debian's archive is not here")
        line = f"deb [signed-by={KEYRING}] {mirror()} {suite} main\n"
        apt = apt_of(tmp_path_factory.mktemp("apt") / f"{suite}-{architecture}", architecture, line)
        return apt, index_of(lists_of(apt), suite, architecture)

    return read


def wishes(*texts: str) -> list[Wanted]:
    found = [wanted(text) for text in texts]
    return [wish for wish in found if isinstance(wish, Wanted)]


def chosen(index: Index, words: Sequence[str], *, essential: bool = False) -> object:
    found = solve([index], wishes(*words), essential=essential)
    return found.versions() if isinstance(found, Solution) else None


@pytest.mark.parametrize("words", SETS.values(), ids=SETS)
@pytest.mark.parametrize("suite", ["bookworm", "trixie"])
def test_a_set(release: Release, suite: str, words: str) -> None:
    apt, index = release(suite, "amd64")
    assert chosen(index, words.split()) == apt.simulate(*words.split())


@pytest.mark.parametrize("words", SOME)
@pytest.mark.parametrize("suite", ["bookworm", "trixie"])
def test_another_architecture(release: Release, suite: str, words: str) -> None:
    apt, index = release(suite, "arm64")
    assert chosen(index, words.split()) == apt.simulate(*words.split())


@pytest.mark.parametrize("words", ["gcc", "libopenmpi-dev python3-numpy", "r-base-core"])
@pytest.mark.parametrize("suite", ["bookworm", "trixie"])
def test_with_what_every_system_has(release: Release, suite: str, words: str) -> None:
    apt, index = release(suite, "amd64")
    every = sorted({*words.split(), *(deb.name for deb in index.essential())})
    assert chosen(index, words.split(), essential=True) == apt.simulate(*every)


def test_a_pinned_version(release: Release) -> None:
    apt, index = release("bookworm", "amd64")
    word = f"gcc={index.named('gcc')[0].version}"
    assert chosen(index, [word]) == apt.simulate(word)
    assert chosen(index, ["gcc=1:2-3"]) is None is apt.simulate("gcc=1:2-3")


@pytest.mark.parametrize(
    "word",
    [
        "awk",
        "debconf-2.0",
        "java-runtime",
        "mail-transport-agent",
        "www-browser",
        "gcc (>= 4:12)",
        "gcc (>= 4:99)",
        "libblas.so.3 | libblas3",
        "openntpd | ntpsec",
    ],
)
def test_a_relation(release: Release, word: str) -> None:
    """What a package's `Depends` may say may be wanted too; apt-get calls that `satisfy`."""
    apt, index = release("bookworm", "amd64")
    assert chosen(index, [word]) == apt.simulate(word, verb="satisfy")


@pytest.mark.slow
def test_a_newer_apt(release: Release, chroot: Chroot) -> None:
    """The apt of trixie, 3.0, marks as the apt of bookworm does; 3.1 brought another solver."""
    own, index = release("trixie", "amd64")
    words = chroot("apt", "trixie", "apt,dpkg")
    root = Path(words[words.index("--") - 1])
    there = root / own.folder.relative_to("/")
    shutil.copytree(own.folder, there)  # what it sees is where it is outside
    try:
        newer = Apt(own.folder, tuple(words))
        for some in SOME:
            assert chosen(index, some.split()) == newer.simulate(*some.split()), some
    finally:
        shutil.rmtree(there)
