"""What the library says of Debian and Guix, asked of Debian and Guix."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from envc.cpu import conditions
from envc.spec import Package, Want
from tests.library.conftest import Guix, Offered, Packed, Suite
from tests.library.entries import PACKAGES, lies_in, lines_of, package, said_versions

SUITES = ("bookworm", "trixie")
ARCHITECTURES: Mapping[str, str] = {"amd64": "x86_64", "arm64": "aarch64"}
"""Debian's, each with the CPU that any of its machines runs code for."""

# The indexes are read once, by one worker.
pytestmark = pytest.mark.xdist_group("library-indexes")

every_package = pytest.mark.parametrize("path", PACKAGES, ids=lambda path: path.stem)
every_suite = pytest.mark.parametrize("name", SUITES)


# ---- Debian --------------------------------------------------------------------------------------


def upstream(version: str) -> str:
    """Without the epoch, Debian's revision, and what was only said to be packed."""
    bare = version.partition(":")[2] or version
    bare = bare.rpartition("-")[0] or bare
    return bare.rpartition("really")[2].lstrip("-.")


@pytest.mark.parametrize(
    ("version", "plain"),
    [
        ("1:4.9.0-3+b1", "4.9.0"),
        ("12.2.0-14+deb12u1", "12.2.0"),
        ("2.12.7+dfsg+really2.9.14-2.1+deb13u3", "2.9.14"),
        ("8.2.0+0.really.8.1.8-1", "8.1.8"),
        ("1.74.0.3", "1.74.0.3"),
    ],
)
def test_upstream_version(version: str, plain: str) -> None:
    assert upstream(version) == plain


def means(said: str, packed: str) -> bool:
    """`4.2.2` is what 4.2.2.20221110 and 4.2.2+dfsg are."""
    return re.match(re.escape(said) + r"(?!\d)", upstream(packed)) is not None


def debian(found: Package, suite: str) -> tuple[list[Want], set[str]]:
    """What it asks of a suite, and the versions that it says are there."""
    origins = ("debian", f"debian/{suite}")
    said = said_versions(found, *origins)
    if not said:
        pytest.skip(f"not from {suite}")
    return list(lines_of(found, *origins)), said


def is_for(line: Want, architecture: str) -> bool:
    asked = line.guard.on
    return asked is None or conditions.holds(asked, ARCHITECTURES[architecture])


@pytest.mark.tool("apt-get")
@every_suite
@every_package
def test_debian_has_every_name(path: Path, name: str, suite: Suite) -> None:
    lines, _ = debian(package(path), name)

    for each in ARCHITECTURES:
        there = suite(name, each)
        # A line that is for other CPUs has to be: what is there after all is not kept from anyone.
        assert [line.name for line in lines if (line.name in there) != is_for(line, each)] == []


@pytest.mark.tool("apt-get")
@every_suite
@every_package
def test_debian_has_these_versions(path: Path, name: str, suite: Suite) -> None:
    every_line, said = debian(package(path), name)

    for each in ARCHITECTURES:
        lines = [line for line in every_line if is_for(line, each)]
        packed = {line.name: suite(name, each)[line.name].version for line in lines}
        # Not every line has the package's version: gcc's programs need the newest libstdc++.
        stale = [one for one in said if not any(means(one, has) for has in packed.values())]
        assert not lines or stale == []
        for line in lines:
            serves = [one for one in said if means(one, packed[line.name])]
            assert not line.versions or any(lies_in(line.versions, one) for one in serves)


def closure(names: Iterable[str], there: Mapping[str, Packed]) -> set[str]:
    found: set[str] = set()
    ahead = list(names)
    while ahead:
        name = ahead.pop()
        if name in there and name not in found:
            found.add(name)
            ahead += there[name].depends
    return found


@pytest.mark.tool("apt-get")
@every_suite
@every_package
def test_what_runs_is_what_was_built_against(path: Path, name: str, suite: Suite) -> None:
    """Else a release's library is paired with another's headers."""
    lines, _ = debian(package(path), name)
    there = suite(name, "amd64")
    roots = [line.name for line in lines if "run" not in line.roles]
    only_run = {line.name for line in lines if line.roles == ("run",)}

    assert not roots or only_run - closure(roots, there) == set()


# ---- Guix ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def offered(guix: Guix) -> Mapping[str, Mapping[str, Offered]]:
    return guix({line.name for path in PACKAGES for line in lines_of(package(path), "guix")})


def served(found: Package) -> Iterator[tuple[Want, str]]:
    """Each line for Guix, with each version that the library says it is for."""
    for line in lines_of(found, "guix"):
        for one in said_versions(found, "guix"):
            if lies_in(line.versions, one):
                yield line, one


@pytest.mark.tool("mmdebstrap")
@pytest.mark.slow
@every_package
def test_guix_has_every_name_version_and_output(
    path: Path, offered: Mapping[str, Mapping[str, Offered]]
) -> None:
    found = package(path)
    there = [(line, one) for line, one in served(found) if one in offered[line.name]]

    assert {line.name for line in lines_of(found, "guix")} <= offered.keys()
    assert {one for _, one in there} == said_versions(found, "guix")
    for line, one in there:
        assert dict(line.choices).get("output", "out") in offered[line.name][one].outputs


# Guix builds these with NumPy 2.3, and all others with 1.26; their files say so.
ALONE = {"python-numexpr", "python-tables"}


@pytest.mark.tool("mmdebstrap")
@pytest.mark.slow
def test_guix_brings_along_what_the_library_offers(
    offered: Mapping[str, Mapping[str, Offered]],
) -> None:
    """Else the two cannot be in one environment, whatever version is asked for."""
    entries = {
        (line.name, one): path.stem
        for path in PACKAGES
        for line, one in served(package(path))
        if one in offered[line.name]
    }
    names = {name for name, _ in entries}
    apart = {
        entry
        for (name, one), entry in entries.items()
        for brought in offered[name][one].brought
        if brought.partition("@")[0] in names and tuple(brought.split("@")) not in entries
    }

    assert apart == ALONE
