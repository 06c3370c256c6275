"""An apt beside this machine's own: it reads what a test names, and knows of nothing installed.

apt = apt_of(folder, f"deb [signed-by={KEYRING}] {mirror()} trixie main")
apt.indexes()["trixie", "amd64"], apt.simulate("gcc")
"""

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.conftest import missing

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
# A machine whose images are kept small tells apt to keep no caches, and its lists packed: each run
# would take seconds. What its own configuration says counts more than a file, less than a word.
_KEPT = ("-oDir::Cache::pkgcache=pkgcache.bin", "-oDir::Cache::srcpkgcache=srcpkgcache.bin")
_PLAIN = "-oAcquire::GzipIndexes=false"


@dataclass(frozen=True, slots=True)
class Apt:
    folder: Path
    program: tuple[str, ...] = ()
    """What words of another system's apt begin with, which sees the folder under its own root."""

    def said(self, *words: str) -> "subprocess.CompletedProcess[str]":
        environ = {**os.environ, "APT_CONFIG": f"{self.folder}/apt.conf", "LC_ALL": "C"}
        if self.program:
            words = ("env", f"APT_CONFIG={self.folder}/apt.conf", *words)
        return subprocess.run(
            [*self.program, *words], env=environ, capture_output=True, text=True, check=False
        )

    def simulate(self, *wanted: str, verb: str = "install") -> Mapping[str, str] | None:
        """The versions that would be installed; None where apt refuses."""
        words = ("apt-get", verb, "--simulate", "--no-install-recommends", *_KEPT, *wanted)
        done = self.said(*words)
        if done.returncode:
            return None
        return dict(re.findall(r"^Inst (\S+) \((\S+)", done.stdout, re.MULTILINE))

    def indexes(self) -> Mapping[tuple[str, str], str]:
        """Each `Packages` that was read, by its release and architecture."""
        asked = ("indextargets", "--format", "$(CODENAME) $(ARCHITECTURE) $(FILENAME)")
        lines = self.said("apt-get", *asked, "Created-By: Packages").stdout.splitlines()
        found = (line.split() for line in lines)
        return {(suite, machine): Path(path).read_text() for suite, machine, path in found}


def apt_of(folder: Path, sources: str, architectures: Sequence[str] = ("amd64",)) -> Apt:
    """An apt that has read `sources`."""
    if not Path(KEYRING).exists():
        missing("the keyring of Debian's archive is not here")
    for part in ("lists/partial", "cache/archives/partial"):
        (folder / part).mkdir(parents=True)
    (folder / "status").touch()
    (folder / "sources.list").write_text(f"{sources}\n")
    every = " ".join(f'"{each}";' for each in architectures)
    (folder / "apt.conf").write_text(
        f'Dir::Etc::sourcelist "{folder}/sources.list";\n'
        'Dir::Etc::sourceparts "/dev/null";\n'
        'Dir::Etc::preferencesparts "/dev/null";\n'
        f'Dir::State::lists "{folder}/lists";\n'
        f'Dir::State::status "{folder}/status";\n'
        f'Dir::Cache "{folder}/cache";\n'
        'APT::Sandbox::User "root";\n'
        f'APT::Architecture "{architectures[0]}";\n'
        f"APT::Architectures {{ {every} }};\n"
        'Acquire::Languages "none";\n'
        'APT::Update::Error-Mode "any";\n'
    )
    apt = Apt(folder)
    updated = apt.said("apt-get", "update", "-qq", _PLAIN)
    if updated.returncode:
        missing(f"apt reads no lists: {updated.stderr}")
    apt.said("apt-cache", "gencaches", "-qq", *_KEPT)
    return apt


@cache
def mirror() -> str:
    """The one that this machine's apt uses itself."""
    asked = ["apt-get", "indextargets", "--format", "$(SITE)", "Created-By: Packages"]
    try:
        said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        missing("apt is not here")
    found = [site.rstrip("/") for site in said.split() if site.rstrip("/").endswith("/debian")]
    return found[0] if found else missing("apt names no mirror of Debian")
