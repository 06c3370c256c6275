"""An app of C over MPI and one of Python: the same images in two worlds, and on another Debian."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import archspec  # type: ignore[import-untyped]  # it has no types
import pytest

from envc.build.bench import Bench, bench
from envc.build.jobs import jobs
from envc.build.make import build_by
from envc.build.model import Built, Conditions
from envc.build.tools import Tools
from envc.check import Checked, check_path
from envc.images import make
from envc.images.make import Packed
from envc.library import standard
from envc.lock.model import Lock
from envc.plan.make import plans
from envc.plan.model import Plan
from envc.resolve.fresh import fresh
from envc.store.progress import Silent
from envc.verify import conditions
from tests.build import small
from tests.build.conftest import REPOSITORY, kept_plan, store_of
from tests.conftest import Chroot, missing

pytestmark = [
    pytest.mark.xdist_group("builder"),
    pytest.mark.tool("qemu-x86_64-static"),
    pytest.mark.slow,
]

PAIR = Path(__file__).parent / "pair"
TARGETS = ("x86_64", "x86_64_v2", "x86_64_v3")
IMAGES = [(app, target) for app in ("ring", "mean") for target in TARGETS]
ELSEWHERE = [("ring", "x86_64_v3"), ("mean", "x86_64_v2")]
"""Those that the other Debian builds: one of each app."""

Digests = tuple[str, str, str]
"""Of the tree, of the OCI image, of the SIF."""
Build = Callable[[Plan, Conditions], Built]


def planned(folder: Path) -> dict[tuple[str, str], Plan]:
    spec = folder / "pair.envc"
    small.envc("lock", str(spec))
    small.envc("fetch", str(spec))
    checked = check_path(str(spec))
    assert isinstance(checked, Checked)
    lock = fresh(str(spec), checked)
    assert isinstance(lock, Lock)
    found = jobs(plans(checked, lock, standard()).plans, (), "", origin="debian")
    assert isinstance(found, tuple)
    return {(job.plan.name, job.plan.target): job.plan for job in found}


def named(packed: Packed) -> Digests:
    assert packed.sif is not None
    return packed.tree, packed.oci.digest, packed.sif.digest


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Plan]:
    if os.geteuid():
        missing("packages of Debian are installed by root here")
    folder = tmp_path_factory.mktemp("pair") / "here"
    shutil.copytree(PAIR, folder)
    return planned(folder)


@pytest.fixture(scope="module")
def table() -> Iterator[Bench]:
    with bench(small.KEPT, Silent()) as there:
        assert isinstance(there, Bench), there
        yield there


@pytest.fixture(scope="module")
def tools(table: Bench, pair: dict[tuple[str, str], Plan]) -> Tools:
    return Tools(table, pair[IMAGES[0]])


@pytest.fixture(scope="module")
def build(tools: Tools) -> Build:
    def run(plan: Plan, under: Conditions) -> Built:
        built = build_by(tools, plan, under)
        assert isinstance(built, Built), built
        return built

    return run


def two_worlds(plan: Plan, table: Bench, *, unprotected: bool = False) -> tuple[Conditions, ...]:
    machine = conditions.machine(plan.architecture, table.scratch)
    found = conditions.worlds(plan, machine, unprotected=unprotected, quick=True)
    varied = {each.what for each in found.varied}
    assert varied >= {"clock", "path", "user", "host", "language", "umask", "CPU", "addresses"}
    return found.every


@pytest.fixture(scope="module")
def here(
    pair: dict[tuple[str, str], Plan], table: Bench, build: Build
) -> dict[tuple[str, str], list[Built]]:
    """What each world makes of each image. All else that is packed follows from the layers."""
    return {
        image: [build(plan, world) for world in two_worlds(plan, table)]
        for image, plan in pair.items()
    }


@pytest.fixture(scope="module")
def packed(
    here: dict[tuple[str, str], list[Built]],
    tools: Tools,
    tmp_path_factory: pytest.TempPathFactory,
) -> list[Digests]:
    def pack(built: Built) -> Digests:
        folder = tmp_path_factory.mktemp("packed")
        packed = make.make(built, tools, small.KEPT, str(folder))
        shutil.rmtree(folder)
        assert isinstance(packed, Packed), packed
        return named(packed)

    return [pack(here[image][0]) for image in ELSEWHERE]


def test_two_worlds_make_the_same_layers(here: dict[tuple[str, str], list[Built]]) -> None:
    assert list(here) == IMAGES
    assert {image: one.layers for image, (one, _) in here.items()} == {
        image: other.layers for image, (_, other) in here.items()
    }


def test_each_image_is_another(here: dict[tuple[str, str], list[Built]]) -> None:
    assert len({one.layers[1] for one, _ in here.values()}) == len(IMAGES)


def test_without_care_the_worlds_show(
    pair: dict[tuple[str, str], Plan], table: Bench, build: Build
) -> None:
    """So they are two: the program has its day in it."""
    plan = pair["ring", "x86_64"]
    one, other = (build(plan, world) for world in two_worlds(plan, table, unprotected=True))
    assert one.layers[0] == other.layers[0]
    assert one.layers[1] != other.layers[1]


def test_another_source_makes_another_layer(
    here: dict[tuple[str, str], list[Built]], build: Build, tmp_path: Path
) -> None:
    shutil.copytree(PAIR, tmp_path / "changed")
    source = tmp_path / "changed" / "mean" / "mean.py"
    source.write_text(source.read_text().replace("3.0", "5.0"))
    changed = build(planned(tmp_path / "changed")["mean", "x86_64"], Conditions())
    assert changed.layers[1] != here["mean", "x86_64"][0].layers[1]


# ---- another Debian ------------------------------------------------------------------------------

BUILD = """
import json, os, pickle, sys
from envc.build.bench import bench
from envc.build.make import build_by
from envc.build.model import Built
from envc.build.tools import Tools
from envc.images import make
from envc.store.objects import Store
from envc.store.progress import Silent
os.umask(0o077)
said = {"debian": open("/etc/debian_version").read(), "images": []}
store = Store("/here/store")
with bench(store, Silent()) as there:
    for number in range(int(sys.argv[1])):
        with open(f"/here/{number}/plan", "rb") as file:
            plan = pickle.load(file)
        tools = Tools(there, plan)
        built = build_by(tools, plan)
        assert isinstance(built, Built), built
        packed = make.make(built, tools, store, f"/here/{number}/out")
        said["images"].append([packed.tree, packed.oci.digest, packed.sif.digest])
print(json.dumps(said))
"""

WITHIN = """
root=$1 here=$2
shift 2
mount --bind "$root" "$root"
mkdir -p "$root/proc" "$root/dev" "$root/here"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount --bind "$here" "$root/here"
exec chroot "$root" /usr/bin/env -i "$@"
"""
"""A root that is a mount, as that of each machine is, with the folder `here` in it."""


@pytest.fixture(scope="module")
def elsewhere(
    pair: dict[tuple[str, str], Plan], chroot: Chroot, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, object]:
    """With a store that has packages and sources alone, and the machine's Python of that Debian."""
    root = chroot("python", "trixie", "python3")[1]
    folder = tmp_path_factory.mktemp("elsewhere")
    for number, image in enumerate(ELSEWHERE):
        store_of(pair[image], folder)
        (folder / str(number)).mkdir()
        kept_plan(pair[image], folder / str(number))
    ignored = shutil.ignore_patterns("__pycache__")
    for path in (REPOSITORY / "envc", Path(archspec.__file__).parent):
        shutil.copytree(path, folder / "code" / path.name, ignore=ignored)
    words = ["unshare", "--mount", "--propagation", "private", "sh", "-euc", WITHIN, "within"]
    variables = ["PATH=/usr/sbin:/usr/bin", "PYTHONPATH=/here/code", "TZ=EVW+11", "LC_ALL=C"]
    start = [root, str(folder), *variables, "python3", "-c", BUILD, str(len(ELSEWHERE))]
    try:
        done = subprocess.run([*words, *start], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        found: dict[str, object] = json.loads(done.stdout)
        return found
    finally:
        shutil.rmtree(folder)


def test_another_debian_makes_the_same_images(
    elsewhere: dict[str, object], packed: list[Digests]
) -> None:
    """Trees, OCI images and SIFs."""
    assert elsewhere["images"] == [list(each) for each in packed]


def test_it_is_another_indeed(elsewhere: dict[str, object]) -> None:
    assert str(elsewhere["debian"]).startswith("13")
    assert elsewhere["debian"] != Path("/etc/debian_version").read_text()
