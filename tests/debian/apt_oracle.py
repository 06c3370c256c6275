"""What apt itself would install into a system where nothing is, from lists of its own."""

import os
import re
import subprocess
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from envc.debian import packages
from envc.debian.index import Index
from envc.debian.table import Made
from tests.conftest import missing

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
# A machine whose images are kept small tells apt to keep no caches: each run would take seconds.
_CACHES = ("-oDir::Cache::pkgcache=pkgcache.bin", "-oDir::Cache::srcpkgcache=srcpkgcache.bin")


@dataclass(frozen=True, slots=True)
class Apt:
    folder: Path
    program: tuple[str, ...] = ()
    """What words of another system's apt begin with, which sees the folder under its own root."""

    def said(self, *words: str) -> subprocess.CompletedProcess[str]:
        environ = {**os.environ, "APT_CONFIG": f"{self.folder}/apt.conf", "LC_ALL": "C"}
        if self.program:
            words = ("env", f"APT_CONFIG={self.folder}/apt.conf", *words)
        return subprocess.run(
            [*self.program, *words], env=environ, capture_output=True, text=True, check=False
        )

    def simulate(self, *wanted: str, verb: str = "install") -> Mapping[str, str] | None:
        """The versions that would be installed; None where apt refuses."""
        words = ("apt-get", verb, "--simulate", "--no-install-recommends", *_CACHES, *wanted)
        done = self.said(*words)
        if done.returncode:
            return None
        return dict(re.findall(r"^Inst (\S+) \((\S+)", done.stdout, re.MULTILINE))


def apt_of(folder: Path, architecture: str, sources: str) -> Apt:
    """An apt that has read `sources`, beside this machine's own."""
    for part in ("lists/partial", "cache/archives/partial"):
        (folder / part).mkdir(parents=True)
    (folder / "status").touch()
    (folder / "sources.list").write_text(sources)
    (folder / "apt.conf").write_text(
        f'Dir::Etc::sourcelist "{folder}/sources.list";\n'
        'Dir::Etc::sourceparts "/dev/null";\n'
        'Dir::Etc::preferencesparts "/dev/null";\n'
        f'Dir::State::lists "{folder}/lists";\n'
        f'Dir::State::status "{folder}/status";\n'
        f'Dir::Cache "{folder}/cache";\n'
        'APT::Sandbox::User "root";\n'
        f'APT::Architecture "{architecture}";\n'
        f'APT::Architectures {{ "{architecture}"; }};\n'
        'Acquire::Languages "none";\n'
        'APT::Update::Error-Mode "any";\n'
    )
    apt = Apt(folder)
    updated = apt.said("apt-get", "update", "-qq")
    if updated.returncode:
        missing(f"apt reads no lists: {updated.stderr}")
    apt.said("apt-cache", "gencaches", "-qq", *_CACHES)
    return apt


def mirror() -> str:
    """The one that this machine uses itself."""
    asked = ["apt-get", "indextargets", "--format", "$(SITE)", "Created-By: Packages"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    sites = [site for site in done.stdout.split() if site.rstrip("/").endswith("/debian")]
    return sites[0] if sites else missing("apt names no mirror of Debian")


def lists_of(apt: Apt) -> bytes:
    """The index that apt has read."""
    (found,) = (apt.folder / "lists").glob("*_Packages*")
    words = ["/usr/lib/apt/apt-helper", "cat-file", str(found)]
    return subprocess.run(words, capture_output=True, check=True).stdout


def index_of(text: bytes | str, suite: str, architecture: str) -> Index:
    data = text.encode() if isinstance(text, str) else text
    made = packages.tabled(data, architecture, "test")
    assert isinstance(made, Made), made
    return Index(suite, architecture, [made.table])


Stanza = Mapping[str, str]


def toy(stanzas: Sequence[Stanza], suite: str = "toy", architecture: str = "amd64") -> Index:
    """An index of packages of which only what matters is told."""
    return index_of(packages_text(stanzas, architecture), suite, architecture)


def packages_text(stanzas: Collection[Stanza], architecture: str = "amd64") -> str:
    """What apt reads as `Packages`."""
    return "\n".join(
        "".join(f"{field}: {value}\n" for field, value in _whole(stanza, architecture).items())
        for stanza in stanzas
    )


def _whole(stanza: Stanza, architecture: str) -> Stanza:
    return {
        "Version": "1",
        "Architecture": architecture,
        "Maintainer": "nobody",
        "Filename": f"pool/{stanza['Package']}.deb",
        "Size": "1",
        "SHA256": "0" * 64,
        "Description": "a toy",
    } | dict(stanza)
