"""The index that comes with envc."""

import os
import subprocess
import sys
import time

import pytest

from envc.facts import versions
from envc.facts.versions import Version
from envc.guix.channels import DEFAULT
from envc.guix.index import GuixIndex, default
from envc.guix.packed import Packed

X86, ARM = "x86_64-linux", "aarch64-linux"
USUAL = (
    "boost cmake eigen fftw gcc-toolchain gromacs gsl hdf5 hypre julia kokkos lapack llvm "
    "openblas openmpi petsc python python-numpy r scalapack"
)


@pytest.fixture(scope="module")
def index() -> GuixIndex:
    return default()


def test_it_is_of_the_default_channel(index: GuixIndex) -> None:
    assert (index.channel, index.title) == (DEFAULT, "Guix 1.5.0")
    for name in ("packages", "paths"):
        folder = os.path.join(os.path.dirname(sys.modules[GuixIndex.__module__].__file__ or ""))
        with open(os.path.join(folder, "data", f"{name}.table"), "rb") as file:
            assert Packed(file.read()).commit == DEFAULT.commit


def test_it_knows_all_of_guix(index: GuixIndex) -> None:
    names = list(index.names())

    assert len(names) == len(set(names)) == 29_953
    assert sum(each.tunable for name in names for each in index.named(name)) == 48


# What others saw who used the same commit: substitutes signed by the build farm, published locks.
@pytest.mark.parametrize(
    ("name", "version", "digits"),
    [
        ("hello", "2.12.2", "cs56i9digj9qg1bd383cmxc6xrfpdn9n"),
        ("openmpi", "5.0.9", "n35f0zg5gz2l6lpgm5awy78dhs5ivmjz"),
        ("openmpi", "4.1.6", "111vhbvxn277as225br708i4j3pnkalr"),
    ],
)
def test_store_paths(index: GuixIndex, name: str, version: str, digits: str) -> None:
    (found,) = (each for each in index.named(name) if each.version == version)

    assert index.output_path(found, "out", X86) == f"/gnu/store/{digits}-{name}-{version}"


def test_every_package_for_a_system_has_its_paths(index: GuixIndex) -> None:
    lacking = {
        name
        for name in index.names()
        for each in index.named(name)
        for system in (X86, ARM)
        for output in each.outputs
        if (index.output_path(each, output, system) is None) == (system in each.systems)
    }
    # Guix has two of each, of one version, and a specification does not say which.
    assert lacking == {"exiv2", "hpn-ssh", "mariadb", "rust-bindgen-cli", "tinygettext"}


def test_what_is_brought_is_there(index: GuixIndex) -> None:
    for name in list(index.names())[::10]:
        for package in index.named(name):
            for brought, output in index.propagated(package, X86):
                assert output in brought.outputs


def test_what_superseded_another_is_there(index: GuixIndex) -> None:
    for name in index.names():
        for package in index.named(name):
            if package.superseded:
                successor, _, version = package.superseded.rpartition("@")
                assert version in [each.version for each in index.named(successor)]


def test_our_order_of_versions_is_that_of_guix(index: GuixIndex) -> None:
    """So a range means to us what it would mean to Guix."""
    differ = set()
    for name in index.names():
        said = [versions.version(each.version) for each in index.named(name)]
        read = [each for each in said if isinstance(each, Version)]
        if read != sorted(read, reverse=True):
            differ.add(name)
    assert differ == {"skia", "zig-diffz"}  # versions that end in commits of one release


@pytest.mark.parametrize("name", ["", "0", "zzzz", "hdf", "hdf55", "é"])
def test_what_is_not_there(index: GuixIndex, name: str) -> None:
    assert index.named(name) == ()


def test_twenty_lookups_are_fast() -> None:
    """In a process of its own: measured 6 ms, with 6 MB."""
    program = (
        "import time, envc.guix.index as guix\n"
        "start = time.process_time()\n"
        f"for name in {USUAL.split()!r}:\n"
        "    for each in guix.default().named(name):\n"
        "        assert guix.default().output_path(each, 'out', 'x86_64-linux')\n"
        "print(time.process_time() - start)\n"
    )
    start = time.monotonic()
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert float(said.stdout) < 0.050, time.monotonic() - start
