"""Who supplies what from which origin, which release is taken, and why none will do."""

from functools import cache

import pytest

from envc.diagnostics import rules
from envc.facts import versions
from envc.graph.merged import Merged, merge
from envc.lock.model import Lock
from envc.resolve.choose import base_release
from envc.resolve.settle import Build, Settled, settle
from envc.resolve.supply import HOST, SOURCE, Root, Supply, direct, fitting, supply, why_not
from envc.resolve.targets import Refused, again, targets
from envc.spec import Package, Spec
from tests.resolve.worlds import checked, library, lock_of, resolved

WAVES = """
package waves {
  version 3.2          from guix
  version 3.1          from debian/trixie
  version 2.0, 3.0rc1  from debian
  version 4.0          from source
  version 1.0          from host
  variant mpi default no
  source dir "."
  needs { tides }
  provider debian {
    libwaves-dev  for build when not mpi
    libwaves2@2   for run when not mpi
    libwaves3@3   for run when not mpi
    libwaves-arm  on family aarch64
  }
  provider guix {
    waves output=lib
    waves-mpi openmpi=4.1.6  when mpi
  }
  provider host {
    waves
  }
}
package tides {
  version 1.0 from debian
  provider debian { libtides }
}
"""


@cache
def spec(app: str = "") -> Spec:
    return checked(WAVES + app).spec


@cache
def waves() -> Package:
    return next(each for each in spec().packages if each.name == "waves")


def asked(wanted: str = "", origins: tuple[str, ...] = (), **choices: str) -> Merged:
    read = versions.read_range(wanted) if wanted else versions.ANY
    assert isinstance(read, versions.Range)
    plain = merge(waves(), ())
    return Merged(read, choices, plain.defaults, origins)


def supplied(wanted: Merged, origin: str, target: str = "zen4") -> Supply:
    found = supply(waves(), wanted, origin, target)
    assert found is not None
    return found


def names(roots: tuple[Root, ...]) -> list[str]:
    return [root.name for root in roots]


# ---- supply --------------------------------------------------------------------------------------


def test_a_release_has_what_all_releases_have_too() -> None:
    assert [str(each) for each in fitting(waves(), asked(), "debian/trixie")] == [
        "3.1",
        "2.0",
        "3.0rc1",
    ]
    assert supplied(asked(), "debian/trixie").version == "3.1"
    assert supplied(asked(), "debian/bookworm").version == "2.0"


def test_lines_are_for_versions_targets_and_variants() -> None:
    new, old = supplied(asked(), "debian/trixie"), supplied(asked("2"), "debian/trixie")
    assert (names(new.build), names(new.run)) == (["libwaves-dev"], ["libwaves3"])
    assert (names(old.build), names(old.run)) == (["libwaves-dev"], ["libwaves2"])
    arm = supplied(asked(), "debian/trixie", "neoverse_v1")
    assert names(arm.run) == ["libwaves3", "libwaves-arm"]


def test_an_output_and_what_it_was_built_with_come_with_a_line() -> None:
    plain = supplied(asked(), "guix")
    assert plain.run == (Root("waves", output="lib"),)
    more = supplied(asked(mpi="yes"), "guix")
    assert names(more.run) == ["waves", "waves-mpi", "openmpi"]
    assert str(more.run[2].wanted) == "4.1.6"


def test_what_an_origin_lacks_is_built_and_what_cannot_be_built_is_the_hosts() -> None:
    assert supplied(asked("4"), "debian/trixie").supplier == SOURCE
    assert supplied(asked(mpi="yes"), "debian/trixie").supplier == SOURCE
    assert supplied(asked("1"), "debian/trixie").supplier == HOST


def test_an_origin_that_is_asked_for_counts_alone() -> None:
    assert supplied(asked(origins=("source",)), "guix").supplier == SOURCE
    assert supply(waves(), asked(origins=("guix",)), "debian/trixie", "zen4") is None
    assert supply(waves(), asked(origins=("debian/bookworm",)), "debian/trixie", "zen4") is None
    both = asked(origins=("debian", "debian/trixie"))
    assert supplied(both, "debian/trixie").version == "3.1"


def test_versions_that_were_tried_are_not_taken_again() -> None:
    found = supply(waves(), asked(), "debian/trixie", "zen4", {"3.1", "2.0"})
    assert found is not None
    assert found.version == "3.0rc1"


@pytest.mark.parametrize(
    ("wanted", "origin", "why"),
    [
        (asked("5"), "debian/trixie", "is not in trixie, which has `3.1`, `3.0rc1` and `2.0`"),
        (asked("5"), "guix", "is not in Guix, which has `3.2`"),
        (asked(origins=("guix",)), "debian/trixie", "is wanted from guix, not trixie"),
        (asked("2", mpi="yes"), "debian/trixie", "is not in trixie with +mpi"),
    ],
)
def test_why_nobody_does(wanted: Merged, origin: str, why: str) -> None:
    assert supply(waves(), wanted, origin, "zen4") is None
    assert why_not(waves(), wanted, origin).replace("`", "") == why.replace("`", "")


def test_names_of_an_origins_own_are_only_for_it() -> None:
    plain = Merged(versions.ANY, {"output": "lib"}, {})
    assert direct("guix/hwloc", plain, "guix") == Supply(
        "guix", "", (Root("hwloc", output="lib"),), (Root("hwloc", output="lib"),)
    )
    assert direct("guix/hwloc", plain, "debian/trixie") is None
    wheel = direct("pypi/dask", Merged(versions.ANY, {"array": "yes"}, {}), "debian/trixie")
    assert wheel is not None
    assert wheel.run == (Root("dask", extras=("array",)),)
    assert direct("pypi/dask", plain, "guix") is None


# ---- settle --------------------------------------------------------------------------------------


def components(
    needs: str, origin: str = "debian/trixie", source: str = 'source dir "."'
) -> Settled:
    found = spec(f"app a {{\n  {source}\n  needs {{\n{needs}\n  }}\n}}")
    return settle(Build(found.apps[0], {}, "zen4"), found, library(), origin)


def test_only_what_is_built_needs_what_it_needs() -> None:
    assert [each.name for each in components("waves").components] == ["waves"]
    built = components("waves@4 for run").components
    assert [(each.name, each.roles) for each in built] == [("tides", ("run",)), ("waves", ("run",))]
    assert [names(each.build) for each in built] == [[], []]


def test_roles_decide_which_names_count() -> None:
    (only,) = components("waves for build").components
    assert (names(only.build), names(only.run)) == (["libwaves-dev"], [])
    (tested,) = components("waves for test").components
    assert (names(tested.build), names(tested.run)) == (["libwaves-dev"], [])


def test_in_an_environment_what_is_built_with_stays() -> None:
    """All but what is said to be for the run alone."""
    found = {
        role: components(f"waves {role}", source="").components[0]
        for role in ("", "for build", "for test", "for run")
    }
    assert {role: sorted(names(each.run)) for role, each in found.items()} == {
        "": ["libwaves-dev", "libwaves3"],
        "for build": ["libwaves-dev"],
        "for test": ["libwaves-dev"],
        "for run": ["libwaves3"],
    }
    assert all(set(each.build) <= set(each.run) for each in found.values())


def test_what_is_missing_says_why() -> None:
    found = components("waves from debian\n guix/gsl\n pypi/numpy", "guix")
    assert {each.name: each.why for each in found.missing} == {
        "waves": "is wanted from debian, not Guix",
        "pypi/numpy": "comes as a wheel, and wheels are not for Guix, "
        "which has `python-numpy` instead",
    }


# ---- choose --------------------------------------------------------------------------------------


def app(body: str) -> str:
    return f"app a {{\n  targets x86_64_v3\n  {body}\n}}"


def origins(lock: Lock) -> list[str]:
    return [each.origin for each in lock.environments]


def test_the_current_release_comes_first() -> None:
    assert origins(lock_of(app("needs cmake"))) == ["debian/trixie", "guix"]
    assert origins(lock_of(app("needs cmake\n  emit dockerfile"))) == ["debian/trixie"]


def test_an_older_one_is_taken_with_a_note() -> None:
    found = resolved(app("needs gcc@12.2\n  emit apptainer"))
    assert origins(found.lock) == ["debian/bookworm"]
    (note,) = found.notes
    assert note.startswith(
        "a is locked for debian/bookworm, not debian/trixie: gcc is not in trixie"
    )


@pytest.mark.parametrize(
    ("image", "release"),
    [
        ("debian:12-slim", "bookworm"),
        ("docker.io/library/debian:bookworm-20251117", "bookworm"),
        ("debian:13.2", "trixie"),
        ("ubuntu:24.04", None),
        ("debian", None),
    ],
)
def test_an_image_to_start_from_says_the_release(image: str, release: str | None) -> None:
    found = checked(app(f'needs cmake\n  base "{image}"')).spec
    assert base_release(found.apps[0]) == release


def test_a_release_that_is_named_is_the_only_one() -> None:
    named = app("needs {\n    cmake from debian/bookworm\n  }\n  emit dockerfile")
    assert origins(lock_of(named)) == ["debian/bookworm"]


@pytest.mark.parametrize(
    ("needs", "message"),
    [
        ("gcc@12.2\n    highs", "neither trixie nor bookworm has all that a needs"),
        ("guix/gsl", "`guix/gsl` is a package of Guix alone"),
    ],
)
def test_why_no_origin_will_do(needs: str, message: str) -> None:
    found = resolved(app(f"needs {{\n    {needs}\n  }}\n  emit dockerfile"))
    (told,) = found.diagnostics
    assert (told.rule, told.message) == (rules.NO_SUPPLIER, message)
    assert found.lock.environments == ()


def test_one_world_that_lacks_something_is_left_out_where_nobody_asked_for_it() -> None:
    found = resolved(app("needs julia"))
    assert origins(found.lock) == ["guix"]
    assert found.notes[0].startswith("a is not locked for Debian: `julia` is not in trixie")
    assert resolved(app("needs julia\n  emit guix, dockerfile")).diagnostics != ()


# ---- targets -------------------------------------------------------------------------------------


def test_each_compiler_has_its_options_for_each_target() -> None:
    text = "app a {\n  needs gcc@14\n  targets x86_64_v3, neoverse_v1\n  emit dockerfile\n}"
    lock = lock_of(text)
    assert {(each.target, each.language) for each in lock.targets} >= {
        ("x86_64_v3", "c"),
        ("neoverse_v1", "c"),
    }
    (only,) = checked(text).spec.apps
    assert all(again(only, each) == each for each in lock.targets)


def test_a_compiler_without_code_for_a_target_is_refused_at_its_line() -> None:
    found = checked("app a {\n  needs clang@14\n  targets zen5\n}").spec
    settled = settle(Build(found.apps[0], {}, "zen5"), found, library(), "debian/bookworm")
    told = [each for each in targets(settled) if isinstance(each, Refused)]
    assert {each.place.source.text[slice(*each.place.span)] for each in told} <= {"clang@14"}
