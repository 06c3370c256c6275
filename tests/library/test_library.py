"""The library says what it should, in its own language."""

from pathlib import Path

import pytest

from envc import choices
from envc.check import Checked, check_path
from envc.source import Source
from envc.syntax.layout import layout
from envc.syntax.parser import parse
from tests.library.entries import PACKAGES, SPECS, lines_of, package, spec

ALL = sorted(SPECS.rglob("*.envc"))
SITES = sorted((SPECS / "sites").glob("*.envc"))


def ids(path: Path) -> str:
    return str(path.relative_to(SPECS).with_suffix(""))


@pytest.mark.parametrize("path", ALL, ids=ids)
def test_checks_without_a_word(path: Path) -> None:
    found = check_path(str(path))
    assert isinstance(found, Checked)

    assert [each.message for each in found.diagnostics] == []


@pytest.mark.parametrize("path", ALL, ids=ids)
def test_is_laid_out(path: Path) -> None:
    text = path.read_text()

    assert layout(parse(Source(path.name, text)).file) == text


@pytest.mark.parametrize("path", ALL, ids=ids)
def test_is_one_thing_called_like_its_file(path: Path) -> None:
    found = spec(path)

    names = [package.name for package in found.packages]
    names += [toolchain.name for toolchain in found.toolchains]
    names += [site.name for site in found.sites]
    assert names == [path.stem]
    assert (found.apps, found.campaigns, found.target_sets) == ((), (), ())


def test_there_is_much_to_choose_from() -> None:
    assert len(PACKAGES) >= 150


def test_needs_are_met_by_the_library() -> None:
    needed = {want.name for path in PACKAGES for want in package(path).wants}

    assert needed - {path.stem for path in PACKAGES} == set()


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


@pytest.mark.parametrize("path", PACKAGES, ids=ids)
def test_everyone_who_has_it_supplies_it_as_it_is_by_default(path: Path) -> None:
    found = package(path)
    chosen = {variant.name: variant.default for variant in found.variants}

    # What is said of all of Debian is said of each release.
    for origin in origins(path) - {"source", "debian"}:
        wants = lines_of(found, origin, origin.partition("/")[0])
        assert any(want.guard.holds(chosen, "x86_64") for want in wants), origin


@pytest.mark.parametrize("path", SITES, ids=ids)
def test_site_says_what_is_a_guess(path: Path) -> None:
    [site] = spec(path).sites

    assert any(setting.key == "guess" for setting in site.settings)
    assert site.name == "laptop" or any(setting.key == "verified" for setting in site.settings)


def test_the_readme_says_what_is_in_one_world_only() -> None:
    worlds = {path.stem: origins(path) for path in PACKAGES}

    told = (SPECS / "README.md").read_text().splitlines()
    for row in (
        only("Debian, not Guix", worlds, {"debian"}, {"guix"}),
        only("Guix, not Debian", worlds, {"guix"}, {"debian"}),
        only("bookworm, not trixie", worlds, {"debian/bookworm"}, {"debian/trixie"}),
        only("trixie, not bookworm", worlds, {"debian/trixie"}, {"debian/bookworm"}),
    ):
        assert row in told


def origins(path: Path) -> set[str]:
    said = {version.origin for version in package(path).versions}
    releases = {"debian/bookworm", "debian/trixie"} if "debian" in said else set()
    return said | releases | {origin.partition("/")[0] for origin in said}


def only(title: str, worlds: dict[str, set[str]], there: set[str], absent: set[str]) -> str:
    names = [name for name, found in worlds.items() if there <= found and not absent & found]
    return f"| {title} | {', '.join(f'`{name}`' for name in sorted(names))} |"
