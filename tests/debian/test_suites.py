"""Debian's own suites, and its own apt beside them."""

import time
from pathlib import Path

import pytest

from envc.debian import keyring
from envc.debian.control import Fields, fields, folded, stanzas
from envc.debian.index import Index
from envc.facts.problem import Problem
from tests import debian_suites

pytestmark = [pytest.mark.tool("apt-get"), pytest.mark.xdist_group("debian-suites")]

STABLE = {"bookworm": "12", "trixie": "13"}
RELEASE_KEYS = {
    "bookworm": "4D64FEC119C2029067D6E791F8D2585B8783D481",
    "trixie": "41587F7DB8C774BCCF131416762F67A0B2C39DE4",
}


@pytest.mark.parametrize("suite", STABLE)
def test_a_release_of_debian_is_believed(suite: str) -> None:
    found = debian_suites.snapshot(suite)
    release = found.release
    assert (release.codename, release.version.split(".")[0]) == (suite, STABLE[suite])
    assert {"amd64", "arm64"} <= set(release.architectures)
    assert release.acquire_by_hash
    assert not release.all_apart
    assert RELEASE_KEYS[suite] in found.keys
    assert set(found.keys) <= {each.fingerprint.upper() for each in keyring.debian().certificates}


# Each suite and each architecture once: the other two are read in the same way.
@pytest.mark.parametrize(("suite", "architecture"), [("bookworm", "arm64"), ("trixie", "amd64")])
def test_an_index_is_what_apt_reads(suite: str, architecture: str, tmp_path: Path) -> None:
    ours = debian_suites.index(suite, architecture)
    apt = debian_suites.own_apt(tmp_path, suite, architecture)
    done = apt.said("apt-cache", "dumpavail")
    assert done.returncode == 0, done.stderr
    theirs = dict(map(_named, stanzas(done.stdout)))
    assert list(ours.names()) == sorted(theirs)
    for name, told in theirs.items():
        same = [deb for deb in ours.named(name) if deb.sha256 == told["SHA256"]]
        assert [(deb.version, deb.path, str(deb.size)) for deb in same] == [
            (told["Version"], told["Filename"], told["Size"])
        ]
        assert same[0].depends == folded(told.get("Depends", ""))
        assert same[0].essential == (told.get("Essential") == "yes")


def _named(stanza: str) -> tuple[str, Fields]:
    told = fields(stanza)
    assert not isinstance(told, Problem), told
    return told["Package"], told


def test_a_kept_index_is_read_in_no_time() -> None:
    snapshot = debian_suites.snapshot("trixie")
    names = list(debian_suites.index("trixie", "amd64").names())[::200]
    before = time.process_time()
    found = snapshot.index("amd64")
    assert isinstance(found, Index)
    assert all(found.named(name) for name in names)
    assert len(names) > 300
    # 30 to 60 ms on the machines it was seen on.
    assert time.process_time() - before < 0.25
