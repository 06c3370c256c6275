"""What the library says of Debian and Guix, asked of Debian and Guix."""

import re
from collections.abc import Iterable, Iterator, Mapping

import pytest

from envc.cpu import conditions
from envc.facts.debian_versions import upstream
from envc.spec import Package, Want
from tests.library.conftest import Guix, Offered, Packed, Suite
from tests.library.entries import PACKAGES, lies_in, lines_of, package, said_versions

SUITES = ("bookworm", "trixie")
ARCHITECTURES: Mapping[str, str] = {"amd64": "x86_64", "arm64": "aarch64"}
"""Debian's, each with the CPU that any of its machines runs code for."""

# The indexes are read once, by one worker.
pytestmark = pytest.mark.xdist_group("library-indexes")

every_suite = pytest.mark.parametrize("name", SUITES)
every_architecture = pytest.mark.parametrize("architecture", ARCHITECTURES)


# ---- Debian --------------------------------------------------------------------------------------


def means(said: str, packed: str) -> bool:
    """`4.2.2` is what 4.2.2.20221110 and 4.2.2+dfsg are."""
    return re.match(re.escape(said) + r"(?!\d)", upstream(packed)) is not None


def debian(suite: str) -> Iterator[tuple[str, list[Want], set[str]]]:
    """Of each package from a suite: what it asks of it, and the versions it says are there."""
    origins = ("debian", f"debian/{suite}")
    for path in PACKAGES:
        found = package(path)
        said = said_versions(found, *origins)
        if said:
            yield path.stem, list(lines_of(found, *origins)), said


def is_for(line: Want, architecture: str) -> bool:
    asked = line.guard.on
    return asked is None or conditions.holds(asked, ARCHITECTURES[architecture])


@pytest.mark.tool("apt-get")
@every_architecture
@every_suite
def test_debian_has_every_name(name: str, architecture: str, suite: Suite) -> None:
    there = suite(name, architecture)

    # A line that is for other CPUs has to be: what is there after all is not kept from anyone.
    wrong = {
        f"{entry}: {line.name}"
        for entry, lines, _ in debian(name)
        for line in lines
        if (line.name in there) != is_for(line, architecture)
    }
    assert wrong == set()


@pytest.mark.tool("apt-get")
@every_architecture
@every_suite
def test_debian_has_these_versions(name: str, architecture: str, suite: Suite) -> None:
    there = suite(name, architecture)

    stale: set[str] = set()
    for entry, every_line, said in debian(name):
        lines = [line for line in every_line if is_for(line, architecture) and line.name in there]
        packed = {line.name: there[line.name].version for line in lines}
        # Not every line has the package's version: gcc's programs need the newest libstdc++.
        if lines:
            absent = {one for one in said if not any(means(one, has) for has in packed.values())}
            stale |= {f"{entry} {one}" for one in absent}
        for line in lines:
            serves = [one for one in said if means(one, packed[line.name])]
            if line.versions and not any(lies_in(line.versions, one) for one in serves):
                stale.add(f"{entry}: {line.name}@{line.versions}")
    assert stale == set()


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
def test_what_runs_is_what_was_built_against(name: str, suite: Suite) -> None:
    """Else a release's library is paired with another's headers."""
    there = suite(name, "amd64")

    foreign: set[str] = set()
    for entry, lines, _ in debian(name):
        roots = [line.name for line in lines if "run" not in line.roles]
        only_run = {line.name for line in lines if line.roles == ("run",)}
        if roots:
            foreign |= {f"{entry}: {each}" for each in only_run - closure(roots, there)}
    assert foreign == set()


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
def test_guix_has_every_name_version_and_output(
    offered: Mapping[str, Mapping[str, Offered]],
) -> None:
    stale: set[str] = set()
    for path in PACKAGES:
        found = package(path)
        there = [(line, one) for line, one in served(found) if one in offered.get(line.name, {})]
        stale |= {line.name for line in lines_of(found, "guix")} - offered.keys()
        unmet = said_versions(found, "guix") - {one for _, one in there}
        stale |= {f"{found.name} {one}" for one in unmet}
        for line, one in there:
            output = dict(line.choices).get("output", "out")
            if output not in offered[line.name][one].outputs:
                stale.add(f"{line.name} {one} output={output}")
    assert stale == set()


def comes_with_open_mpi(line: Want, brought: Iterable[str]) -> set[str]:
    said = dict(line.choices).get("openmpi")
    own = {each.partition("@")[2] for each in brought if each.startswith("openmpi@")}
    return own | ({said} if said is not None else set())


@pytest.mark.tool("mmdebstrap")
@pytest.mark.slow
def test_each_line_brings_the_open_mpi_that_guix_linked(
    offered: Mapping[str, Mapping[str, Offered]],
) -> None:
    """Else an environment may hold one Open MPI for mpirun and another in a library."""
    wrong: set[str] = set()
    for path in PACKAGES:
        for line in lines_of(package(path), "guix"):
            if line.name != "openmpi":
                wrong |= {
                    f"{path.stem}: {line.name} {one}"
                    for one, each in offered.get(line.name, {}).items()
                    if comes_with_open_mpi(line, each.brought) != set(each.open_mpi)
                }
    assert wrong == set()


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
        if one in offered.get(line.name, {})
    }
    names = {name for name, _ in entries}
    apart = {
        entry
        for (name, one), entry in entries.items()
        for brought in offered[name][one].brought
        if brought.partition("@")[0] in names and tuple(brought.split("@")) not in entries
    }

    assert apart == ALONE
