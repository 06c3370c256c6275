"""`envc diff` says what changed, once, and in a researcher's words."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from syrupy.assertion import SnapshotAssertion

from envc.lock.model import Lock, LockedChannel, LockedImage, LockedItem, LockedSource
from envc.lock.text import write
from envc.lock.words import changes, told
from tests.lock.test_merge import BASE, LATER, changed, first, text, with_packages, with_targets
from tests.lock.worlds import lock

CHANNEL = LockedChannel("guix", "https://git.example.org/guix", "master", "a" * 40, "b" * 40, "CC")
ITEM = LockedItem("guix", "hdf5", "1.14.5", "out", "x86_64-linux", "", "/gnu/store/a-hdf5-1.14.5")
SOURCE = LockedSource(
    of="heat@1.0.0", kind="git", place="https://example.org/heat", name="heat",
    file="heat.tar", size=10, sha256="1" * 64, swhid="", nar="", commit="d" * 40,
)  # fmt: skip
IMAGE = LockedImage("docker.io/library/debian:12", f"sha256:{'e' * 64}", ("linux/amd64 sha256:1",))
OLD = replace(lock(BASE), channels=(CHANNEL,), items=(ITEM,), sources=(SOURCE,), images=(IMAGE,))


def newer() -> Lock:
    zen4 = with_targets("heat", "x86_64_v3", "zen4")
    new = lock(zen4._replace(moment=LATER, apps=with_packages("waves", pkg90="1:").apps))
    flags = tuple(
        replace(each, flags=("-march=x86-64-v3", "-mtune=generic"))
        if each.target == "x86_64_v3"
        else each
        for each in new.targets
    )
    moved = replace(ITEM, version="1.14.6", path="/gnu/store/b-hdf5-1.14.6")
    return replace(
        new,
        archspec="0.2.8",
        targets=flags,
        channels=(replace(CHANNEL, commit="9" * 40),),
        items=(moved, replace(ITEM, name="fftw", version="3.3.10", path="/gnu/store/c-fftw")),
        sources=(replace(SOURCE, sha256="2" * 64, commit="f" * 40),),
        images=(replace(IMAGE, digest=f"sha256:{'0' * 64}"),),
    )


def said(old: Lock, new: Lock) -> str:
    return "\n".join(told(changes(old, new)))


def test_every_kind_of_change(snapshot: SnapshotAssertion) -> None:
    assert said(OLD, newer()) == snapshot


def test_and_the_other_way(snapshot: SnapshotAssertion) -> None:
    assert said(newer(), OLD) == snapshot


def test_nothing_changed() -> None:
    assert said(OLD, OLD) == ""


def test_the_same_version_in_other_bytes_is_told() -> None:
    deb = OLD.debs[0]
    other = replace(deb, sha256="7" * 64)
    found = said(OLD, replace(OLD, debs=(other, *OLD.debs[1:])))
    assert found == (
        f"packages\n  {deb.name} amd64 (debian/trixie)\n"
        f"    sha256: {deb.sha256[:12]}… -> {'7' * 12}…"
    )


@pytest.mark.parametrize("seed", range(20))
def test_every_block_that_differs_is_told_and_no_other(seed: int) -> None:
    random = Random(seed)
    base = first(random)
    old, new = lock(changed(base, random)), lock(changed(base, random))
    found = list(changes(old, new))
    assert bool(found) == (old != new)
    gone = sum(len({*getattr(old, name)} - {*getattr(new, name)}) for name in TABLES)
    come = sum(len({*getattr(new, name)} - {*getattr(old, name)}) for name in TABLES)
    assert sum(each.verb != "added" for each in found) == gone
    assert sum(each.verb != "removed" for each in found) == come


TABLES = ("requests", "targets", "archives", "components", "environments", "debs")


# ---- the command ---------------------------------------------------------------------------------


def envc(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "envc", "diff", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "old.lock").write_text(text(BASE))
    (tmp_path / "envc.lock").write_text(text(with_packages("heat", pkg90="1:")))
    return tmp_path


def test_two_files(folder: Path) -> None:
    done = envc(folder, "old.lock", "envc.lock")
    assert (done.returncode, done.stderr) == (0, "")
    assert "asked for\n  + heat: pkg90 1:\n" in done.stdout
    assert envc(folder, "old.lock").stdout == done.stdout
    assert envc(folder, "--exit-code", "old.lock").returncode == 1


def test_two_that_say_the_same(folder: Path) -> None:
    done = envc(folder, "--exit-code", "old.lock", "old.lock")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "both locks say the same\n")


def test_as_json(folder: Path) -> None:
    document = json.loads(envc(folder, "--json", "old.lock").stdout)
    assert (document["schema"], document["old"], document["new"]) == (1, "old.lock", "envc.lock")
    added = {"block": "request", "change": "added", "what": "heat: pkg90 1:"}
    assert {**added, "origin": None, "facts": []} in document["changes"]


def test_what_is_no_lock_is_told(folder: Path) -> None:
    (folder / "bad.lock").write_text(write(lock(BASE)) + "# mine\n")
    done = envc(folder, "bad.lock", "none.lock")
    assert (done.returncode, done.stdout) == (3, "")
    assert "`bad.lock`: this lock is not as envc writes it" in done.stderr
    assert "`none.lock`: there is no such file" in done.stderr


@pytest.mark.tool("git")
def test_a_commit_of_git(folder: Path) -> None:
    def git(*words: str) -> None:
        who = ("-c", "user.name=x", "-c", "user.email=x@example.org")
        subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)

    git("init", "-q")
    lock_file = folder / "envc.lock"
    new = lock_file.read_text()
    lock_file.write_text(text(BASE))
    git("add", "envc.lock")
    git("commit", "-q", "-m", "a lock")
    lock_file.write_text(new)
    assert envc(folder, "HEAD:envc.lock").stdout == envc(folder, "old.lock").stdout
    missing = envc(folder, "HEAD:none.lock")
    assert missing.returncode == 3
    assert "git says: path" in missing.stderr
    assert envc(folder, "--", "--output=x:y").returncode == 3
    assert not (folder / "x:y").exists()
