"""Debian's real suites, as envc reads them from the mirror that this machine's own apt uses.

    from tests.debian_suites import index, snapshot
    index("trixie", "arm64").named("libc6")

What was downloaded is kept in one store for every test and every run, and the newest release is
asked for once in a process. Where apt names no mirror, the test is skipped, and fails in CI.
"""

import os
from functools import cache
from pathlib import Path

from envc.debian.archive import Archive
from envc.debian.index import Index
from envc.debian.snapshot import Snapshot
from envc.facts.problem import Problem
from envc.store.fetch import fetch
from envc.store.objects import Store
from envc.store.places import Places
from envc.store.progress import Silent
from tests.conftest import missing
from tests.own_apt import KEYRING, Apt, apt_of, mirror

STORE = Path("/var/tmp") / f"envc-debian-{os.geteuid()}"


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


def own_apt(folder: Path, suite: str, architecture: str) -> Apt:
    """An apt that reads the bytes that `index` reads, after it looked at Debian's keys itself."""
    there = snapshot(suite)
    store, wanted = there.archive.store, there.wanted(architecture)
    assert not isinstance(wanted, Problem), wanted
    assert not fetch(store, wanted, offline=False, show=Silent())
    paths = {f"sha256:{listed.sha256}": path for path, listed in there.release.files.items()}
    for digest in (there.digest, *(each.digest for each in wanted)):
        place = folder / "dists" / suite / paths.get(digest, "InRelease")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(str(store.find(digest)))
    line = f"deb [signed-by={KEYRING}] file:{folder} {suite} main"
    return apt_of(folder / "apt", line, [architecture])
