"""A small Debian for tests of `envc lock`: two releases, signed with a key of their own."""

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.debian.archive_maker import MadeArchive, Package, make_archive

TODAY = datetime.now(tz=UTC).replace(microsecond=0)
ESSENTIAL: tuple[Package, ...] = (
    {"Package": "base-files", "Version": "13", "Essential": "yes", "Depends": "libc6"},
    {"Package": "libc6", "Version": "2.41-12"},
)
TRIXIE: tuple[Package, ...] = (
    *ESSENTIAL,
    {"Package": "gcc-13", "Version": "13.3.0-1", "Depends": "libgcc-s1, libc6"},
    {"Package": "g++-13", "Version": "13.3.0-1", "Depends": "gcc-13 (= 13.3.0-1)"},
    {"Package": "gfortran-13", "Version": "13.3.0-1", "Depends": "gcc-13 (= 13.3.0-1)"},
    {"Package": "gcc-14", "Version": "14.2.0-19", "Depends": "libgcc-s1, libc6"},
    {"Package": "g++-14", "Version": "14.2.0-19", "Depends": "gcc-14 (= 14.2.0-19)"},
    {"Package": "gfortran-14", "Version": "14.2.0-19", "Depends": "gcc-14 (= 14.2.0-19)"},
    {"Package": "libgcc-s1", "Version": "14.2.0-19", "Depends": "libc6"},
    {"Package": "libgomp1", "Version": "14.2.0-19", "Depends": "libc6"},
    {"Package": "libstdc++6", "Version": "14.2.0-19", "Depends": "libc6, libgcc-s1"},
    {"Package": "libgfortran5", "Version": "14.2.0-19", "Depends": "libc6"},
    {"Package": "libwaves-dev", "Version": "1:3.1+dfsg-2", "Depends": "libwaves3 (= 1:3.1+dfsg-2)"},
    {"Package": "libwaves3", "Version": "1:3.1+dfsg-2", "Depends": "libc6, libtide1"},
    {"Package": "libtide1", "Version": "1.0-1", "Depends": "libc6"},
)
BOOKWORM: tuple[Package, ...] = (
    *ESSENTIAL,
    {"Package": "gcc-12", "Version": "12.2.0-14", "Depends": "libgcc-s1"},
    {"Package": "g++-12", "Version": "12.2.0-14", "Depends": "gcc-12 (= 12.2.0-14)"},
    {"Package": "libgcc-s1", "Version": "12.2.0-14"},
    {"Package": "libgomp1", "Version": "12.2.0-14"},
    {"Package": "libstdc++6", "Version": "12.2.0-14"},
)
WAVES = """package waves {
  version 3.1 from debian/trixie
  provider debian/trixie {
    libwaves-dev for build
    libwaves3    for run
  }
}"""


@dataclass(frozen=True, slots=True)
class Toy:
    """A folder to lock in, and a mirror that only it knows."""

    folder: Path
    trixie: MadeArchive

    @property
    def spec(self) -> Path:
        return self.folder / "heat.envc"

    @property
    def lock(self) -> Path:
        return self.folder / "envc.lock"

    def write(self, items: Iterable[str]) -> None:
        self.spec.write_text("envc 1\n\n" + "\n\n".join(items) + "\n")

    def envc(self, *words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "envc", *words],
            env={**os.environ, **self.variables(), **variables},
            capture_output=True,
            text=True,
            check=False,
        )

    def variables(self) -> Mapping[str, str]:
        return {
            "ENVC_STORE": str(self.folder.parent / "store"),
            "ENVC_DEBIAN_MIRROR": self.trixie.url,
            "ENVC_DEBIAN_KEYRING": str(self.trixie.keyring),
        }

    def locked(self, items: Iterable[str], **variables: str) -> str:
        self.write(items)
        done = self.envc("lock", str(self.spec), **variables)
        assert done.returncode == 0, done.stderr
        return self.lock.read_text()

    def moves(self, packages: Iterable[Package], days: int = 1) -> None:
        """The archive goes on to a later moment."""
        date = TODAY + timedelta(days=days)
        make_archive(
            self.trixie.folder, suite="trixie", packages=packages, date=date, key=self.trixie.key
        )


def make_toy(folder: Path) -> Toy:
    archive = folder / "debian"
    spec = folder / "spec"
    spec.mkdir(parents=True)
    (spec / "main.c").write_text("int main(void) { return 0; }\n")
    trixie = make_archive(archive, suite="trixie", packages=TRIXIE, date=TODAY)
    make_archive(archive, suite="bookworm", packages=BOOKWORM, date=TODAY, key=trixie.key)
    return Toy(spec, trixie)
