"""The real Guix 1.5.0 says the same as the index, of whatever is asked."""

import random
import re
import shutil
import subprocess
from pathlib import Path
from typing import Protocol

import pytest

from envc.facts.problem import Problem
from envc.facts.versions import ANY, Range, read_range
from envc.guix import make
from envc.guix.channels import DEFAULT, Channel, official, scheme
from envc.guix.collisions import Entry, collisions
from envc.guix.index import GuixIndex, GuixPackage, default
from envc.guix.machine import ask
from envc.guix.resolve import Chosen, choose

pytestmark = [
    pytest.mark.tool("mmdebstrap"),
    pytest.mark.slow,
    pytest.mark.xdist_group("guix"),
]

NAMES = (
    "boost cmake eigen fftw gcc-toolchain gsl hdf5 hdf5-parallel-openmpi hypre julia kokkos lapack "
    "mpich netcdf openblas openmpi petsc psm2 python python-mpi4py python-numpy python-pandas "
    "python-scipy r r-ggplot2 scalapack suitesparse vtk zlib age-keygen hpn-ssh gtkmm opus tar "
    "valgrind slurm ucx llvm glib metis"
)
SOME_TUNINGS = [
    ("aarch64-linux", "armv8.2-a"),
    ("x86_64-linux", "x86-64-v3"),
    ("x86_64-linux", "znver4"),
]
"""A few of those in the index: it takes Guix a third of a second for each and package."""
SETS = (
    "openmpi,openmpi@4 hdf5,hdf5@1.10 openmpi,hdf5-parallel-openmpi python-scipy,python-numpy "
    "python-scipy,python-numpy@1.26 python-pandas,python-matplotlib,python-numpy@1.26 gtk+,glib "
    "cairomm@1.14 gtkmm@3 r,r-ggplot2,r-dplyr hdf5,hdf5@1.10:fortran python,python-mpi4py "
    "python-numpy,python-numpy@1.26 gcc-toolchain,gsl,openblas conan petsc,hypre glib,glib:bin "
    "python@3.10,python-numpy netcdf,hdf5 antlr3 gsl:static,gsl"
)


class Guix(Protocol):
    """As `conftest.py` starts it."""

    words: list[str]
    root: Path

    def say(self, *words: str) -> str: ...

    def put(self, name: str, text: str) -> str: ...


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="module")
def asked(guix_on_path: None, kept: str) -> GuixIndex:
    """What time-machine tells of the default commit."""
    found = ask([DEFAULT], NAMES.split(), make.SYSTEMS, SOME_TUNINGS, keep=kept)
    assert isinstance(found, GuixIndex), found
    return found


@pytest.mark.parametrize("name", NAMES.split())
def test_the_index_is_what_guix_says(asked: GuixIndex, name: str) -> None:
    ours = default()

    assert ours.named(name) == asked.named(name) != ()
    for package in ours.named(name):
        for system in make.SYSTEMS:
            for tune in ("", *(cpu for where, cpu in SOME_TUNINGS if where == system)):
                said = [asked.output_path(package, each, system, tune) for each in package.outputs]
                held = [ours.output_path(package, each, system, tune) for each in package.outputs]
                assert held == said, (package, system, tune)
            assert brought(ours, package, system) == brought(asked, package, system)


def brought(
    index: GuixIndex, package: GuixPackage, system: str
) -> list[tuple[str, str, str | None]]:
    return [
        (each.specification, output, index.output_path(each, output, system))
        for each, output in index.propagated(package, system)
    ]


def test_only_what_was_asked_is_told(asked: GuixIndex) -> None:
    assert set(asked.names()) == set(NAMES.split())


def test_what_was_told_is_kept(
    asked: GuixIndex, kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    again = ask([DEFAULT], reversed(NAMES.split()), make.SYSTEMS, SOME_TUNINGS, keep=kept)

    assert isinstance(again, GuixIndex)
    assert again.named("hdf5") == asked.named("hdf5")


def test_a_commit_that_is_nowhere(guix_on_path: None, tmp_path: Path) -> None:
    channel = official("12" * 20)
    assert isinstance(channel, Channel)
    found = ask([channel], ["gsl"], (), keep=str(tmp_path))

    # Without a network, which is as far as a test goes.
    assert isinstance(found, Problem)
    assert "out of reach" in found.message
    assert [each.name for each in tmp_path.rglob("*")] == ["guix"]


@pytest.mark.tool("git")
def test_a_commit_that_the_channel_does_not_have(
    guix: Guix, guix_on_path: None, tmp_path: Path
) -> None:
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-C"]
    folder = guix.root / "tmp" / "envc" / "channel.git"
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    subprocess.run([*git, str(folder), "commit", "-q", "--allow-empty", "-m", "a"], check=True)
    channel = Channel("guix", "file:///tmp/envc/channel.git", "master", "12" * 20)
    found = ask([channel], ["gsl"], (), keep=str(tmp_path))

    assert isinstance(found, Problem)
    assert "the channel has no such commit" in found.message


@pytest.mark.parametrize("tune", ["znver4", "x86-64-v3"])
def test_a_tuned_package_is_where_guix_build_puts_it(guix: Guix, tune: str) -> None:
    derivation = guix.say("build", "--derivations", f"--tune={tune}", "gsl").strip()
    text = (guix.root / derivation.lstrip("/")).read_text()
    said = dict(re.findall(r'\("(\w+)","(/gnu/store/[^"]+)","",""\)', text))
    (gsl,) = default().named("gsl")

    held = {each: default().output_path(gsl, each, "x86_64-linux", tune) for each in gsl.outputs}
    assert held == said


def test_channels_are_laid_out_as_guix_lays_them_out(guix: Guix) -> None:
    mine = Channel("mine", "https://example.org/mine.git", "main", "a" * 40)
    for name, channels in (("one.scm", [DEFAULT]), ("two.scm", [DEFAULT, mine])):
        path = guix.put(name, scheme(channels))
        guix.say("style", "-f", path)
        assert (guix.root / path.lstrip("/")).read_text() == scheme(channels)


def test_what_collides_in_a_profile_collides_in_guix(guix: Guix) -> None:
    asked = [*SETS.split(), *random_pairs()]
    script = guix.put("collide.scm", Path(__file__).with_name("collide.scm").read_text())
    said = dict(line.split("\t") for line in guix.say("repl", "--", script, *asked).splitlines())

    held = {each: bool(collisions(default(), entries(each), "x86_64-linux")) for each in asked}
    assert held == {each: said[each] != "fine" for each in asked}
    assert {True, False} <= set(held.values())


def random_pairs() -> list[str]:
    """Of packages that bring others; the same ones each time."""
    bringing = [
        package.specification
        for name in default().names()
        if name.startswith(("python-", "gtk", "r-", "qt", "glib", "guile-"))
        for package in default().named(name)
        if not package.superseded and default().propagated(package, "x86_64-linux")
    ]
    pick = random.Random(4)
    return [",".join(pick.sample(bringing, 2)) for _ in range(60)]


def entries(specifications: str) -> list[Entry]:
    chosen = [of(each) for each in specifications.split(",")]
    return [(each.package, each.output) for each in chosen]


def of(specification: str) -> Chosen:
    bare, _, output = specification.partition(":")
    name, at, text = bare.partition("@")
    wanted = read_range(text) if at else ANY
    assert isinstance(wanted, Range)
    found = choose(default(), name, wanted, output or "out")
    assert isinstance(found, Chosen), found
    return found
