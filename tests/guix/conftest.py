"""A real Guix 1.5.0 with its daemon, in the chroot that other tests use, too. Nothing is built."""

import fcntl
import os
import subprocess
import time
from base64 import b32encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from envc.guix.channels import DEFAULT
from tests.conftest import Chroot

TELL = Path(__file__).parents[2] / "envc" / "guix" / "scheme" / "tell.scm"
DAEMON = ("guix-daemon", "--build-users-group=", "--disable-chroot", "--no-substitutes")


@dataclass(frozen=True, slots=True)
class Guix:
    words: Sequence[str]
    """What each of its commands begins with."""
    root: Path

    def say(self, *words: str) -> str:
        done = self.run(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        # Without a user's name it would look for one, and the chroot knows no users.
        command = [*self.words, "env", "USER=root", "guix", *words]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def put(self, name: str, text: str) -> str:
        """A file that it can read, by its path there."""
        folder = self.root / "tmp" / "envc"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        return f"/tmp/envc/{name}"


@pytest.fixture(scope="session")
def guix(chroot: Chroot) -> Iterator[Guix]:
    words = chroot("guix", "sid", "guix,guile-3.0")
    root = Path(words[1])
    # Two sessions of tests on one machine take turns: each has a daemon of its own.
    with Path(f"{root}.daemon-lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        socket = root / "var" / "guix" / "daemon-socket" / "socket"
        socket.unlink(missing_ok=True)
        daemon = subprocess.Popen(
            [*words, *DAEMON], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            _wait(socket.exists)
            _prime(root)
            yield Guix(words, root)
        finally:
            daemon.terminate()
            daemon.wait(timeout=20)


def _wait(ready: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not ready():
        assert time.monotonic() < until, "guix-daemon does not start"
        time.sleep(0.02)


def _prime(root: Path) -> None:
    """Has time-machine find 1.5.0 where it keeps what it fetched: it is the Guix of the chroot."""
    folder = root / "var" / "guix" / "profiles" / "per-user" / "root" / "inferiors"
    folder.mkdir(parents=True, exist_ok=True)
    digest = sha256(DEFAULT.commit.encode()).digest()
    kept = folder / b32encode(digest).decode().lower().rstrip("=")
    if not kept.is_symlink():
        kept.symlink_to("/usr")


@pytest.fixture(scope="module")
def guix_on_path(guix: Guix, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A `guix` that runs in the chroot, where it is handed the files that its words name."""
    folder = tmp_path_factory.mktemp("bin")
    program = folder / "guix"
    program.write_text(
        "#!/bin/sh\n"
        'for word; do [ ! -f "$word" ] || {\n'
        f'  mkdir -p "{guix.root}$(dirname "$word")"; cp "$word" "{guix.root}$word"\n'
        "}; done\n"
        f'exec {" ".join(guix.words)} env USER=root guix "$@"\n'
    )
    program.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        yield
