"""Debian and Guix themselves, asked what they have."""

import re
import subprocess
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import Chroot
from tests.own_apt import KEYRING, apt_of, mirror

GUIX_NAMES = Path(__file__).with_name("guix-names.scm")
FIELD = re.compile(r"^(Package|Version|Depends): (.*)$", re.MULTILINE)


class Packed(NamedTuple):
    """A package of Debian: its version, and the first choice of each of its dependencies."""

    version: str
    depends: tuple[str, ...]


Suite = Callable[[str, str], Mapping[str, Packed]]
"""The packages of a suite for an architecture, by name."""


class Offered(NamedTuple):
    """A package of Guix: its outputs, and as `name@version` what a profile with it holds too."""

    outputs: tuple[str, ...]
    brought: tuple[str, ...]
    open_mpi: tuple[str, ...]
    """The versions of Open MPI that it or anything below it was linked with."""


Guix = Callable[[Collection[str]], Mapping[str, Mapping[str, Offered]]]
"""Under each name, the versions that Guix has."""


@pytest.fixture(scope="session")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Suite:
    """Reads a suite as apt does, from this machine's mirror, beside this machine's own sources."""

    @cache
    def indexes(name: str) -> Mapping[tuple[str, str], str]:
        # Not the security updates: they move any day, and the library says what a release has.
        line = f"deb [signed-by={KEYRING}] {mirror()} {name} main"
        return apt_of(tmp_path_factory.mktemp(name), line, ["amd64", "arm64"]).indexes()

    @cache
    def read(name: str, architecture: str) -> Mapping[str, Packed]:
        return dict(_packages(indexes(name)[name, architecture]))

    return read


def _packages(index: str) -> Iterator[tuple[str, Packed]]:
    for stanza in index.split("\n\n"):
        fields = dict(FIELD.findall(stanza))
        if fields:
            depends = fields.get("Depends", "").split(", ")
            yield fields["Package"], Packed(fields["Version"], tuple(map(_first, depends)))


def _first(dependency: str) -> str:
    """`libc6` of `libc6:any (>= 2.34) | libc6-udeb`."""
    return dependency.partition(" ")[0].partition(":")[0]


@pytest.fixture(scope="session")
def guix(chroot: Chroot) -> Guix:
    """Asks Debian sid's Guix, unpacked beside this machine's own packages."""

    def read(names: Collection[str]) -> Mapping[str, Mapping[str, Offered]]:
        words = chroot("guix", "sid", "guix,guile-3.0")
        listed = " ".join(f'"{name}"' for name in sorted(names))
        # -c reads one expression; the file is several.
        script = f"(begin (define %names '({listed})) {GUIX_NAMES.read_text()})"
        said = _said([*words, "guile-3.0", "--no-auto-compile", "-c", script])
        found: dict[str, dict[str, Offered]] = {}
        for line in said.splitlines():
            name, version, *lists = line.split(" ")
            offered = Offered(*(tuple(filter(None, each.split(","))) for each in lists))
            found.setdefault(name, {})[version] = offered
        return found

    return read


def _said(words: Sequence[str]) -> str:
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout
