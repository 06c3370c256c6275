"""Packages that Guix builds anew for a CPU: which of them a lock has for which target."""

from envc.guix.index import default
from envc.lock.contents import Contents
from envc.lock.model import Lock, LockedEnvironment, LockedItem
from tests.resolve.worlds import lock_of, resolved

ALONE = """
app alone {
  needs    petsc, gsl, make
  targets  x86_64, x86_64_v3, zen4
  emit     guix
}"""
TOGETHER = """
app together {
  needs {
    petsc
    gsl    for build
    slepc  for run
  }
  targets  zen4
  emit     guix
}"""


def environment(lock: Lock, app: str) -> LockedEnvironment:
    (found,) = (each for each in lock.environments if each.app == app)
    return found


def found(lock: Lock, app: str, name: str, tune: str = "") -> LockedItem:
    item = Contents(lock).find(environment(lock, app), name, tune)
    assert isinstance(item, LockedItem)
    return item


def test_each_target_gets_its_own_build() -> None:
    lock = lock_of(ALONE)
    (gsl,) = default().named("gsl")[:1]
    for tune in ("", "x86-64-v3", "znver4"):
        item = found(lock, "alone", "gsl@2.8", tune)
        assert item.tune == tune
        assert item.path == (default().output_path(gsl, "out", "x86_64-linux", tune) or "")
    assert len({each.path for each in lock.items if each.name == "gsl"}) == 3


def test_what_is_not_tunable_is_one_for_all() -> None:
    lock = lock_of(ALONE)
    assert [each.tune for each in lock.items if each.name == "make"] == [""]
    assert found(lock, "alone", "make@4.4.1", "znver4").tune == ""


def test_the_least_of_a_family_is_what_guix_builds_for_all() -> None:
    assert found(lock_of(ALONE), "alone", "gsl@2.8", "x86-64").tune == ""


def test_what_another_brings_untuned_stays_so_in_every_role() -> None:
    lock = lock_of(TOGETHER)
    assert environment(lock, "together").untuned == ("petsc-openmpi@3.24.0",)
    assert found(lock, "together", "petsc-openmpi@3.24.0", "znver4").tune == ""
    assert found(lock, "together", "gsl@2.8", "znver4").tune == "znver4"


def test_it_is_told() -> None:
    (note,) = resolved(TOGETHER).notes
    assert note.startswith("together: `petsc-openmpi` is not tuned: ")
    assert "`slepc-openmpi` 3.24.0, which brings the one for every CPU" in note


def test_one_app_does_not_untune_another() -> None:
    lock = lock_of(ALONE + TOGETHER)
    assert found(lock, "alone", "petsc-openmpi@3.24.0", "znver4").tune == "znver4"
    assert found(lock, "together", "petsc-openmpi@3.24.0", "znver4").tune == ""
    contents = Contents(lock)
    tunes = [
        each.tune
        for each in contents.of(environment(lock, "together"))
        if isinstance(each, LockedItem) and each.name == "petsc-openmpi"
    ]
    assert tunes == [""]
