"""Debian's real suites, as envc reads them from the mirror that this machine's own apt uses.

    from tests.debian_suites import index, snapshot
    index("trixie", "arm64").named("libc6")

What was downloaded is kept in one store for every test and every run, and the newest release is
asked for once in a process. Where apt names no mirror, the test is skipped, and fails in CI.
"""

import os
import subprocess
from functools import cache
from pathlib import Path

from envc.debian.archive import Archive
from envc.debian.index import Index
from envc.debian.snapshot import Snapshot
from envc.store.objects import Store
from envc.store.places import Places
from tests.conftest import missing

STORE = Path("/var/tmp") / f"envc-debian-{os.geteuid()}"


@cache
def mirror() -> str:
    asked = ["apt-get", "indextargets", "--format", "$(SITE)", "Created-By: Packages"]
    try:
        said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        missing("apt is not here")
    found = [site.rstrip("/") for site in said.split() if site.rstrip("/").endswith("/debian")]
    return found[0] if found else missing("apt names no mirror of Debian")


def archive() -> Archive:
    return Archive(Store(str(STORE)), Places((), (("debian", (mirror(),)),)))


@cache
def snapshot(suite: str) -> Snapshot:
    """The newest, however old: mirrors of testing may stand still."""
    found = archive().newest(suite, allow_expired=True)
    return found if isinstance(found, Snapshot) else missing(found.message)


@cache
def index(suite: str, architecture: str) -> Index:
    found = snapshot(suite).index(architecture)
    assert isinstance(found, Index), found
    return found
