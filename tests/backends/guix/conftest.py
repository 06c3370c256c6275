"""A real Guix 1.5.0 that can build: with Debian's compilers in place of its own first ones."""

import fcntl
import json
import subprocess
import time
from base64 import b32encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from envc.guix.channels import DEFAULT
from tests.backends.guix.compiled import Compiled, example, fetched, put, small
from tests.conftest import Chroot

HERE = Path(__file__).parent
PACKAGES = (
    "guix,guile-3.0,busybox-static,bash,bzip2,cmake,diffutils,file,findutils,g++,gawk,gcc,grep,gzip,libc-bin,"
    "make,patch,sed,squashfs-tools,tar,xz-utils"
)
BUILDERS = 4
SHARE = "/envc"
"""Where the lab sees the files of the tests."""
_ENTER = """
root=$1; shift
mount --bind "$root" "$root"
mount --rbind /proc "$root/proc"; mount --rbind /dev "$root/dev"
exec chroot "$root" env -i HOME=/root USER=root PATH=/usr/bin:/bin LC_ALL=C.UTF-8 "$@"
"""


@dataclass(frozen=True, slots=True)
class Lab:
    """Without a network: what is not in its store cannot come from anywhere."""

    root: Path

    def start(self, *words: str, said: str = "") -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*entering(self.root), *words], input=said, capture_output=True, text=True, check=False
        )

    def say(self, *words: str, said: str = "") -> str:
        done = self.start(*words, said=said)
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        return done.stdout

    def repl(self, script: str, lines: Sequence[Sequence[str]]) -> list[Any]:
        """One answer in JSON for each line of words; one process for all."""
        said = "".join("\t".join(words) + "\n" for words in lines)
        told = self.say("guix", "repl", "--", f"{SHARE}/{script}", said=said)
        return [json.loads(line) for line in told.splitlines() if line.startswith("{")]

    def put(self, name: str, text: str | bytes) -> str:
        path = self.root / SHARE.lstrip("/") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return f"{SHARE}/{name}"

    def read(self, path: str) -> str:
        return (self.root / path.lstrip("/")).read_text(encoding="utf-8")


def entering(root: Path) -> list[str]:
    own = ["unshare", "--net", "--mount", "--propagation", "private"]
    return [*own, "sh", "-euc", _ENTER, "-", str(root)]


@pytest.fixture(scope="session")
def lab(chroot: Chroot) -> Iterator[Lab]:
    root = Path(chroot("guix-host", "sid", PACKAGES)[1])
    # Two sessions of tests on one machine take turns: each has a daemon of its own.
    with Path(f"{root}.daemon-lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _settle(root)
        lab = Lab(root)
        for each in HERE.glob("lab/*.scm"):
            lab.put(each.name, each.read_bytes())
        daemon = subprocess.Popen(
            [*entering(root), "guix-daemon", "--build-users-group=guixbuild", "--no-substitutes"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            socket = root / "var" / "guix" / "daemon-socket" / "socket"
            until = time.monotonic() + 20
            while not socket.exists():
                assert time.monotonic() < until, "guix-daemon does not start"
                time.sleep(0.02)
            yield lab
        finally:
            daemon.terminate()
            daemon.wait(timeout=20)


def _settle(root: Path) -> None:
    """What maintainer scripts would have done, had they run."""
    for name in ("proc", "dev", "root", "var/empty", "gnu/store", "var/guix", "var/log/guix"):
        (root / name).mkdir(parents=True, exist_ok=True)
    (root / "var/guix/daemon-socket/socket").unlink(missing_ok=True)
    names = [f"guixbuilder{number}" for number in range(1, BUILDERS + 1)]
    users = [
        f"{name}:x:{900 + place}:900::/var/empty:/bin/false" for place, name in enumerate(names)
    ]
    (root / "etc/passwd").write_text("\n".join(["root:x:0:0:root:/root:/bin/sh", *users, ""]))
    (root / "etc/group").write_text(f"root:x:0:\nguixbuild:x:900:{','.join(names)}\n")
    for name, to in (("awk", "gawk"), ("cc", "gcc"), ("c++", "g++"), ("guile", "guile-3.0")):
        if not (link := root / "usr/bin" / name).is_symlink():
            link.symlink_to(to)
    # time-machine finds 1.5.0 where it keeps what it fetched: it is this very Guix.
    folder = root / "var/guix/profiles/per-user/root/inferiors"
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / b32encode(sha256(DEFAULT.commit.encode()).digest()).decode().lower().rstrip("=")
    if not kept.is_symlink():
        kept.symlink_to("/usr")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Compiled, ...]:
    folder = tmp_path_factory.mktemp("specs")
    locked = (*example(folder), *small(folder))
    return (*locked, *fetched(next(each for each in locked if each.name == "roots")))


@pytest.fixture(scope="session")
def written(lab: Lab, made: tuple[Compiled, ...]) -> Lab:
    """With all files where the lab sees them."""
    for each in made:
        put(lab.root / SHARE.lstrip("/"), each)
    return lab
