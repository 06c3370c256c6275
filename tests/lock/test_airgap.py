"""Behind an air gap a lock is checked, fetched, and made again for another need."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from envc.lock.model import Lock
from envc.lock.text import read
from tests.lock.toy import TRIXIE, WAVES, Toy

pytestmark = pytest.mark.tool("unshare")

BEHIND = "unshare", "--net", *(() if os.geteuid() == 0 else ("--map-root-user",))


def app(needs: str) -> str:
    return (
        f'app heat2d@1.4.0 {{\n  source dir "."\n  needs {needs}\n'
        "  targets x86_64_v3, neoverse_v2\n  emit dockerfile\n}"
    )


def behind(toy: Toy, *words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """With nothing but what was carried: an empty store at first, no mirror, not even loopback."""
    own = {"ENVC_STORE": str(toy.folder.parent / "other"), "ENVC_DEBIAN_MIRROR": ""}
    return subprocess.run(
        [*BEHIND, sys.executable, "-m", "envc", *words],
        env=os.environ | toy.variables() | own | variables,
        cwd=toy.folder,
        capture_output=True,
        text=True,
        check=False,
    )


def good(done: "subprocess.CompletedProcess[str]") -> str:
    assert done.returncode == 0, done.stderr
    return done.stderr


def held(toy: Toy) -> dict[tuple[str, str], tuple[str, str]]:
    lock = read(toy.lock.read_text())
    assert isinstance(lock, Lock)
    return {(each.name, each.architecture): (each.version, each.sha256) for each in lock.debs}


@pytest.fixture
def carried(toy: Toy) -> Toy:
    """Locked and fetched where there is a network; then all that is left of it is a disk."""
    toy.locked([WAVES, app("waves, gcc@13.3")])
    good(toy.envc("fetch", str(toy.spec)))
    disk = toy.folder.parent / "disk"
    good(toy.envc("mirror", "export", str(disk), str(toy.spec)))
    shutil.rmtree(toy.folder.parent / "store")
    for part in ("pool", "dists"):
        shutil.rmtree(toy.trixie.folder / part)
    good(behind(toy, "mirror", "import", str(disk)))
    return toy


def test_all_that_is_locked_is_there(carried: Toy) -> None:
    assert "none came" in good(behind(carried, "fetch", "--offline", "heat.envc"))
    assert "says what the spec says" in good(behind(carried, "lock", "--check", "heat.envc"))


def test_another_need_is_locked_from_the_indexes_that_were_carried(carried: Toy) -> None:
    before = held(carried)
    carried.write([WAVES, app("waves, gcc@13.3, debian/gfortran-13")])
    assert behind(carried, "lock", "--check", "heat.envc").returncode == 3
    good(behind(carried, "lock", "--offline", "heat.envc"))
    after = held(carried)
    assert {key: after[key] for key in before} == before
    assert {name for name, _ in after.keys() - before.keys()} == {"gfortran-13"}
    (fortran,) = (each for each in TRIXIE if each["Package"] == "gfortran-13")
    assert after["gfortran-13", "arm64"][0] == fortran["Version"]
    # Its bytes did not come along, and that is said.
    done = behind(carried, "fetch", "--offline", "heat.envc")
    assert (done.returncode, "gfortran-13 13.3.0-1 (amd64) is not in" in done.stderr) == (4, True)


def test_an_upgrade_says_that_it_needs_a_network(carried: Toy) -> None:
    before = carried.lock.read_text()
    done = behind(carried, "lock", "--offline", "--upgrade-origin", "debian/trixie", "heat.envc")
    assert (done.returncode, "without the network" in done.stderr) == (4, True), done.stderr
    assert carried.lock.read_text() == before


def test_what_was_damaged_on_the_way_is_not_chosen_from(carried: Toy, tmp_path: Path) -> None:
    before = carried.lock.read_text()
    lock = read(before)
    assert isinstance(lock, Lock)
    digits = lock.archives[0].release.removeprefix("sha256:")
    place = tmp_path / "other" / "sha256" / digits[:2] / digits
    place.chmod(0o600)
    place.write_bytes(place.read_bytes().replace(b"Codename: trixie", b"Codename: trixi3"))
    carried.write([WAVES, app("waves, gcc@13.3, debian/gfortran-13")])
    done = behind(carried, "lock", "--offline", "heat.envc")
    assert (done.returncode, "is damaged in the store" in done.stderr) == (4, True), done.stderr
    assert carried.lock.read_text() == before
