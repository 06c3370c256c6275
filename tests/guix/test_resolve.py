"""What is said of requests that Guix cannot meet, or meets in its own way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.facts.problem import Problem
from envc.facts.versions import ANY, Range, Version, read_range, version
from envc.guix.channels import DEFAULT
from envc.guix.index import GuixIndex, default
from envc.guix.resolve import Chosen, check_profile, choose

ARM = "aarch64-linux"
SEVERAL = ("boost", "gcc-toolchain", "hdf5", "llvm", "openmpi", "python", "python-numpy")


@pytest.fixture(scope="module")
def index() -> GuixIndex:
    return default()


def at(text: str) -> Range:
    found = read_range(text) if text else ANY
    assert isinstance(found, Range)
    return found


def chosen(name: str, text: str = "", output: str = "out", **more: str) -> Chosen:
    found = choose(default(), name, at(text), output, **more)
    assert isinstance(found, Chosen), found
    return found


def refused(name: str, text: str = "", output: str = "out", **more: str) -> Problem:
    found = choose(default(), name, at(text), output, **more)
    assert isinstance(found, Problem), found
    return found


# ---- what is chosen ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "version"),
    [
        ("openmpi", "", "5.0.9"),
        ("openmpi", "4", "4.1.6"),
        ("hdf5", ":1.10", "1.10.9"),
        ("hdf5", "1.8:1.12", "1.10.9"),
        ("python-numpy", "1.26", "1.26.4"),
        ("python-numpy", "=2.3.1", "2.3.1"),
        ("premake", "", "5.0.0-beta7"),
    ],
)
def test_the_newest_that_is_wanted(name: str, text: str, version: str) -> None:
    assert chosen(name, text).package.version == version


def test_always_named_with_its_whole_version() -> None:
    assert chosen("openmpi").specification == "openmpi@5.0.9"
    assert chosen("hdf5", "1.10", "fortran").specification == "hdf5@1.10.9:fortran"


def test_a_store_path_of_each_system_output_and_cpu() -> None:
    paths = {
        chosen("gsl").path,
        chosen("gsl", system=ARM).path,
        chosen("gsl", output="static").path,
        chosen("gsl", tune="znver4").path,
        chosen("gsl", tune="x86-64-v3").path,
    }
    assert len(paths) == 5
    assert None not in paths


def test_what_is_not_tunable() -> None:
    said = chosen("fftw", tune="znver4")

    assert (said.tune, said.path) == ("", chosen("fftw").path)
    assert said.notes == (
        "`fftw` 3.3.10 is not tunable: Guix builds it once, for every x86_64 CPU",
    )


def test_what_was_superseded() -> None:
    said = chosen("age-keygen")

    assert said.specification == "age@1.2.1"
    assert said.notes == (
        "Guix gives `age` 1.2.1 to who asks for `age-keygen`, which it took over",
    )


@given(st.sampled_from(SEVERAL), st.sampled_from(["{0}", "={0}", "{0}:", ":{0}"]), st.data())
def test_the_first_of_guix_that_lies_in_the_range(
    name: str, pattern: str, data: st.DataObject
) -> None:
    there = [each.version for each in default().named(name)]
    wanted = at(pattern.format(data.draw(st.sampled_from(there))))
    fitting = [each for each in there if lies_in(wanted, each)]

    assert chosen_version(name, wanted) == fitting[0]


def lies_in(wanted: Range, text: str) -> bool:
    read = version(text)
    return isinstance(read, Version) and read in wanted


def chosen_version(name: str, wanted: Range) -> str:
    found = choose(default(), name, wanted)
    assert isinstance(found, Chosen)
    return found.package.version


# ---- what is refused -----------------------------------------------------------------------------


def test_a_name_that_is_not_there() -> None:
    near, far = refused("opnmpi"), refused("quantum-espresso")

    assert near == Problem(
        "Guix 1.5.0 has no package `opnmpi`", "did you mean `openmpi`?", "openmpi"
    )
    assert (
        far.help == "`guix time-machine -- show quantum-espresso` says whether a newer Guix has it"
    )


def test_a_version_that_is_not_there() -> None:
    said = refused("hdf5", "1.12")

    assert said.message == "Guix 1.5.0 has no `hdf5@1.12`; it has 1.14.6, 1.10.9 and 1.8.23"
    assert "`guix time-machine -- show hdf5`" in said.help


def test_a_system_that_is_not_supported() -> None:
    assert refused("psm2", system=ARM) == Problem(
        "`psm2` 12.0 is not for aarch64-linux: Guix 1.5.0 has it for `x86_64-linux`",
        "leave it out where the target is aarch64",
    )


def test_another_version_is_for_the_system() -> None:
    newer = {"version": "2.0", "synopsis": "", "systems": ["x86_64-linux"]}
    made = GuixIndex((DEFAULT,), {"psm": [newer, {"version": "1.0", "synopsis": ""}]}, {})
    said = choose(made, "psm", system=ARM)

    assert isinstance(said, Problem)
    assert said.help == "ask for `psm@1.0`"


def test_an_output_that_is_not_there() -> None:
    assert refused("gsl", output="statc").suggestion == "static"
    assert refused("gsl", output="lib").help == "it has `out`, `static` and `debug`"
    assert refused("hdf5", output="fortran") == Problem(
        "`hdf5` 1.14.6 has no output `fortran` in Guix 1.5.0",
        "ask for `hdf5@1.10.9`, which has it",
    )


# ---- profiles ------------------------------------------------------------------------------------


def test_what_goes_together(index: GuixIndex) -> None:
    assert check_profile(index, []) == []
    assert check_profile(index, [chosen("gsl"), chosen("gsl", output="static")]) == []
    assert check_profile(index, [chosen("python-scipy"), chosen("python-numpy", "1.26")]) == []


def test_two_versions(index: GuixIndex) -> None:
    (said,) = check_profile(index, [chosen("openmpi"), chosen("openmpi", "4")])

    assert said.message == "one profile holds one version of `openmpi`, not 5.0.9 and 4.1.6"


def test_two_versions_of_different_outputs(index: GuixIndex) -> None:
    """Guix accepts these, and mixes the files of both."""
    assert check_profile(index, [chosen("hdf5"), chosen("hdf5", "1.10", "fortran")]) != []


def test_two_tunings(index: GuixIndex) -> None:
    (said,) = check_profile(index, [chosen("gsl"), chosen("gsl", output="static", tune="znver4")])

    assert (
        said.message == "one profile holds one build of `gsl`, not those for any CPU and `znver4`"
    )


def test_two_systems(index: GuixIndex) -> None:
    (said,) = check_profile(index, [chosen("gsl"), chosen("hdf5", system=ARM)])

    assert said.message.startswith("one profile is for one system")


def test_another_version_is_brought(index: GuixIndex) -> None:
    assert check_profile(index, [chosen("python-numpy"), chosen("python-scipy")]) == [
        Problem(
            "one profile holds one version of `python-numpy`, not both `python-numpy` 2.3.1, "
            "and `python-numpy` 1.26.4, which `python-scipy` 1.12.0 brings",
            "ask for `python-numpy@1.26.4`, or leave it out: the other brings it",
        )
    ]


def test_another_build_of_the_same_version_is_brought(index: GuixIndex) -> None:
    (said,) = check_profile(index, [chosen("glib"), chosen("gtk+")])

    assert said.message.startswith("one profile holds one build of `glib` 2.83.3, not both")
    assert said.help == "leave `glib` out, which the other brings"


def test_a_tuned_package_that_another_brings(index: GuixIndex) -> None:
    petsc, slepc = chosen("petsc", tune="znver4"), chosen("slepc", tune="znver4")

    assert check_profile(index, [petsc, slepc]) == [
        Problem(
            "`petsc` 3.24.0 for `znver4` does not go with `slepc` 3.24.0, which brings the one for "
            "every CPU",
            "take `petsc` without tuning",
        )
    ]
    assert check_profile(index, [chosen("petsc"), slepc]) == []
    assert check_profile(index, [petsc, chosen("gsl", tune="znver4")]) == []


def test_where_only_a_build_would_tell() -> None:
    """hypre-openmpi, which it is made of, is tunable, too."""
    assert chosen("petsc-openmpi", tune="znver4").path is None
    assert chosen("petsc-openmpi").path is not None
