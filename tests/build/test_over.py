"""Images that start from somebody else's: the files of what a Dockerfile of the same plan makes."""

import io
import json
import os
import shutil
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from envc.build import base, roots
from envc.build.bench import Bench, bench
from envc.build.bringing import bringing
from envc.build.inputs import Missing
from envc.build.make import build
from envc.build.model import Built, Conditions
from envc.build.tools import Tools
from envc.engines.buildah import BUILDAH
from envc.facts.problem import Problem
from envc.images import make, reading
from envc.images.make import Packed
from envc.images.oci import CONFIG, GZIPPED
from envc.images.tree import walk
from envc.plan.model import Base, Plan
from envc.registry import push, reference
from envc.registry.documents import OCI_MANIFEST
from envc.registry.push import Pushed
from envc.registry.reference import Reference
from envc.resolve.needed import Needed, needed
from envc.store.progress import Silent
from tests.backends.conftest import Buildah
from tests.build import small
from tests.build.conftest import store_of, tree_of
from tests.engines.conftest import build as built_by
from tests.engines.conftest import buildah, stored
from tests.own_apt import mirror

__all__ = ["buildah", "stored"]

pytestmark = [pytest.mark.xdist_group("builder"), pytest.mark.slow]

SPEC = """\
envc 1

app tower@1.0 {
  license  MIT
  base     "BASE"
  source   dir "tower"
  needs {
    gcc@12:
    make for build
    debian/file for run
  }
  targets  x86_64
  build    make {
    goal     tower
    install  "tower"
  }
  emit dockerfile
}
"""
SOURCE = '#include <stdio.h>\nint main(void) { puts("as high as the moon"); return 0; }\n'


@pytest.fixture(scope="module")
def locked(
    built: Built, tools: Tools, registry: str, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Locked; the image of the other small spec is its base, which a registry has."""
    name = f"{registry}/hpc/base:1"
    folder = tmp_path_factory.mktemp("base")
    assert isinstance(make.make(built, tools, small.KEPT, str(folder)), Packed)
    read = reference.read(name)
    assert isinstance(read, Reference)
    assert isinstance(push.push(str(folder / make.LAYOUT), read), Pushed)
    shutil.rmtree(folder)
    spec = tmp_path_factory.mktemp("tower") / "tower.envc"
    spec.write_text(SPEC.replace("BASE", name))
    (spec.parent / "tower").mkdir()
    (spec.parent / "tower" / "tower.c").write_text(SOURCE)
    (spec.parent / "tower" / "Makefile").write_text("tower: tower.c\n")
    small.envc("lock", str(spec))
    small.envc("fetch", str(spec))
    return spec


@pytest.fixture(scope="module")
def tower(locked: Path) -> Plan:
    return small.plan(locked)


@pytest.fixture(scope="module")
def high(tower: Plan) -> Built:
    found = build(tower, small.KEPT, show=Silent())
    assert isinstance(found, Built), found
    return found


@pytest.mark.tool("buildah")
def test_it_has_the_files_that_its_dockerfile_makes(
    stored: Buildah,
    tower: Plan,
    high: Built,
    tmp_path: Path,
) -> None:
    assert tower.base is not None
    stored.say("pull", "--tls-verify=false", str(tower.base))
    assert built_by(BUILDAH, tower, tmp_path).tree == tree_of(high)


def test_it_holds_what_the_base_holds_and_its_own_packages(high: Built) -> None:
    with open(str(small.KEPT.find(f"sha256:{high.layers[0].sha256}")), "rb") as file:
        tree = reading.read(file)
        names = {os.fsdecode(b"/".join(path)) for path, _ in walk(tree)}
    assert {"opt/moon/bin/moon", "usr/bin/file"} <= names


def test_another_base_is_another_file_system(tower: Plan, plan: Plan) -> None:
    assert tower.base is not None
    assert tower.run is not None
    other = replace(tower, base=replace(tower.base, digest=f"sha256:{'0' * 64}"))
    plans = (tower, other, replace(tower, base=None))
    assert len({roots.key(each, tower.run, Conditions()) for each in plans}) == 3


@pytest.mark.usefixtures("high")
def test_the_parts_of_a_base_are_brought(locked: Path, tower: Plan, tmp_path: Path) -> None:
    """A store that has packages and sources alone asks the registry for them, and says so."""
    store = store_of(tower, tmp_path)
    found = needed(str(locked), None, {**os.environ, "ENVC_DEBIAN_MIRROR": mirror()})
    assert isinstance(found, Needed)
    assert tower.base is not None
    with bench(store, Silent(), bringing(found, store, Silent(), offline=True)) as there:
        assert isinstance(there, Bench)
        refused = base.unpack(Tools(there, tower), tower.base, str(tmp_path))
        assert isinstance(refused, Missing)
    with bench(store, Silent(), bringing(found, store, Silent(), offline=False)) as there:
        assert isinstance(there, Bench)
        folder = there.folder("here")
        assert base.unpack(Tools(there, tower), tower.base, folder) is None
        assert os.access(os.path.join(folder, "opt", "moon", "bin", "moon"), os.X_OK)
        there.discard(folder)


def test_nothing_of_a_base_leads_out(tower: Plan, tools: Tools, tmp_path: Path) -> None:
    store = small.KEPT
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("../out"))
    layer = store.add(buffer.getvalue())
    size = len(buffer.getvalue())
    part = {"mediaType": GZIPPED.removesuffix("+gzip"), "digest": layer, "size": size}
    document = {
        "schemaVersion": 2,
        "mediaType": OCI_MANIFEST,
        "config": {"mediaType": CONFIG, "digest": layer, "size": 2},
        "layers": [part],
    }
    bad = Base("bad:1", "bad", store.add(json.dumps(document).encode()))
    refused = base.unpack(tools, bad, str(tmp_path))
    assert isinstance(refused, Problem)
    assert "`bad:1`: `../out` leads out of the image with `..`" in refused.message
    assert not list(tmp_path.iterdir())
