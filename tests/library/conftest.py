"""Debian and Guix themselves, asked what they have."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import Chroot, missing

GUIX_NAMES = Path(__file__).with_name("guix-names.scm")
FIELD = re.compile(r"^(Package|Version|Depends): (.*)$", re.MULTILINE)
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"


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


Guix = Callable[[Collection[str]], Mapping[str, Mapping[str, Offered]]]
"""Under each name, the versions that Guix has."""


@pytest.fixture(scope="session")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Suite:
    """Reads a suite as apt does, from this machine's mirror, beside this machine's own sources."""

    @cache
    def indexes(name: str) -> Mapping[str, str]:
        if shutil.which("apt-get") is None or not Path(KEYRING).exists():
            missing("apt is not here")
        config = _own_apt(tmp_path_factory.mktemp(name), name)
        environ = {**os.environ, "APT_CONFIG": str(config), "LC_ALL": "C"}
        if subprocess.run(["apt-get", "update", "-qq"], env=environ, check=False).returncode:
            missing(f"the mirror does not hand out {name}")
        asked = ["apt-get", "indextargets", "--format", "$(ARCHITECTURE) $(FILENAME)"]
        found = _said([*asked, "Created-By: Packages"], environ).splitlines()
        return dict(line.split(maxsplit=1) for line in found)

    @cache
    def read(name: str, architecture: str) -> Mapping[str, Packed]:
        # apt keeps its indexes packed, and this is how it reads them itself.
        words = ["/usr/lib/apt/apt-helper", "cat-file", indexes(name)[architecture]]
        return dict(_packages(_said(words, None)))

    return read


def _own_apt(folder: Path, suite: str) -> Path:
    mirror = _mirror()
    for part in ("lists/partial", "cache/archives/partial"):
        (folder / part).mkdir(parents=True)
    (folder / "status").touch()
    # Not the security updates: they move any day, and the library says what a release has.
    line = f"deb [signed-by={KEYRING}] {mirror} {suite} main\n"
    (folder / "sources.list").write_text(line)
    config = folder / "apt.conf"
    config.write_text(
        f'Dir::Etc::sourcelist "{folder}/sources.list";\n'
        'Dir::Etc::sourceparts "/dev/null";\n'
        'Dir::Etc::preferencesparts "/dev/null";\n'
        f'Dir::State::lists "{folder}/lists";\n'
        f'Dir::State::status "{folder}/status";\n'
        f'Dir::Cache "{folder}/cache";\n'
        'APT::Sandbox::User "root";\n'
        'APT::Architecture "amd64";\n'
        'APT::Architectures { "amd64"; "arm64"; };\n'
        'APT::Update::Error-Mode "any";\n'
    )
    return config


def _mirror() -> str:
    asked = ["apt-get", "indextargets", "--format", "$(SITE)", "Created-By: Packages"]
    sites = _said(asked, dict(os.environ)).split()
    found = [site for site in sites if site.rstrip("/").endswith("/debian")]
    return found[0] if found else missing("apt names no mirror of Debian")


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
        said = _said([*words, "guile-3.0", "--no-auto-compile", "-c", script], None)
        found: dict[str, dict[str, Offered]] = {}
        for line in said.splitlines():
            name, version, outputs, brought = line.split(" ")
            offered = Offered(tuple(outputs.split(",")), tuple(brought.split(",")))
            found.setdefault(name, {})[version] = offered
        return found

    return read


def _said(words: Sequence[str], environ: Mapping[str, str] | None) -> str:
    return subprocess.run(words, env=environ, capture_output=True, text=True, check=True).stdout
