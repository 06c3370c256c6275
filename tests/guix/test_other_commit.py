"""`envc lock` for another commit of Guix, which a Guix that is installed here is asked for."""

import os
import subprocess
import sys
from base64 import b32encode
from hashlib import sha256
from pathlib import Path

import pytest

from envc.guix.index import default
from envc.lock.model import Lock
from envc.lock.text import read
from tests.guix.conftest import Guix

COMMIT = "5" * 40
SPEC = """envc 1

app waves@1.0.0 {
  source   dir "src"
  needs    hdf5@1.14, gsl, guix/qhull
  targets  x86_64, zen4
  emit     guix
}
"""

pytestmark = [pytest.mark.tool("mmdebstrap"), pytest.mark.slow, pytest.mark.xdist_group("guix")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "waves.c").write_text("int main(void) { return 0; }\n")
    (tmp_path / "waves.envc").write_text(SPEC)
    return tmp_path


def envc(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    environ = {**os.environ, "ENVC_STORE": str(folder / "store")}
    command = [sys.executable, "-m", "envc", *words]
    return subprocess.run(
        command, cwd=folder, env=environ, capture_output=True, text=True, check=False
    )


def held(folder: Path) -> Lock:
    lock = read((folder / "envc.lock").read_text())
    assert isinstance(lock, Lock)
    return lock


def _primed(guix: Guix) -> None:
    """Time-machine finds the Guix of the chroot under this commit, too."""
    inferiors = guix.root / "var/guix/profiles/per-user/root/inferiors"
    kept = inferiors / b32encode(sha256(COMMIT.encode()).digest()).decode().lower().rstrip("=")
    if not kept.is_symlink():
        kept.symlink_to("/usr")


def test_it_is_asked_once_and_what_it_says_is_locked(
    guix: Guix, guix_on_path: None, folder: Path
) -> None:
    _primed(guix)
    assert envc(folder, "lock", "waves.envc").returncode == 0
    shipped = held(folder)
    done = envc(folder, "lock", "--upgrade-origin", f"guix={COMMIT}", "waves.envc")
    assert done.returncode == 0, done.stderr
    asked = held(folder)
    assert [each.commit for each in asked.channels] == [COMMIT]
    # Under another name it is the same Guix, so all else is as the shipped tables say.
    assert asked.items == shipped.items
    assert {each.path for each in asked.items if not each.tune} <= {
        default().output_path(package, "out", "x86_64-linux")
        for name in ("hdf5", "gsl", "qhull")
        for package in default().named(name)
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", "/nowhere")
        assert envc(folder, "lock", "--check", "waves.envc").returncode == 0
        (folder / "envc.lock").write_text((folder / "envc.lock").read_text() + "\n")
        assert envc(folder, "lock", "waves.envc").returncode == 0, "what it said is kept"
    assert held(folder) == asked


def test_without_guix_it_is_told_what_to_install(folder: Path) -> None:
    assert envc(folder, "lock", "waves.envc").returncode == 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", "/nowhere")
        done = envc(folder, "lock", "--upgrade-origin", f"guix={COMMIT}", "waves.envc")
    assert (done.returncode, "Guix is not installed here" in done.stderr) == (4, True)
