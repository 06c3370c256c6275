"""`envc lock`: the same bytes everywhere, and stale only where the spec says another thing."""

import os
import subprocess
import sys
from collections.abc import Iterable
from itertools import permutations
from pathlib import Path

import pytest

from envc.cpu import lattice
from envc.lock.model import Lock
from envc.lock.text import read

TOOLCHAIN = "toolchain gnu {\n  c, cxx   gcc@13.3\n  fortran  gcc@12.4\n}"
TARGETS = "targets tier = zen5, x86_64_v3, neoverse_v2"
APP = 'app heat2d@1.4.0 {\n  source   dir "."\n  using    gnu\n  targets  tier\n}'
OTHER = (
    "app waves {\n  reproducibility  numeric\n  needs            clang@16\n"
    "  targets          haswell, x86_64_v2\n}"
)


def write(folder: Path, items: Iterable[str]) -> Path:
    spec = folder / "heat.envc"
    spec.write_text("envc 1\n\n" + "\n\n".join(items) + "\n")
    return spec


def envc(*words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "envc", *words],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def locked(folder: Path, items: Iterable[str], **variables: str) -> str:
    done = envc("lock", str(write(folder, items)), **variables)
    assert done.returncode == 0, done.stderr
    return (folder / "envc.lock").read_text()


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    return write(tmp_path, (TARGETS, TOOLCHAIN, APP))


def test_it_holds_every_target_with_its_options(tmp_path: Path) -> None:
    lock = read(locked(tmp_path, (TARGETS, TOOLCHAIN, APP, OTHER)))
    assert isinstance(lock, Lock)
    assert (lock.archspec, lock.archspec_digest) == (lattice.data_version(), lattice.data_digest())
    found = {(each.app, each.target, each.compiler, each.language): each for each in lock.targets}
    v3 = found["heat2d@1.4.0", "x86_64_v3", "gcc", "c"]
    assert (v3.version, v3.flags) == ("13.3.0", ("-march=x86-64-v3", "-mtune=generic"))
    assert v3.codegen == ("-fno-math-errno",)
    assert v3.link == ("-Wl,-z,x86-64-v3",)
    assert found["heat2d@1.4.0", "neoverse_v2", "gcc", "fortran"].version == "12.4.0"
    assert "OPENBLAS_CORETYPE=Nehalem" in found["waves", "haswell", "clang", "c"].pins


def test_it_records_an_older_target_that_stands_in(tmp_path: Path) -> None:
    lock = read(locked(tmp_path, (TARGETS, TOOLCHAIN, APP)))
    assert isinstance(lock, Lock)
    stood_in = {each.target: each.stands_in for each in lock.targets if each.language == "c"}
    assert stood_in == {"zen5": "zen4", "x86_64_v3": "", "neoverse_v2": ""}


def test_order_hash_seed_locale_and_clock_do_not_show(tmp_path: Path) -> None:
    first = locked(tmp_path, (TARGETS, TOOLCHAIN, APP, OTHER))
    for number, items in enumerate(list(permutations((TARGETS, TOOLCHAIN, APP, OTHER)))[::7]):
        variables = {"PYTHONHASHSEED": str(number), "TZ": "Asia/Tokyo", "LC_ALL": "C"}
        assert locked(tmp_path, items, **variables) == first


def test_lock_and_then_check_agree(spec: Path) -> None:
    assert envc("lock", str(spec)).returncode == 0
    done = envc("lock", "--check", str(spec))
    assert done.returncode == 0
    assert done.stderr.endswith("says what the spec says\n")


def test_comments_and_layout_never_make_it_stale(spec: Path) -> None:
    envc("lock", str(spec))
    spec.write_text("# a comment\n" + spec.read_text().replace("  ", "      "))
    assert envc("lock", "--check", str(spec)).returncode == 0


def test_another_target_makes_it_stale_and_is_named(spec: Path) -> None:
    envc("lock", str(spec))
    before = (spec.parent / "envc.lock").read_bytes()
    spec.write_text(spec.read_text().replace("neoverse_v2", "neoverse_v1"))
    done = envc("lock", "--check", str(spec))
    assert done.returncode == 3
    assert "heat2d@1.4.0 on neoverse_v1 with gcc 13.3.0 (c) is not in the lock" in done.stderr
    assert "on neoverse_v2 with gcc 13.3.0 (c) is no longer asked for" in done.stderr
    assert "error[E0401]" in done.stderr
    assert (spec.parent / "envc.lock").read_bytes() == before


def test_an_edited_lock_is_refused(spec: Path) -> None:
    envc("lock", str(spec))
    lock = spec.parent / "envc.lock"
    lock.write_text(lock.read_text().replace("-march=x86-64-v3", "-march=native"))
    done = envc("lock", "--check", str(spec))
    assert (done.returncode, "gets other options" in done.stderr) == (3, True)
    lock.write_bytes(b"\xff\x00")
    done = envc("lock", "--check", str(spec))
    assert (done.returncode, "error[E0402]" in done.stderr) == (3, True)


def test_a_spec_with_mistakes_leaves_the_old_lock(spec: Path) -> None:
    envc("lock", str(spec))
    before = (spec.parent / "envc.lock").read_bytes()
    spec.write_text(spec.read_text().replace("gcc@13.3", "gcc@99"))
    assert envc("lock", str(spec)).returncode == 1
    assert (spec.parent / "envc.lock").read_bytes() == before


def test_no_lock_is_said_so(spec: Path) -> None:
    done = envc("lock", "--check", str(spec))
    assert (done.returncode, "error[E0404]" in done.stderr) == (3, True)


@pytest.mark.parametrize("name", ["ARCHSPEC_CPU_DIR", "ARCHSPEC_EXTENSION_CPU_DIR"])
def test_variables_that_replace_the_data_are_refused(spec: Path, name: str) -> None:
    done = envc("lock", str(spec), **{name: "/nonexistent"})
    assert (done.returncode, "error[E0258]" in done.stderr) == (1, True)
    assert not (spec.parent / "envc.lock").exists()


def test_standard_input_has_no_place_beside_it() -> None:
    assert envc("lock", "-").returncode == 2
