"""Flags: what archspec says where it speaks, and an answer of our own where it has a hole."""

import warnings
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.cpu import corrections, lattice
from envc.cpu.compilers import KNOWN, canonical
from envc.cpu.flags import Flags, Refusal, best_ancestor, flags, minimum, supports
from envc.cpu.versions import parse, within

ZEN4_BY_PARTS = (
    "-march=znver3", "-mtune=znver3", "-mavx512f", "-mavx512dq", "-mavx512ifma", "-mavx512cd",
    "-mavx512bw", "-mavx512vl", "-mavx512vbmi", "-mavx512vbmi2", "-mavx512vnni",
    "-mavx512bitalg",
)  # fmt: skip
ZEN4 = ("-march=znver4", "-mtune=znver4")


def words(target: str, compiler: str, version: str) -> tuple[str, ...]:
    found = flags(target, compiler, version)
    assert isinstance(found, Flags)
    assert found.of == target
    assert not found.why
    return found.words


# ---- versions -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("12.2.0", (12, 2, 0)),
        ("12", (12,)),
        ("12.2.0-14", (12, 2, 0)),
        ("12.2.0-14+deb12u1", (12, 2, 0)),
        ("12.2.0+deb", (12, 2, 0)),
        ("4:12.2.0-3", (12, 2, 0)),
        ("1:16.0.6~15", (16, 0, 6)),
        ("19.1.0rc3", (19, 1, 0)),
        ("", None),
        ("12.", None),
        ("native", None),
        ("12.x", None),
    ],
)
def test_versions_are_read(text: str, version: tuple[int, ...] | None) -> None:
    assert parse(text) == version


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("12.2", ZEN4_BY_PARTS),
        ("12.2.0", ZEN4_BY_PARTS),  # archspec raises: (12, 2, 0) > (12, 2)
        ("12.2.0-14+deb12u1", ZEN4_BY_PARTS),  # archspec raises: not dot-separated digits
        ("4:12.2.0-3", ZEN4_BY_PARTS),
        ("12.3", ZEN4),
        ("12.3.0", ZEN4),
        ("12", ZEN4),  # the newest 12.x
        ("11", ZEN4_BY_PARTS),
        ("13.2.1", ZEN4),
    ],
)
def test_a_version_lies_where_people_mean(version: str, expected: tuple[str, ...]) -> None:
    assert words("zen4", "gcc", version) == expected


def test_a_bare_major_is_the_newest_of_its_line() -> None:
    assert words("zen4", "clang", "16") == ZEN4  # archspec raises: (16,) < (16, 0)
    assert words("neoverse_v2", "gcc", "12") == ("-mcpu=neoverse-v2",)
    assert words("neoverse_v1", "gcc", "7") == words("neoverse_v1", "gcc", "7.5.0")


def test_of_two_ranges_the_newer_counts() -> None:
    # archspec takes the first that fits, and so never reaches the second.
    assert words("ampere1", "clang", "16.0") == ("-mcpu=ampere1",)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=3).map(tuple))
def test_the_end_of_a_range_is_in_it_with_all_its_patches(version: tuple[int, ...]) -> None:
    assert within(version, version, version)
    assert within((*version, 7), version, version)


def test_no_patch_of_a_version_falls_into_a_hole() -> None:
    """Wherever X.Y has flags, X.Y.Z has the same."""
    for name, compiler in product(lattice.names(), KNOWN):
        for entry in lattice.target(name).compilers.get(compiler, ()):
            for bound in filter(None, (entry.low, entry.high)):
                whole = ".".join(map(str, bound))
                if len(bound) == 2:
                    assert flags(name, compiler, whole) == flags(name, compiler, f"{whole}.0")


# ---- archspec's own answers ---------------------------------------------------------------------


def archspecs(name: str, compiler: str, version: str) -> str | None:
    from archspec.cpu import TARGETS  # type: ignore[import-untyped]

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return str(TARGETS[name].optimization_flags(compiler, version)) or None
        except ValueError:
            return None


VERSIONS = {
    "gcc": ("4.8", "7.5", "9.4", "10.2", "11.4", "12.2", "12.3", "13.3", "14.2", "15.2"),
    "clang": ("9.0", "12.0", "14.0", "16.0", "18.1", "19.1", "21.1"),
    "intel": ("18.0", "2021.6"),
    "oneapi": ("2021.2", "2025.0"),
    "dpcpp": ("2021.2", "2023.0"),
    "nvhpc": ("22.5", "23.8", "25.1"),
    "aocc": ("3.2", "5.0"),
    "arm": ("22.1", "24.10"),
    "apple-clang": ("12.0", "15.0", "17.0"),
}


# An earlier range of archspec's that never ends hides the later ones of these.
HIDDEN = {
    "gcc": {"m1", "m2", "m3"},
    "clang": {"ampere1", "ampere1a", "m2", "m3", "m4", "neoverse_n1", "neoverse_v1"},
    "apple-clang": {"m4"},
}


@pytest.mark.parametrize("compiler", VERSIONS)
def test_where_archspec_has_an_answer_it_is_ours(compiler: str) -> None:
    corrected = {target for target, known, _ in corrections.FLAGS if known == compiler}
    ours = corrected | HIDDEN.get(compiler, set())
    for name, version in product(lattice.names(), VERSIONS[compiler]):
        theirs = archspecs(name, compiler, version)
        if theirs is None or name in ours:
            continue
        assert words(name, compiler, version) == tuple(theirs.split())


def test_archspecs_warnings_are_kept_and_not_printed() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = flags("zen2", "intel", "2021.6")
    assert isinstance(found, Flags)
    assert found.warnings[0].startswith("Intel's compilers may or may not optimize")


# ---- refusals and ancestors ---------------------------------------------------------------------


def test_an_ancestor_with_the_same_vectors_stands_in_and_says_so() -> None:
    found = flags("zen5", "gcc", "13.3.0")
    assert isinstance(found, Flags)
    assert found.words == ZEN4
    assert found.of == "zen4"
    assert found.why == (
        "gcc 13.3.0 has no flags for `zen5`; those of `zen4` have the same vectors"
    )


def test_an_ancestor_with_less_does_not_stand_in() -> None:
    found = flags("zen4", "gcc", "9.4.0")
    assert found == Refusal(
        "gcc 9.4.0 has no flags for `zen4`",
        ("gcc >= 10.3", "clang >= 12.0", "aocc >= 3.0", "nvhpc >= 21.11"),
        "zen2",
    )
    assert not supports("zen4", "gcc", "9.4.0")
    assert best_ancestor("zen4", "gcc", "9.4.0") == "zen2"


@pytest.mark.parametrize("compiler", ["msvc", "cce", "xlc", "rustc", "gccc", ""])
def test_a_stranger_is_refused(compiler: str) -> None:
    # archspec answers with an empty string, which builds without any optimisation.
    found = flags("zen4", compiler, "1.0")
    assert isinstance(found, Refusal)
    assert found.needs


def test_a_version_that_is_none_is_refused() -> None:
    found = flags("zen4", "gcc", "trunk")
    assert isinstance(found, Refusal)
    assert found.reason == "`trunk` is not a compiler's version"


@given(
    st.sampled_from(lattice.names()),
    st.sampled_from(sorted(KNOWN)),
    st.lists(st.integers(0, 30), min_size=1, max_size=3),
    st.sampled_from(["c", "cxx", "fortran"]),
)
def test_an_answer_is_never_empty(name: str, compiler: str, version: list[int], lang: str) -> None:
    found = flags(name, compiler, ".".join(map(str, version)), lang)  # type: ignore[arg-type]
    if isinstance(found, Flags):
        assert found.words
        assert lattice.covers(found.of, name)
        assert bool(found.why) == (found.of != name)
    else:
        assert found.reason


def test_nvhpc_never_builds_for_its_own_machine() -> None:
    assert words("x86_64", "nvhpc", "25.1") == ("-tp", "px")
    assert isinstance(flags("aarch64", "nvhpc", "25.1"), Refusal)


def test_drivers_go_by_their_compilers_names() -> None:
    assert canonical("gfortran") == canonical("g++") == "gcc"
    assert canonical("icx") == canonical("ifx") == "oneapi"
    assert words("zen4", "gfortran", "14.2") == ZEN4


def test_flang_gets_what_it_takes() -> None:
    found = flags("zen4", "clang", "16.0.6", "fortran")
    assert isinstance(found, Flags)
    assert found.words == ("-march=znver4",)
    assert isinstance(flags("zen4", "clang", "14.0.6", "fortran"), Refusal)


def test_the_lowest_version() -> None:
    assert minimum("zen4", "gcc") == "10.3"
    assert minimum("x86_64", "clang") == ""
    assert minimum("zen4", "intel") is None
    assert minimum("mic_knl", "gcc") == "5.1"
    assert isinstance(flags("mic_knl", "gcc", "15.1"), Refusal)


def test_every_correction_says_something_else_than_archspec() -> None:
    for (target, compiler, versions), said in corrections.FLAGS.items():
        assert compiler in KNOWN
        low, high = versions.split(":")
        theirs = archspecs(target, compiler, f"{low}.0" if low else "100.0")
        after = archspecs(target, compiler, f"{int(high) + 1}.0") if high else None
        assert theirs is None or theirs.split() != said.split() or after is not None
