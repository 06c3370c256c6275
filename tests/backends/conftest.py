"""The first example as an image of Docker's kind: built once, for all tests that look into it."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.conftest import Chroot, Tool, missing
from tests.debian_suites import STORE
from tests.own_apt import mirror
from tests.registry.conftest import registry as registry  # noqa: PLC0414 - a fixture

EXAMPLE = Path(__file__).parents[2] / "examples" / "heat2d"
TOOLS = "apt,dpkg,findutils,gzip,tar,sed,grep,mawk,xz-utils,zstd"
"""What `debian:trixie-slim` has that a recipe uses."""


@dataclass(frozen=True, slots=True)
class Buildah:
    """With a store of its own; its containers share the network of this machine."""

    program: str
    store: Path

    def start(self, *words: str) -> "subprocess.CompletedProcess[str]":
        place = ("--root", f"{self.store}/kept", "--runroot", f"{self.store}/run")
        return subprocess.run(
            [self.program, *place, "--storage-driver", "overlay", *words],
            capture_output=True,
            text=True,
            check=False,
        )

    def say(self, *words: str) -> str:
        done = self.start(*words)
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
        return done.stdout + done.stderr

    def build(self, folder: Path, tag: str, epoch: int, *words: str) -> str:
        """What it says while it builds."""
        options = ("--isolation=chroot", "--network=host", "--pull-never", "--identity-label=false")
        mirrors = ("--build-arg", f"MIRRORS={mirror()}")
        clock = ("--timestamp", str(epoch), "--tag", tag)
        return self.say("build", *options, *mirrors, *clock, *words, str(folder))

    def forget(self, name: str) -> None:
        """An image and what was opened of it: each takes gigabytes."""
        for container in self.say(
            "containers", "--format", "{{.ContainerID}} {{.ImageName}}"
        ).splitlines():
            found, _, image = container.partition(" ")
            if image.removeprefix("localhost/").removesuffix(":latest") == name:
                self.say("rm", found)
        self.say("rmi", "--force", name)

    def image(self, name: str, tree: str) -> None:
        """Of a folder, as if a registry had it."""
        container = self.say("from", "scratch").strip()
        self.say("add", container, tree, "/")
        self.say("commit", container, name)

    def opened(self, name: str) -> "Image":
        container = self.say("from", "--pull-never", name).strip()
        config = json.loads(self.say("inspect", "--type", "image", name))["OCIv1"]["config"]
        return Image(Path(self.say("mount", container).strip()), config)


class Image(NamedTuple):
    tree: Path
    """All its files."""
    config: Mapping[str, Any]
    """As OCI has it: `Env`, `User`, `Entrypoint`, `Labels`."""

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """As `docker run IMAGE WORDS` does."""
        started = (*self.config["Entrypoint"], *(words or self.config["Cmd"]))
        return self.start(*started)

    def start(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """As `docker run --entrypoint` does. `buildah run` now and then loses what is printed."""
        place = (str(self.tree), self.config["User"], self.config["WorkingDir"])
        return subprocess.run(
            [
                "unshare",
                *_OWN_MOUNTS,
                "sh",
                "-euc",
                _RUN,
                "run",
                *place,
                *self.config["Env"],
                *words,
            ],
            env={"PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            check=False,
        )


_OWN_MOUNTS = ("--mount", "--propagation", "private")
_RUN = """
tree=$1 user=$2 folder=$3
shift 3
mount -t proc proc "$tree/proc"
mount --rbind /sys "$tree/sys"
mount --rbind /dev "$tree/dev"
mount -t tmpfs tmpfs "$tree/tmp"
exec chroot --userspec="$user" --groups= "$tree" /usr/bin/env -i -C "$folder" "$@"
"""


@pytest.fixture(scope="session")
def buildah(tool: Tool, chroot: Chroot) -> Iterator[Buildah]:
    if os.geteuid():
        missing("building images needs root")
    found = Buildah(tool("buildah"), Path(tempfile.mkdtemp(prefix="envc-images-", dir="/var/tmp")))
    try:
        found.image("docker.io/library/debian:trixie-slim", chroot("slim", "trixie", TOOLS)[1])
        yield found
    finally:
        for words in (["umount", "--all"], ["rm", "--all"], ["rmi", "--all", "--force"]):
            found.start(*words)
        shutil.rmtree(found.store, ignore_errors=True)


@pytest.fixture(scope="session")
def target() -> str:
    """The best of the example's that this machine runs."""
    return "x86_64_v3" if "avx2" in Path("/proc/cpuinfo").read_text().split() else "x86_64_v2"


@pytest.fixture(scope="session")
def recipes(tmp_path_factory: pytest.TempPathFactory, target: str) -> Path:
    """The folder that `envc compile` writes for the example."""
    folder = tmp_path_factory.mktemp("example")
    shutil.copytree(EXAMPLE, folder, dirs_exist_ok=True)
    return compiled(folder / "heat2d.envc", target)


def compiled(spec: Path, target: str, *words: str) -> Path:
    envc(["lock", str(spec)])
    out = spec.parent / "out"
    envc(["compile", str(spec), "--target", target, "--out", str(out), *words])
    (made,) = out.glob(f"*/{target}")
    return made


def envc(words: Sequence[str]) -> None:
    variables = {**os.environ, "ENVC_STORE": str(STORE), "ENVC_DEBIAN_MIRROR": mirror()}
    done = subprocess.run(
        [sys.executable, "-m", "envc", *words],
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def docker_image(buildah: Buildah, recipes: Path) -> Image:
    """The example, built from its Dockerfile."""
    buildah.build(recipes, "heat2d", EPOCH, "--layers")
    return buildah.opened("heat2d")


EPOCH = 1_700_000_000
