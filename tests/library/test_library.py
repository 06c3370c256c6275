"""The library says what it should, in its own language, and Debian has what it names."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from envc import choices, data
from envc.check import Checked, check_path
from envc.facts import versions
from envc.source import Source
from envc.spec import Package, Provider, Want
from envc.syntax.layout import layout
from envc.syntax.parser import parse

SPECS = Path(str(data.path("specs")))
ALL = sorted(SPECS.rglob("*.envc"))
PACKAGES = sorted((SPECS / "packages").glob("*.envc"))
SITES = sorted((SPECS / "sites").glob("*.envc"))
SUITE = "bookworm"
CODENAME = f"VERSION_CODENAME={SUITE}"


def checked(path: Path) -> Checked:
    found = check_path(str(path))
    assert isinstance(found, Checked)
    return found


@cache
def package(path: Path) -> Package:
    [found] = checked(path).spec.packages
    return found


def ids(path: Path) -> str:
    return str(path.relative_to(SPECS).with_suffix(""))


# ---- what a file of the library looks like -------------------------------------------------------


@pytest.mark.parametrize("path", ALL, ids=ids)
def test_checks_without_a_word(path: Path) -> None:
    assert [each.message for each in checked(path).diagnostics] == []


@pytest.mark.parametrize("path", ALL, ids=ids)
def test_is_laid_out(path: Path) -> None:
    text = path.read_text()

    assert layout(parse(Source(path.name, text)).file) == text


@pytest.mark.parametrize("path", ALL, ids=ids)
def test_is_one_thing_called_like_its_file(path: Path) -> None:
    spec = checked(path).spec

    names = [package.name for package in spec.packages]
    names += [toolchain.name for toolchain in spec.toolchains]
    names += [site.name for site in spec.sites]
    assert names == [path.stem]
    assert (spec.apps, spec.campaigns, spec.target_sets) == ((), (), ())


@pytest.mark.parametrize("path", PACKAGES, ids=ids)
def test_package_says_what_it_is(path: Path) -> None:
    facts = {fact.key for fact in package(path).facts}

    assert {"summary", "homepage", "license"} <= facts
    assert package(path).versions
    assert package(path).providers


@pytest.mark.parametrize("path", PACKAGES, ids=ids)
def test_versions_are_of_a_provider_and_the_other_way_round(path: Path) -> None:
    found = package(path)
    supplied = {provider.name.partition("/")[0] for provider in found.providers}
    supplied |= {"source"} if found.sources else set()

    assert {version.origin.partition("/")[0] for version in found.versions} == supplied


@pytest.mark.parametrize("path", PACKAGES, ids=ids)
def test_every_choice_is_supplied(path: Path) -> None:
    found = package(path)
    for chosen in choices.combinations(found.options()):
        if any(conflict.guard.holds(chosen, None) for conflict in found.conflicts):
            continue
        lines = [
            want
            for provider in found.providers
            for want in provider.wants
            if want.guard.holds(chosen, None)
        ]
        assert lines or found.sources, f"nobody supplies {found.name} with {chosen}"


@pytest.mark.parametrize("path", SITES, ids=ids)
def test_site_says_what_is_a_guess(path: Path) -> None:
    [site] = checked(path).spec.sites

    assert any(setting.key == "guess" for setting in site.settings)
    assert site.name == "laptop" or any(setting.key == "verified" for setting in site.settings)


# ---- what Debian says ----------------------------------------------------------------------------


def lines_of(found: Package) -> Iterator[tuple[Provider, Want]]:
    """What the package asks of this suite."""
    for provider in found.providers:
        if provider.name in ("debian", f"debian/{SUITE}"):
            for want in provider.wants:
                yield provider, want


def said_versions(found: Package) -> set[str]:
    origins = ("debian", f"debian/{SUITE}")
    return {version.number for version in found.versions if version.origin in origins}


def upstream(version: str) -> str:
    """Without the epoch, Debian's revision, and what was really packed: 2.12.7+really2.9.14-2."""
    bare = version.partition(":")[2] or version
    return bare.rpartition("-")[0].rpartition("really")[2] or bare.rpartition("really")[2]


@pytest.mark.parametrize(
    ("version", "plain"),
    [
        ("1:4.9.0-3+b1", "4.9.0"),
        ("12.2.0-14+deb12u1", "12.2.0"),
        ("2.12.7+dfsg+really2.9.14-2.1+deb13u3", "2.9.14"),
        ("1.74.0.3", "1.74.0.3"),
    ],
)
def test_upstream_version(version: str, plain: str) -> None:
    assert upstream(version) == plain


def means(said: str, packed: str) -> bool:
    """`4.2.2` is what 4.2.2.20221110 and 4.2.2+dfsg are."""
    return re.match(re.escape(said) + r"(?!\d)", upstream(packed)) is not None


@cache
def debian() -> Mapping[str, str]:
    """What the library asks of Debian: each name with its newest version in the suite."""
    names = {want.name for path in PACKAGES for _, want in lines_of(package(path))}
    said = subprocess.run(
        ["apt-cache", "madison", *sorted(names)], capture_output=True, text=True, check=True
    ).stdout
    found: dict[str, str] = {}
    for line in said.splitlines():
        name, version, origin = (part.strip() for part in line.split("|"))
        if f"{SUITE}" in origin and origin.endswith("Packages"):
            found.setdefault(name, version)  # apt-cache tells the newest first
    return found


@pytest.fixture(scope="module")
def index() -> Mapping[str, str]:
    """Debian's own word. CI has it, so there its absence is a failure."""
    if shutil.which("apt-cache") is None or CODENAME not in Path("/etc/os-release").read_text():
        pytest.skip(f"not Debian {SUITE}")
    if not debian():
        message = "apt has no index: run apt-get update"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return debian()


@pytest.mark.tool("apt")
@pytest.mark.parametrize("path", PACKAGES, ids=ids)
def test_debian_has_every_name(path: Path, index: Mapping[str, str]) -> None:
    found = package(path)
    if not said_versions(found):
        pytest.skip(f"not from Debian {SUITE}")

    assert [want.name for _, want in lines_of(found) if want.name not in index] == []


@pytest.mark.tool("apt")
@pytest.mark.parametrize("path", PACKAGES, ids=ids)
def test_debian_has_these_versions(path: Path, index: Mapping[str, str]) -> None:
    found = package(path)
    packed = {want.name: index.get(want.name, "") for _, want in lines_of(found)}

    for said in said_versions(found):
        assert any(means(said, version) for version in packed.values()), (said, packed)
    for _, want in lines_of(found):
        if want.versions:
            serves = [each for each in said_versions(found) if means(each, packed[want.name])]
            assert any(lies_in(want.versions, each) for each in serves), want


def lies_in(wanted: str, number: str) -> bool:
    readable, version = versions.read_range(wanted), versions.version(number)
    assert isinstance(readable, versions.Range)
    assert isinstance(version, versions.Version)
    return versions.matches(readable, version)
