"""A real Apptainer, of Debian sid in a root of its own, and the first example built by it."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.backends.conftest import TOOLS
from tests.conftest import Chroot
from tests.own_apt import mirror

IN_OWN_ROOT = Path(__file__).parents[2] / "tools" / "in-own-root"
PACKAGES = "apptainer,squashfs-tools,squashfuse,uidmap,tar,base-passwd"
EPOCH = 1_700_000_000
"""Where a test makes no plan, and so has no time of one."""
FAST = ("--mksquashfs-args", "-no-xattrs -Xcompression-level 1")
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

    def build(
        self, folder: Path, definition: str, *words: str, user: int = 0, epoch: int = EPOCH
    ) -> Path:
        """The image that a definition in the folder makes."""
        image = Path(definition).with_suffix(".sif").name
        options = ("--fakeroot", "--force", *FAST, *words)
        done = self.run(folder, "build", *options, image, definition, user=user, epoch=epoch)
        assert done.returncode == 0, (done.stdout + done.stderr).decode()
        return folder / image

    def unpacked(self, image: Path) -> Path:
        """The tree of an image, beside it."""
        tree = image.with_suffix(".tree")
        dump = (
            "id=$(apptainer sif list {0} | sed -n 's/^\\([0-9]*\\) .*Squashfs.*/\\1/p');"
            "apptainer sif dump $id {0} > {0}.squashfs; unsquashfs -q -n -d {1} {0}.squashfs"
        )
        words = ("sh", "-euc", dump.format(image.name, tree.name))
        done = self.start(image.parent, words)
        assert done.returncode == 0, done.stderr.decode()
        return tree


@pytest.fixture(scope="session")
def apptainer(chroot: Chroot) -> Apptainer:
    return settled(Path(chroot("apptainer", "sid", PACKAGES)[1]))


def settled(root: Path) -> Apptainer:
    """With what the packages' scripts would have made, and what it mounts from the host."""
    for name in ("passwd", "group"):
        master = root / "usr" / "share" / "base-passwd" / f"{name}.master"
        _write(root / "etc" / name, f"{master.read_text()}somebody:x:{SOMEBODY}:{SOMEBODY}::/:\n")
    for name in ("subuid", "subgid"):
        _write(root / "etc" / name, "root:100000:65536\nsomebody:200000:65536\n")
    _write(root / "etc" / "hosts", "127.0.0.1 localhost\n")
    _write(root / "etc" / "localtime", "")
    return Apptainer(root)


@dataclass(frozen=True, slots=True)
class Sif:
    apptainer: Apptainer
    path: Path
    tree: Path
    """All its files."""

    def run(self, *words: str) -> "subprocess.CompletedProcess[bytes]":
        return self.start("run", *words)

    def start(self, verb: str, *words: str) -> "subprocess.CompletedProcess[bytes]":
        """With words for the image, or with options before its name."""
        options = ("--silent", verb, "--userns", "--cleanenv")
        rest = words if self.path.name in words else (self.path.name, *words)
        return self.apptainer.run(self.path.parent, *options, *rest)


@pytest.fixture(scope="session")
def slim(chroot: Chroot) -> Path:
    """What the image is of that fetches and unpacks: of another Debian than the Dockerfile's."""
    return Path(chroot("slim", "bookworm", TOOLS)[1])


def built(apptainer: Apptainer, folder: Path, recipes: Path, slim: Path, user: int) -> Sif:
    """From the definition as it is, but that the image of its first stage is a folder here."""
    shutil.copytree(recipes, folder, dirs_exist_ok=True)
    folder.chmod(0o777)
    # Somebody else has to be able to read it, and no device can be copied.
    copied = 'cp -a "$1" slim; chmod -R a+rX slim; find slim/dev -mindepth 1 -delete'
    subprocess.run(["sh", "-euc", copied, "sh", str(slim)], cwd=folder, check=True)
    definition = folder / f"{recipes.parent.name}.def"
    usual = "Bootstrap: docker\nFrom: debian:trixie-slim\n"
    text = definition.read_text()
    assert usual in text
    definition.write_text(text.replace(usual, "Bootstrap: localimage\nFrom: slim\n"))
    found = re.search(r"SOURCE_DATE_EPOCH=(\d+)", text)
    assert found
    mirrors = ("--build-arg", f"MIRRORS={mirror()}")
    epoch = int(found[1])
    image = apptainer.build(folder, definition.name, *mirrors, user=user, epoch=epoch)
    return Sif(apptainer, image, apptainer.unpacked(image))


@pytest.fixture(scope="session")
def apptainer_image(
    apptainer: Apptainer, recipes: Path, slim: Path, tmp_path_factory: pytest.TempPathFactory
) -> Sif:
    """The example, built from its definition."""
    return built(apptainer, tmp_path_factory.mktemp("heat2d"), recipes, slim, 0)


def _write(path: Path, text: str) -> None:
    """Whole or not at all: another test may be using it."""
    new = path.with_name(f"{path.name}.{os.getpid()}")
    new.write_text(text)
    os.replace(new, path)
