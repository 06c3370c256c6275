"""Runtimes that really run, each with the same small system in the form that it takes."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from envc.engines import pack
from envc.images import make
from envc.images.make import Packed
from envc.jobs.backend import backend
from envc.jobs.model import Job
from envc.run.images import Built
from envc.run.unpacked import unpacked
from envc.store.objects import Store
from envc.store.progress import Silent
from tests.backends.apptainer.conftest import IN_OWN_ROOT, Apptainer, apptainer
from tests.conftest import Tool, missing
from tests.engines.fakes import program
from tests.images.conftest import VARIABLES, OfThisMachine, built
from tests.images.trees import small_root
from tests.jobs.samples import at, image

__all__ = ["apptainer"]
NAMES = ("embedded", "charliecloud", "podman", "docker", "apptainer")
NAME = "heat-1.0-x86_64"
CONTAINERS = """\
[containers]
pids_limit = 0
default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
"""
"""No limit is raised, which not every root may."""


@dataclass(frozen=True, slots=True)
class Images:
    sif: Path
    layout: Path
    folder: Path


@dataclass(frozen=True, slots=True)
class Here:
    """A runtime, with the image in its place."""

    name: str
    folder: Path
    """That it sees under its own name; jobs start below it."""
    variables: Mapping[str, str]

    def start(self, job: Job, folder: Path, **variables: str) -> "subprocess.Popen[str]":
        """The job's script, as `emit local` writes it."""
        found = at("local", replace(job, runtime=self.name, images=(image("x86_64"),)))
        of = backend("local")
        assert of.refusals(found) == ()
        script = folder.parent / "job.sh"
        script.write_text(of.files(found)[0].text)
        return subprocess.Popen(
            ["sh", str(script)],
            cwd=folder,
            env={**self.variables, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, job: Job, folder: Path, **variables: str) -> tuple[int, str]:
        """How it ends, and what it printed of errors."""
        process = self.start(job, folder, **variables)
        _, err = process.communicate(timeout=120)
        return process.returncode, err

    def say(self, job: Job, folder: Path, **variables: str) -> str:
        process = self.start(job, folder, **variables)
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        return out


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Apptainer's root sees it under the same name."""
    return tmp_path_factory.mktemp("runtimes")


@pytest.fixture(scope="session")
def images(shared: Path, tmp_path_factory: pytest.TempPathFactory, tool: Tool) -> Images:
    tool("busybox")
    tool("mksquashfs", "squashfs-tools")
    root = small_root(tmp_path_factory.mktemp("system"))
    for name in ("printenv", "sed", "sleep", "touch"):
        (root / "bin" / name).symlink_to("busybox")
    store = Store(str(shared / "store"))
    made = make.make(built(store, root), OfThisMachine(), store, str(shared / "out"))
    assert isinstance(made, Packed), made
    place = shared / "images"
    place.mkdir()
    (place / f"{NAME}.sif").symlink_to(shared / "out" / "heat.sif")
    layout = shared / "out" / "image"
    whole = Built(str(shared / "out"), "", str(layout), made.oci.digest, "")
    tree = unpacked(whole, store.folder, Silent())
    assert isinstance(tree, str), tree
    (place / NAME).symlink_to(tree)
    return Images(place / f"{NAME}.sif", layout, place / NAME)


@pytest.fixture(params=NAMES)
def here(request: pytest.FixtureRequest, images: Images, shared: Path) -> Here:
    variables: dict[str, str] = request.getfixturevalue(f"with_{request.param}")
    usual = {
        "PATH": os.environ["PATH"],
        "HOME": str(shared / "home"),
        "ENVC_IMAGES": str(images.folder.parent),
    }
    (shared / "home").mkdir(exist_ok=True)
    return Here(request.param, shared, {**usual, **variables})


@pytest.fixture
def place(here: Here, request: pytest.FixtureRequest) -> Path:
    """Where a job starts: a name that shells and options would take apart."""
    folder = here.folder / f"jobs-{here.name}-{request.node.originalname}" / "it's a, b $HOME"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture(scope="session")
def with_embedded() -> dict[str, str]:
    if os.geteuid():
        missing("these tests are root's")
    return {}


@pytest.fixture(scope="session")
def with_charliecloud(tool: Tool) -> dict[str, str]:
    tool("ch-run", "charliecloud")
    return {}


@pytest.fixture(scope="session")
def with_podman(images: Images, shared: Path, tool: Tool) -> Iterator[dict[str, str]]:
    tool("podman")
    tool("runc")
    storage = shared / "storage.conf"
    # Of a long path podman waits in vain for what it has started.
    kept = Path(tempfile.mkdtemp(prefix="envc-pods-", dir="/var/tmp"))
    storage.write_text(
        f'[storage]\ndriver = "vfs"\ngraphroot = "{kept}/kept"\nrunroot = "{kept}/run"\n'
    )
    containers = shared / "containers.conf"
    containers.write_text(CONTAINERS)
    variables = {
        "CONTAINERS_CONF": str(containers),
        "CONTAINERS_STORAGE_CONF": str(storage),
    }
    load("podman", images, variables)
    yield variables
    shutil.rmtree(kept, ignore_errors=True)


@pytest.fixture(scope="session")
def with_docker(images: Images, tool: Tool) -> Iterator[dict[str, str]]:
    """A daemon of its own, which ends with the tests."""
    tool("docker", "docker.io")
    kept = Path(tempfile.mkdtemp(prefix="envc-docker-", dir="/var/tmp"))
    variables = {"DOCKER_HOST": f"unix://{kept}/socket"}
    words = [
        *("unshare", "--mount", "--propagation=private"),  # what it mounts goes with it
        tool("dockerd", "docker.io"),
        *(f"--data-root={kept}/kept", f"--exec-root={kept}/run", f"--pidfile={kept}/pid"),
        *(f"--host={variables['DOCKER_HOST']}", "--storage-driver=vfs", "--bridge=none"),
        *("--iptables=false", "--ip6tables=false", "--default-ulimit=nofile=1024:1024"),
    ]
    with (kept / "log").open("wb") as log:
        daemon = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        end = time.monotonic() + 60
        while not (kept / "socket").exists():
            assert daemon.poll() is None, (kept / "log").read_text()
            assert time.monotonic() < end
            time.sleep(0.05)
        load("docker", images, variables)
        yield variables
    finally:
        daemon.terminate()
        daemon.wait(30)
        shutil.rmtree(kept, ignore_errors=True)


def load(name: str, images: Images, variables: Mapping[str, str]) -> None:
    archive = images.layout.parent / f"{name}.tar"
    assert pack.write(str(images.layout), "heat:1.0-x86_64", str(archive)) is None
    done = subprocess.run(
        [name, "load", "--quiet", "--input", str(archive)],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def with_apptainer(apptainer: Apptainer, shared: Path) -> dict[str, str]:
    """The real one, in its own root."""
    script = (
        f"export OWN_ROOT_PLACE={shared} HOME={shared}/home\n"
        f"export APPTAINER_CACHEDIR={shared}/cache APPTAINER_TMPDIR={shared}/tmp\n"
        "export APPTAINER_USERNS=1 # as root it asks for more than each root has\n"
        'mkdir -p "$HOME" "$APPTAINER_CACHEDIR" "$APPTAINER_TMPDIR"\n'
        "PATH=/usr/sbin:/usr/bin:/sbin:/bin\n"
        f"exec {IN_OWN_ROOT} {apptainer.root} {shared} \\\n"
        """  sh -c 'cd "$1"; shift; exec apptainer "$@"' sh "$PWD" "$@" """
    )
    path = program(shared / "bin", "apptainer", script)
    return {"PATH": f"{path.parent}:{os.environ['PATH']}"}


GREETING = dict(VARIABLES)["GREETING"]
