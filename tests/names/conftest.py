"""Debian's own indexes, as this machine's apt gets them; and a Guix of a few packages."""

import os
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import pytest

from envc.names.make import Index
from tests.cli.conftest import envc
from tests.own_apt import KEYRING, apt_of, mirror

__all__ = ["envc"]

RELEASES = ("bookworm", "trixie")
REWRITE = bool(os.environ.get("ENVC_REWRITE"))
ARCHITECTURES = ("amd64", "arm64") if REWRITE else ("amd64",)
"""Reading the others, too, takes as long again, and seldom tells more."""


class Package(NamedTuple):
    name: str
    version: str
    synopsis: str = ""
    outputs: tuple[str, ...] = ("out",)


class SmallGuix:
    def __init__(self, *packages: Package) -> None:
        self.packages = packages

    def names(self) -> Iterable[str]:
        return {each.name for each in self.packages}

    def named(self, name: str, /) -> Sequence[Package]:
        return [each for each in self.packages if each.name == name]


MakeGuix = Callable[..., SmallGuix]


@pytest.fixture
def small_guix() -> MakeGuix:
    """Packages as tuples: a name, a version, a synopsis, outputs."""
    return lambda *packages: SmallGuix(*(Package(*each) for each in packages))


@pytest.fixture(scope="session")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Index]:
    """What the releases hold today, without their security updates, which move any day."""
    lines = (f"deb [signed-by={KEYRING}] {mirror()} {release} main" for release in RELEASES)
    apt = apt_of(tmp_path_factory.mktemp("apt"), "\n".join(lines), ARCHITECTURES)
    return [(*which, text) for which, text in apt.indexes().items()]
