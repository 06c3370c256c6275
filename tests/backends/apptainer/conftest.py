"""A real Apptainer: of Debian sid, in a root of its own."""

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import Chroot

IN_OWN_ROOT = Path(__file__).parents[2] / "tools" / "in-own-root"
PACKAGES = "apptainer,squashfs-tools,squashfuse,uidmap,tar,base-passwd"
EPOCH = 1_700_000_000
"""Where a test makes no plan, and so has no time of one."""
FAST = ("--mksquashfs-args", "-all-root -no-xattrs -Xcompression-level 1")
SOMEBODY = 1000


@dataclass(frozen=True, slots=True)
class Apptainer:
    root: Path

    def run(
        self, folder: Path, *words: str, user: int = 0, epoch: int = EPOCH
    ) -> "subprocess.CompletedProcess[bytes]":
        """`apptainer WORDS`, in a folder."""
        return self.start(folder, ("apptainer", *words), user, epoch)

    def start(
        self, folder: Path, words: Sequence[str], user: int = 0, epoch: int = EPOCH
    ) -> "subprocess.CompletedProcess[bytes]":
        for name in ("cache", "tmp", "home"):
            made = folder / ".apptainer" / name
            made.mkdir(parents=True, exist_ok=True)
            os.chown(made, user, user)
        variables = {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "LC_ALL": "C.UTF-8",
            "HOME": "/work/.apptainer/home",
            "APPTAINER_CACHEDIR": "/work/.apptainer/cache",
            "APPTAINER_TMPDIR": "/work/.apptainer/tmp",
            "SOURCE_DATE_EPOCH": str(epoch),
        }
        if user:
            variables["OWN_ROOT_USER"] = str(user)
        return subprocess.run(
            [str(IN_OWN_ROOT), str(self.root), str(folder), *words],
            env=variables,
            capture_output=True,
            check=False,
        )

    def say(self, folder: Path, *words: str) -> str:
        done = self.run(folder, *words)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def build(self, folder: Path, definition: str, *words: str, user: int = 0) -> Path:
        """The image that a definition in the folder makes."""
        image = Path(definition).with_suffix(".sif").name
        options = ("--fakeroot", "--force", *FAST, *words)
        done = self.run(folder, "build", *options, image, definition, user=user)
        assert done.returncode == 0, (done.stdout + done.stderr).decode()
        return folder / image

    def unpacked(self, image: Path) -> Path:
        """The tree of an image, beside it."""
        tree = image.with_suffix(".tree")
        dump = "apptainer sif dump 3 {0} > {0}.squashfs && unsquashfs -q -n -d {1} {0}.squashfs"
        words = ("sh", "-euc", dump.format(image.name, tree.name))
        done = self.start(image.parent, words)
        assert done.returncode == 0, done.stderr.decode()
        return tree


@pytest.fixture(scope="session")
def apptainer(chroot: Chroot) -> Apptainer:
    root = Path(chroot("apptainer", "sid", PACKAGES)[1])
    # What the packages' scripts would have made, and what it mounts from the host.
    for name in ("passwd", "group"):
        master = root / "usr" / "share" / "base-passwd" / f"{name}.master"
        _write(root / "etc" / name, f"{master.read_text()}somebody:x:{SOMEBODY}:{SOMEBODY}::/:\n")
    for name in ("subuid", "subgid"):
        _write(root / "etc" / name, "root:100000:65536\nsomebody:200000:65536\n")
    _write(root / "etc" / "hosts", "127.0.0.1 localhost\n")
    _write(root / "etc" / "localtime", "")
    return Apptainer(root)


def _write(path: Path, text: str) -> None:
    """Whole or not at all: another test may be using it."""
    new = path.with_name(f"{path.name}.{os.getpid()}")
    new.write_text(text)
    os.replace(new, path)
