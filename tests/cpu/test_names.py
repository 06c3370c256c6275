"""What people call targets, and what is said to them about it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.cpu import lattice
from envc.cpu.tables.aliases import BIG_ENDIAN, NEAREST, SAME


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("znver4", "zen4"),
        ("genoa", "zen4"),
        ("milan", "zen3"),
        ("rome", "zen2"),
        ("naples", "zen"),
        ("skylake-avx512", "skylake_avx512"),
        ("icelake-server", "icelake"),
        ("grace", "neoverse_v2"),
        ("graviton2", "neoverse_n1"),
        ("graviton3", "neoverse_v1"),
        ("x86-64-v3", "x86_64_v3"),
        ("x86-64", "x86_64"),
        ("amd64", "x86_64"),
        ("arm64", "aarch64"),
        ("armv8-a", "aarch64"),
        ("armv8.2-a", "armv8.2a"),
        ("neoverse-v1", "neoverse_v1"),
        ("Zen4", "zen4"),
        ("graniterapids", "sapphirerapids"),
    ],
)
def test_other_names_resolve_with_a_note(written: str, meant: str) -> None:
    found = lattice.resolve(written)
    assert found is not None
    assert found.name == meant
    assert f"`{meant}`" in found.note


def test_archspecs_names_need_no_note() -> None:
    for name in lattice.names():
        found = lattice.resolve(name)
        assert found is not None
        assert found.name == name
        assert not found.note or name in BIG_ENDIAN


def test_every_alias_leads_to_a_target_and_hides_none() -> None:
    for alias, meant in {**SAME, **NEAREST, **BIG_ENDIAN}.items():
        assert meant in lattice.names()
        assert alias not in lattice.names() or alias in BIG_ENDIAN


def test_a_processor_without_a_name_says_so() -> None:
    found = lattice.resolve("emeraldrapids")
    assert found is not None
    assert found.note == (
        "archspec has no `emeraldrapids`; code for `sapphirerapids` is the best that runs on it"
    )


def test_power_is_pointed_at_its_byte_order() -> None:
    found = lattice.resolve("power9")
    assert found is not None
    assert found.note == "`power9` is big-endian; Linux today runs `power9le`"


@pytest.mark.parametrize("word", ["native", "host", "Native"])
def test_the_host_is_no_target(word: str) -> None:
    assert lattice.resolve(word) is None
    assert lattice.is_host_word(word)


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("zne4", "zen4"),
        ("skylak", "skylake"),
        ("neovers_v1", "neoverse_v1"),
        ("sapphire", "sapphirerapids"),
        ("graviton33", "neoverse_v1"),
    ],
)
def test_a_mistyped_name_is_near_a_known_one(written: str, first: str) -> None:
    assert lattice.resolve(written) is None
    assert lattice.suggest(written)[0] == first


def test_features_vendors_and_families_are_suggested_too() -> None:
    assert "avx512_vnni" in lattice.suggest_feature("avx512-vnni")
    assert lattice.suggest_vendor("itnel") == ["intel"]
    assert lattice.suggest_family("x86_46") == ["x86_64"]
    assert lattice.suggest_family("zen4") == ["x86_64"]


@given(st.text(max_size=30))
def test_any_text_is_answered(text: str) -> None:
    found = lattice.resolve(text)
    assert found is None or found.name in lattice.names()
    suggested = lattice.suggest(text)
    assert len(suggested) <= 3
    assert set(suggested) <= set(lattice.names())


def test_vendors_by_their_short_names() -> None:
    assert lattice.by_vendor("amd") == lattice.by_vendor("AuthenticAMD")
    assert "zen4" in lattice.by_vendor("amd")
    assert "haswell" in lattice.by_vendor("intel")
    assert "x86_64_v3" in lattice.by_vendor("generic")
    assert all(map(lattice.is_vendor, lattice.vendors()))


def test_families_by_their_names_elsewhere() -> None:
    assert lattice.by_family("arm64") == lattice.by_family("aarch64")
    assert len(lattice.by_family("aarch64")) == 24
    assert len(lattice.by_family("x86_64")) == 33
    assert not lattice.is_family("zen4")


@pytest.mark.parametrize(
    ("feature", "yes", "no"),
    [
        ("avx512f", "zen4", "zen3"),
        ("avx512", "x86_64_v4", "x86_64_v3"),
        ("sse4.1", "x86_64_v2", "x86_64"),
        ("sse2", "x86_64", "aarch64"),
        ("sse3", "core2", "x86_64"),
        ("neon", "aarch64", "x86_64"),
        ("sve", "armv9.0a", "armv8.6a"),
        ("atomics", "armv8.1a", "aarch64"),
        ("vsx", "power9le", "zen4"),
    ],
)
def test_features(feature: str, yes: str, no: str) -> None:
    assert lattice.is_feature(feature)
    assert lattice.has(yes, feature)
    assert not lattice.has(no, feature)
    assert yes in lattice.having(feature)
