"""Names elsewhere."""

import re

import pytest

from envc.cpu import lattice
from envc.cpu.tables.bases import FLOORS, floor
from envc.cpu.tables.gpus import GPUS, gpu, runs
from envc.cpu.tables.guix import guix_version, tune, versions
from envc.cpu.tables.names import guix_system, hwcaps, isa_note, oci, psabi
from envc.cpu.tables.schedulers import guesses


@pytest.mark.parametrize(
    ("target", "platform", "folder", "note", "system"),
    [
        ("x86_64", "linux/amd64", None, None, "x86_64-linux"),
        ("core2", "linux/amd64", None, None, "x86_64-linux"),
        ("x86_64_v2", "linux/amd64/v2", "x86-64-v2", "x86-64-v2", "x86_64-linux"),
        ("haswell", "linux/amd64/v3", "x86-64-v3", "x86-64-v3", "x86_64-linux"),
        ("zen4", "linux/amd64/v4", "x86-64-v4", "x86-64-v4", "x86_64-linux"),
        ("aarch64", "linux/arm64/v8", None, None, "aarch64-linux"),
        ("neoverse_n1", "linux/arm64/v8.2", None, None, "aarch64-linux"),
        ("neoverse_v2", "linux/arm64/v9", None, None, "aarch64-linux"),
        ("ppc64le", "linux/ppc64le", None, None, "powerpc64le-linux"),
        ("power8le", "linux/ppc64le/power8", None, None, "powerpc64le-linux"),
        ("power9le", "linux/ppc64le/power9", "power9", None, "powerpc64le-linux"),
        ("x60", "linux/riscv64", None, None, "riscv64-linux"),
        ("sparc64", "None", None, None, None),
    ],
)
def test_names_in_other_systems(
    target: str, platform: str, folder: str | None, note: str | None, system: str | None
) -> None:
    assert str(oci(target)) == platform
    assert hwcaps(target) == folder
    assert isa_note(target) == note
    assert guix_system(target) == system


def test_a_platform_promises_no_more_than_its_generic_target() -> None:
    for name in lattice.names():
        assert oci(name) == oci(lattice.generic(name)) or lattice.family(name) == "ppc64le"


def test_psabi_levels_are_the_generic_targets() -> None:
    levels = {psabi(name) for name in lattice.by_family("x86_64")}
    assert levels == {"x86-64", "x86-64-v2", "x86-64-v3", "x86-64-v4"}
    assert psabi("aarch64") is None


@pytest.mark.parametrize(
    ("target", "compiler", "name"),
    [
        ("zen4", "gcc", "znver4"),
        ("k10", "gcc", "barcelona"),
        ("x86_64_v3", "gcc", "x86-64-v3"),
        ("skylake_avx512", "gcc", "skylake-avx512"),
        ("armv8.2a", "gcc", "armv8.2-a"),
        ("power9le", "gcc", "power9"),
        ("x86_64_v3", "go", "x86-64-v3"),
        ("zen4", "rust", "znver4"),
        ("zen5", "zig", "znver5"),
    ],
)
def test_guix_has_a_name(target: str, compiler: str, name: str) -> None:
    found = tune(target, compiler)
    assert (found.name, found.of, found.why) == (name, target, "")


@pytest.mark.parametrize(
    ("target", "version", "name", "of"),
    [
        ("neoverse_v1", "", "armv8.4-a", "armv8.4a"),
        ("neoverse_v2", "", "armv9-a", "armv9.0a"),
        ("zen6", "", "znver5", "zen5"),
        ("nocona", "", "x86-64", "x86_64"),
        ("zen5", "13.3.0", "znver4", "zen4"),
        ("zen4", "11.5.0", "znver3", "zen3"),
        ("x60", "", None, None),
    ],
)
def test_guix_has_only_an_ancestors_name(
    target: str, version: str, name: str | None, of: str | None
) -> None:
    found = tune(target, "gcc", version)
    assert (found.name, found.of) == (name, of)
    assert found.why


def test_every_name_given_to_guix_is_one_of_its_own() -> None:
    for compiler in ("gcc", "go", "rust", "zig"):
        for version in versions(compiler):
            for target in lattice.names():
                found = tune(target, compiler, version)
                assert found.of is None or lattice.covers(found.of, target)
                assert bool(found.why) == (found.of != target)
    assert guix_version() == "1.5.0"


def test_gpus() -> None:
    assert gpu("A100-SXM4-80GB") == GPUS["a100"]
    assert GPUS["h100"].flag == "-arch=sm_90"
    assert GPUS["mi250x"].flag == "--offload-arch=gfx90a"
    assert GPUS["h100"].cmake == "90"
    assert gpu("voodoo2") is None
    assert all(re.fullmatch(r"sm_\d+|gfx9\w+", each.architecture) for each in GPUS.values())


def test_gpu_code_runs_within_its_major_number() -> None:
    assert runs("sm_80", "sm_86")
    assert not runs("sm_86", "sm_80")
    assert not runs("sm_80", "sm_90")
    assert runs("gfx90a", "gfx90a")
    assert not runs("gfx908", "gfx90a")


def test_scheduler_guesses() -> None:
    assert guesses("zen3") == ("zen3", "milan")
    assert guesses("excavator") == ("excavator",)


@pytest.mark.parametrize(
    ("image", "x86", "power"),
    [
        ("almalinux:10", "x86_64_v3", "power9le"),
        ("almalinux:10-minimal@sha256:00", "x86_64_v3", "power9le"),
        ("registry.example.org:5000/library/almalinux:9.4", "x86_64_v2", "power9le"),
        ("almalinux:8", None, None),
        ("rockylinux/rockylinux:10.1", "x86_64_v3", "power9le"),
        ("registry.example.org/centos/centos:stream9", "x86_64_v2", "power9le"),
        ("ubi9/ubi-minimal:latest", "x86_64_v2", "power9le"),
        ("nvidia/cuda:12.6.0-devel-rockylinux9", "x86_64_v2", "power9le"),
        ("nvidia/cuda:12.6.0-devel-ubuntu22.04", None, None),
        ("opensuse/leap:16.0", "x86_64_v2", None),
        ("opensuse/leap:15.6", None, None),
        ("debian:12", None, None),
        ("ubuntu:24.04", None, "power9le"),
        ("someone/image:1", None, None),
        ("almalinux", None, None),
    ],
)
def test_what_base_images_need(image: str, x86: str | None, power: str | None) -> None:
    assert floor(image, "x86_64") == x86
    assert floor(image, "ppc64le") == power


def test_every_floor_is_a_target() -> None:
    assert {each for row in FLOORS for each in row.targets} <= set(lattice.names())
