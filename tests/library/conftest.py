"""Debian and Guix themselves, asked what they have."""

import os
import shutil
import subprocess
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import Chroot, missing

GUIX_NAMES = Path(__file__).with_name("guix-names.scm")
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"

Suite = Callable[[str], Mapping[str, str]]
"""The versions of a suite's packages, by name."""
Guix = Callable[[Collection[str]], Mapping[str, Mapping[str, tuple[str, ...]]]]
"""Under each name, the versions that Guix has, and the outputs of each."""


@pytest.fixture(scope="session")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Suite:
    """Reads a suite as apt does, from this machine's mirror, beside this machine's own sources."""

    @cache
    def read(name: str) -> Mapping[str, str]:
        if shutil.which("apt-get") is None or not Path(KEYRING).exists():
            missing("apt is not here")
        config = _own_apt(tmp_path_factory.mktemp(name), name)
        environ = {**os.environ, "APT_CONFIG": str(config), "LC_ALL": "C"}
        if subprocess.run(["apt-get", "update", "-qq"], env=environ, check=False).returncode:
            missing(f"the mirror does not hand out {name}")
        return _versions(_said(["apt-cache", "dumpavail"], environ))

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
        'APT::Update::Error-Mode "any";\n'
    )
    return config


def _mirror() -> str:
    asked = ["apt-get", "indextargets", "--format", "$(SITE)", "Created-By: Packages"]
    sites = _said(asked, dict(os.environ)).split()
    found = [site for site in sites if site.rstrip("/").endswith("/debian")]
    return found[0] if found else missing("apt names no mirror of Debian")


def _versions(said: str) -> Mapping[str, str]:
    """From what `dumpavail` tells of every package."""
    found: dict[str, str] = {}
    name = ""
    for line in said.splitlines():
        key, _, value = line.partition(": ")
        if key == "Package":
            name = value
        elif key == "Version":
            found[name] = value
    return found


@pytest.fixture(scope="session")
def guix(chroot: Chroot) -> Guix:
    """Asks Debian sid's Guix, unpacked beside this machine's own packages."""

    def read(names: Collection[str]) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        words = chroot("guix", "sid", "guix,guile-3.0")
        listed = " ".join(f'"{name}"' for name in sorted(names))
        # -c reads one expression; the file is several.
        script = f"(begin (define %names '({listed})) {GUIX_NAMES.read_text()})"
        said = _said([*words, "guile-3.0", "--no-auto-compile", "-c", script], None)
        found: dict[str, dict[str, tuple[str, ...]]] = {}
        for line in said.splitlines():
            name, version, *outputs = line.split()
            found.setdefault(name, {})[version] = tuple(outputs)
        return found

    return read


def _said(words: Sequence[str], environ: Mapping[str, str] | None) -> str:
    return subprocess.run(words, env=environ, capture_output=True, text=True, check=True).stdout
