"""Environments without code: a working copy that lies outside is built in one, and is for its CPU.

What is built here is the smallest that there is, of the packages that other tests build with. Those
of the examples are built by hand, and their locks have what came out.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from envc.library import standard
from envc.lock.model import Lock
from envc.lock.text import read
from envc.plan.make import plans
from envc.plan.model import Plan
from tests.build.small import FILES
from tests.conftest import missing
from tests.debian_suites import STORE
from tests.examples.programs import EXAMPLES, Done, checked
from tests.own_apt import mirror

APPS = ("geant4", "mastercode", "smilei")
BUILT = "x86_64_v3"
"""The target of which every environment was built."""

SPEC = """envc 1

package tide {
  version 1.0 from source
  source  dir "tide"
  build   make
}

app workshop@1.0 {
  needs    gcc@12:, make, tide
  targets  x86_64_v2
  flags {
    cflags "-DFROM=\\"spec\\""
  }
  emit dockerfile, apptainer
}
"""
PROGRAM = """#include <stdio.h>
#ifndef __SSE4_2__
#error "not for the target"
#endif
#include <tide.h>
int main(void) { printf("for the target, says the " FROM ": %d\\n", tide(3)); return 0; }
"""
MAKEFILE = "hello: hello.c\n\t$(CC) -O2 -o $@ hello.c -ltide\n\t$(CXX) --version >version\n"


def locked(app: str) -> Lock:
    found = read((EXAMPLES / "environments" / app / "envc.lock").read_text())
    assert isinstance(found, Lock)
    return found


def planned(app: str) -> dict[tuple[str, str], Plan]:
    spec = checked(EXAMPLES / "environments" / app / f"{app}.envc")
    made = plans(spec, locked(app), standard())
    assert not made.diagnostics
    return {(each.origin.partition("/")[0], each.target): each for each in made.plans}


@pytest.mark.parametrize("app", APPS)
def test_its_image_and_its_shell_have_compilers(app: str) -> None:
    for (origin, target), plan in planned(app).items():
        names = {each.name for each in plan.run.debs} if plan.run is not None else set()
        assert "g++-14" in names or "gcc-toolchain" in " ".join(plan.run_items)
        march = "-march=" + target.replace("_", "-")
        assert all(march in each.flags for each in plan.compilers), (origin, target)


@pytest.mark.parametrize("app", APPS)
def test_its_image_is_recorded(app: str) -> None:
    """Of the very plan that its spec and its lock make today."""
    plan = planned(app)["debian", BUILT]
    found = {each.kind for each in locked(app).outputs if each.closure == plan.closure}
    assert {"oci", "sif", "tree"} <= found


# ---- a small one, built and worked in ------------------------------------------------------------

real = [pytest.mark.xdist_group("builder"), pytest.mark.slow]


def envc(folder: Path, *words: str) -> Done:
    return subprocess.run(
        [sys.executable, "-m", "envc", *words],
        cwd=folder,
        env={**os.environ, "ENVC_STORE": str(STORE), "ENVC_DEBIAN_MIRROR": mirror()},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its spec, locked and built; it needs a library that nobody has ready."""
    if os.geteuid():
        missing("packages of Debian are installed by root here")
    folder = tmp_path_factory.mktemp("workshop")
    spec = folder / "workshop.envc"
    spec.write_text(SPEC)
    for name, text in FILES.items():
        if name.startswith("tide/"):
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text)
    for words in (("lock", str(spec)), ("build", str(spec))):
        done = envc(folder, *words)
        assert done.returncode == 0, done.stderr
    return spec


@pytest.fixture(scope="module")
def copy(workshop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working copy elsewhere, in which `make` was said."""
    folder = tmp_path_factory.mktemp("a working copy")
    (folder / "hello.c").write_text(PROGRAM)
    (folder / "Makefile").write_text(MAKEFILE)
    done = work(workshop, folder, "make")
    assert done.returncode == 0, done.stderr
    return folder


def work(workshop: Path, folder: Path, *words: str) -> Done:
    return envc(folder, "run", "-r", "embedded", str(workshop), "--", *words)


class TestReal:
    pytestmark = real

    def test_make_reaches_the_target_unasked(self, workshop: Path, copy: Path) -> None:
        done = work(workshop, copy, "./hello")
        assert done.stdout == "for the target, says the spec: 7\n", done.stderr
        notes = subprocess.run(
            ["readelf", "-n", str(copy / "hello")], capture_output=True, text=True, check=True
        )
        assert "x86-64-v2" in notes.stdout

    def test_all_that_is_left_belongs_to_whoever_worked(self, copy: Path) -> None:
        made = [copy / name for name in ("hello", "version")]
        assert {(each.stat().st_uid, each.stat().st_gid) for each in made} == {
            (os.geteuid(), os.getegid())
        }

    def test_it_is_the_compiler_of_the_lock(self, copy: Path) -> None:
        assert (copy / "version").read_text().startswith("g++-14 (Debian 14.2.0")

    def test_what_a_build_says_itself_counts(self, workshop: Path, copy: Path) -> None:
        """Here: an older CPU than the target."""
        done = work(workshop, copy, "make", "-B", "CC=gcc -march=x86-64")
        assert done.returncode != 0
        assert "not for the target" in done.stderr

    def test_its_calls_can_be_looked_at(self, workshop: Path, copy: Path) -> None:
        done = work(workshop, copy, "env", "ENVC_COMPILED=calls", "make", "-B")
        assert done.returncode == 0, done.stderr
        first = (copy / "calls").read_text().splitlines()[0]
        assert first.startswith("/usr/bin/gcc-14 -march=x86-64-v2 ")
