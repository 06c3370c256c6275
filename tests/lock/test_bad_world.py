"""Mirrors that are old, broken, or away, and runs that are killed: the old lock stays as it was."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from envc.lock.model import Lock
from envc.lock.text import read
from tests.debian.archive_maker import make_archive
from tests.lock.toy import TODAY, TRIXIE, WAVES, Toy
from tests.store.conftest import Request, serving

WORSE = 4
MOVE = ("lock", "--upgrade-origin", "debian/trixie")


def app(needs: str = "waves, gcc@13.3") -> str:
    return (
        f'app heat2d {{\n  source dir "."\n  needs {needs}\n  targets x86_64_v3\n'
        "  emit dockerfile\n}"
    )


@pytest.fixture
def locked(toy: Toy) -> Toy:
    toy.locked([WAVES, app()])
    return toy


def refused(toy: Toy, *words: str, **variables: str) -> str:
    """What is told, after the lock was found untouched."""
    before = toy.lock.read_text()
    done = toy.envc(*words, str(toy.spec), **variables)
    assert done.returncode == WORSE, done.stderr
    assert "Traceback" not in done.stderr
    assert toy.lock.read_text() == before
    return done.stderr


def fine(toy: Toy, *words: str, **variables: str) -> str:
    done = toy.envc(*words, str(toy.spec), **variables)
    assert done.returncode == 0, done.stderr
    return done.stderr


def becomes(toy: Toy, **release: str) -> None:
    """The archive moves on, and says these things of itself."""
    date = TODAY - timedelta(hours=1)
    make_archive(
        toy.trixie.folder, "trixie", TRIXIE, date=date, release=release, key=toy.trixie.key
    )


# ---- what the mirror says ------------------------------------------------------------------------


def test_a_release_past_its_date_is_refused_until_it_is_accepted(locked: Toy) -> None:
    until = f"{TODAY - timedelta(days=2):%a, %d %b %Y %H:%M:%S} UTC"
    becomes(locked, **{"Valid-Until": until})
    told = refused(locked, *MOVE)
    assert "error[E0407]" in told
    assert f"was valid until {TODAY - timedelta(days=2):%Y-%m-%d}" in told
    assert "accept it with `--allow-expired`" in told
    fine(locked, *MOVE, "--allow-expired")
    fine(locked, "lock", "--check")  # what is locked is good in ten years: no clock is asked


def test_the_release_of_another_suite_is_refused(locked: Toy) -> None:
    bookworm = locked.trixie.folder / "dists" / "bookworm" / "InRelease"
    locked.trixie.in_release.write_bytes(bookworm.read_bytes())
    told = refused(locked, *MOVE)
    assert "is one of `bookworm`" in told
    assert "another mirror with `ENVC_DEBIAN_MIRROR`" in told
    becomes(locked)
    fine(locked, *MOVE)


def test_an_index_that_is_cut_off_is_refused_and_another_mirror_helps(locked: Toy) -> None:
    good = make_archive(
        locked.folder.parent / "good", "trixie", TRIXIE, date=TODAY, key=locked.trixie.key
    )
    locked.trixie.in_release.write_bytes(good.in_release.read_bytes())
    for each in locked.trixie.in_release.parent.glob("main/**/*"):
        if each.is_file():
            each.write_bytes(each.read_bytes()[:100])
    store = str(locked.folder.parent / "another store")
    told = refused(locked, *MOVE, ENVC_STORE=store)
    assert "the index `main/binary-amd64/Packages.xz` of trixie" in told
    assert "help: " in told
    both = f"{locked.trixie.url} {good.url}"
    fine(locked, *MOVE, ENVC_STORE=store, ENVC_DEBIAN_MIRROR=both)


def test_an_index_that_is_no_archive_is_refused(locked: Toy) -> None:
    """The mirror signed what it should not have."""
    becomes(locked, Architectures="all riscv64")
    told = refused(locked, *MOVE)
    assert "trixie has no packages for `amd64`" in told


# ---- what the mirror has no more -----------------------------------------------------------------


def test_what_is_in_the_store_needs_no_mirror(locked: Toy) -> None:
    fine(locked, "fetch")
    (waves,) = (locked.trixie.folder / "pool").glob("**/libwaves3_*_amd64.deb")
    waves.unlink()
    fine(locked, "fetch")
    locked.write([WAVES, app("waves, gcc@13.3, debian/libgomp1")])
    fine(locked, "lock")
    lock = read(locked.lock.read_text())
    assert isinstance(lock, Lock)
    assert "libgomp1" in {each.name for each in lock.debs}
    fine(locked, "fetch")


def test_what_is_nowhere_is_named_with_every_place(locked: Toy) -> None:
    (waves,) = (locked.trixie.folder / "pool").glob("**/libwaves3_*_amd64.deb")
    waves.unlink()
    none = {"https_proxy": "http://127.0.0.1:9"}
    told = refused(locked, "fetch", **none)
    assert "libwaves3 1:3.1+dfsg-2 (amd64)" in told
    assert "snapshot.debian.org" in told
    assert "help: name a mirror that has it with `ENVC_MIRROR`" in told
    # That help works.
    disk = locked.folder.parent / "disk"
    make_archive(locked.trixie.folder, "trixie", TRIXIE, date=TODAY, key=locked.trixie.key)
    fine(locked, "fetch")
    assert locked.envc("mirror", "export", str(disk), str(locked.spec)).returncode == 0
    waves.unlink()
    store = str(locked.folder.parent / "another store")
    fine(locked, "fetch", ENVC_STORE=store, ENVC_MIRROR=str(disk), **none)


# ---- a run that is killed ------------------------------------------------------------------------


def slowly(data: bytes, request: Request) -> None:
    """The half of it, and then nothing for as long as a test may take."""
    request.send(200, data[: len(data) // 2], Content_Length=str(len(data)))
    request.wfile.flush()
    time.sleep(3)
    request.close_connection = True


def test_a_killed_run_leaves_the_old_lock_and_the_next_goes_on(locked: Toy) -> None:
    becomes(locked)
    before = locked.lock.read_text()
    store = locked.folder.parent / "another store"
    with serving() as server:
        for path in locked.trixie.in_release.parent.glob("**/*"):
            if path.is_file():
                data = path.read_bytes()
                slow = partial(slowly, data) if "binary-" in str(path) else data
                server.serve(f"/{path.relative_to(locked.trixie.folder)}", slow)
        variables = {"ENVC_STORE": str(store), "ENVC_DEBIAN_MIRROR": server.base}
        kill_when(locked, store / "partial", variables)
        assert locked.lock.read_text() == before
    assert [each.name for each in locked.folder.iterdir() if each.name.startswith(".")] == []
    fine(locked, *MOVE, ENVC_STORE=str(store))
    assert locked.lock.read_text() != before
    fine(locked, "lock", "--check")


def kill_when(toy: Toy, partial_folder: Path, variables: dict[str, str]) -> None:
    """As soon as a part of something has come."""
    environ = {**os.environ, **toy.variables(), **variables}
    words = [sys.executable, "-m", "envc", *MOVE, str(toy.spec)]
    with subprocess.Popen(words, env=environ, stderr=subprocess.DEVNULL) as locking:
        limit = time.monotonic() + 30
        while not any(each.stat().st_size for each in partial_folder.glob("*")):
            assert time.monotonic() < limit
            assert locking.poll() is None
            time.sleep(0.01)
        locking.kill()
        assert locking.wait() == -signal.SIGKILL
