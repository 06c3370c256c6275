"""The library says what it should, in its own language."""

from functools import cache
from pathlib import Path

import pytest

from envc import choices, data
from envc.check import Checked, check_path
from envc.source import Source
from envc.spec import Package
from envc.syntax.layout import layout
from envc.syntax.parser import parse

SPECS = Path(str(data.path("specs")))
ALL = sorted(SPECS.rglob("*.envc"))
PACKAGES = sorted((SPECS / "packages").glob("*.envc"))
SITES = sorted((SPECS / "sites").glob("*.envc"))
NAMES = {path.stem for path in PACKAGES}


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


def test_there_is_much_to_choose_from() -> None:
    assert len(PACKAGES) >= 150


@pytest.mark.parametrize("path", PACKAGES, ids=ids)
def test_needs_are_met_by_the_library(path: Path) -> None:
    assert {want.name for want in package(path).wants} <= NAMES


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
            if want.guard.holds(chosen, "x86_64")
        ]
        assert lines or found.sources, f"nobody supplies {found.name} with {chosen}"


@pytest.mark.parametrize("path", SITES, ids=ids)
def test_site_says_what_is_a_guess(path: Path) -> None:
    [site] = checked(path).spec.sites

    assert any(setting.key == "guess" for setting in site.settings)
    assert site.name == "laptop" or any(setting.key == "verified" for setting in site.settings)
