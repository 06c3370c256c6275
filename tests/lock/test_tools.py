"""What makes images is locked as well, beside what they are made of."""

import re

import pytest

from envc.lock import text
from envc.lock.model import Lock
from tests.debian.archive_maker import Package
from tests.lock.toy import TRIXIE, WAVES, Toy

APP = """app heat2d@1.4.0 {
  source  dir "."
  needs   waves
  targets x86_64_v3
  emit    dockerfile
  build   shell { run "true" }
}"""
MAKERS: tuple[Package, ...] = (
    {"Package": "libfaketime", "Version": "0.9-1", "Depends": "libc6"},
    {"Package": "squashfs-tools", "Version": "1:4.6-1", "Depends": "liblzma5"},
    {"Package": "liblzma5", "Version": "5.8-1"},
)


@pytest.fixture
def well_equipped(toy: Toy) -> Toy:
    toy.moves((*TRIXIE, *MAKERS))
    return toy


def held(said: str) -> Lock:
    found = text.read(said)
    assert isinstance(found, Lock)
    return found


def test_an_environment_has_the_essential_packages_and_those_that_pack(well_equipped: Toy) -> None:
    lock = held(well_equipped.locked([WAVES, APP]))
    (environment,) = lock.environments
    assert environment.tools == ("base-files", "libc6", "libfaketime", "liblzma5", "squashfs-tools")
    assert {"squashfs-tools", "liblzma5"} & {*environment.build, *environment.run} == set()
    assert {"squashfs-tools", "liblzma5"} < {deb.name for deb in lock.debs}


def test_an_archive_without_them_gives_what_it_has(toy: Toy) -> None:
    (environment,) = held(toy.locked([WAVES, APP])).environments
    assert environment.tools == ("base-files", "libc6")


def test_a_lock_without_them_is_stale_and_gets_them_alone(well_equipped: Toy) -> None:
    whole = well_equipped.locked([WAVES, APP])
    makers = "|".join(each["Package"] for each in MAKERS)
    older = re.sub(r"tools = \[.*?\]\n", "", whole, flags=re.DOTALL)
    older = re.sub(rf'\[\[deb\]\]\norigin = .*\nname = "({makers})"\n(.+\n)+\n', "", older)
    assert isinstance(text.read(older), Lock)
    well_equipped.lock.write_text(older)
    stale = well_equipped.envc("lock", "--check", str(well_equipped.spec))
    assert stale.returncode == 3
    assert "heat2d@1.4.0 for amd64 from debian/trixie has no tools that make images" in stale.stderr
    assert well_equipped.locked([WAVES, APP]) == whole


def test_one_that_is_missing_is_told(well_equipped: Toy) -> None:
    whole = well_equipped.locked([WAVES, APP])
    well_equipped.lock.write_text(
        re.sub(r'\[\[deb\]\]\norigin = .*\nname = "squashfs-tools"\n(.+\n)+\n?', "", whole).rstrip()
        + "\n"
    )
    stale = well_equipped.envc("lock", "--check", str(well_equipped.spec))
    assert stale.returncode == 3
    assert "has squashfs-tools, which is not in the lock" in stale.stderr
