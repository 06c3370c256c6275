"""Debian's own indexes, as this machine's apt gets them; and a Guix of a few packages."""

import os
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from envc.names.make import Index
from tests.cli.conftest import envc
from tests.conftest import missing

__all__ = ["envc"]

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
RELEASES = ("bookworm", "trixie")
REWRITE = bool(os.environ.get("ENVC_REWRITE"))
ARCHITECTURES = '"amd64"; "arm64";' if REWRITE else '"amd64";'
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
    folder = tmp_path_factory.mktemp("apt")
    if not Path(KEYRING).exists():
        missing("Debian's keyring is not here")
    environ = {**os.environ, "APT_CONFIG": str(_own_apt(folder)), "LC_ALL": "C"}
    if subprocess.run(["apt-get", "update", "-qq"], env=environ, check=False).returncode:
        missing("the mirror does not hand out the releases")
    asked = ["apt-get", "indextargets", "--format", "$(CODENAME) $(ARCHITECTURE) $(FILENAME)"]
    lines = _said([*asked, "Created-By: Packages"], environ).splitlines()
    return [
        (release, architecture, _said(["/usr/lib/apt/apt-helper", "cat-file", path], environ))
        for release, architecture, path in map(str.split, lines)
    ]


def _own_apt(folder: Path) -> Path:
    for part in ("lists/partial", "cache/archives/partial"):
        (folder / part).mkdir(parents=True)
    (folder / "status").touch()
    mirror = _mirror()
    lines = (f"deb [signed-by={KEYRING}] {mirror} {release} main\n" for release in RELEASES)
    (folder / "sources.list").write_text("".join(lines))
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
        f"APT::Architectures {{ {ARCHITECTURES} }};\n"
        'APT::Update::Error-Mode "any";\n'
        'Acquire::Languages "none";\n'
    )
    return config


def _mirror() -> str:
    asked = ["apt-get", "indextargets", "--format", "$(SITE)", "Created-By: Packages"]
    sites = _said(asked, os.environ).split()
    found = [site for site in sites if site.rstrip("/").endswith("/debian")]
    return found[0] if found else missing("apt names no mirror of Debian")


def _said(words: Sequence[str], environ: Mapping[str, str]) -> str:
    done = subprocess.run(words, env=environ, capture_output=True, check=True)
    return done.stdout.decode()
