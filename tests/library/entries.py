"""What the library's files say, read once."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from envc import data
from envc.check import Checked, check_path
from envc.facts import versions
from envc.spec import Package, Spec, Want

SPECS = Path(str(data.path("specs")))
PACKAGES = sorted((SPECS / "packages").glob("*.envc"))
TOOLCHAINS = sorted((SPECS / "toolchains").glob("*.envc"), key=lambda path: path.stem)


@cache
def spec(path: Path) -> Spec:
    found = check_path(str(path))
    assert isinstance(found, Checked)
    return found.spec


def package(path: Path) -> Package:
    [only] = spec(path).packages
    return only


def lines_of(found: Package, *origins: str) -> Iterator[Want]:
    for provider in found.providers:
        if provider.name in origins:
            yield from provider.wants


def said_versions(found: Package, *origins: str) -> set[str]:
    return {version.number for version in found.versions if version.origin in origins}


def lies_in(wanted: str, number: str) -> bool:
    if not wanted:
        return True
    readable, version = versions.read_range(wanted), versions.version(number)
    assert isinstance(readable, versions.Range)
    assert isinstance(version, versions.Version)
    return versions.matches(readable, version)
