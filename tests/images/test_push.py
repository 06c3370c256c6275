"""Images of ours in a registry: by digest, by name, and as one index over the targets."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from envc.cpu.tables.names import oci
from envc.facts.problem import Problem
from envc.images import flatten, index, make
from envc.registry.push import Pushed, push
from envc.registry.reference import Reference
from envc.store.objects import Store
from tests.conftest import Tool
from tests.images.conftest import Made, OfThisMachine, built
from tests.registry.conftest import NOBODY, QUICK, registry  # noqa: F401 - a fixture

pytestmark = [
    pytest.mark.tool("docker-registry"),
    pytest.mark.tool("skopeo"),
    pytest.mark.xdist_group("registry"),
]


def pushed(layout: Path, reference: Reference, of: str = "") -> Pushed:
    found = push(str(layout), reference, of=of, environ=NOBODY, patience=QUICK)
    assert isinstance(found, Pushed), found
    return found


def pulled(tool: Tool, name: str, out: Path, *choice: str) -> str:
    """The tree of what another program takes out of the registry."""
    words = (tool("skopeo"), "--insecure-policy", "--override-os=linux", *choice, "copy", "-q")
    subprocess.run([*words, "--src-tls-verify=false", f"docker://{name}", f"oci:{out}"], check=True)
    found = flatten.digest(str(out))
    assert not isinstance(found, Problem)
    return found


def test_an_image_is_had_by_the_digest_that_was_told(
    made: Made,
    registry: str,  # noqa: F811
    tmp_path: Path,
    tool: Tool,
) -> None:
    digest = made.packed.oci.digest
    assert pushed(made.layout, Reference(registry, "heat/one", digest=digest)).digest == digest
    name = f"{registry}/heat/one@{digest}"
    assert pulled(tool, name, tmp_path / "out") == made.packed.tree
    assert pushed(made.layout, Reference(registry, "heat/one", "1.0")).digest == digest
    assert pulled(tool, f"{registry}/heat/one:1.0", tmp_path / "again") == made.packed.tree


def test_each_target_is_had_through_one_index(
    root: Path,
    registry: str,  # noqa: F811
    tmp_path: Path,
    tool: Tool,
) -> None:
    """Images of two targets differ in what they say of themselves, and share their layers."""
    store, images, trees = Store(str(tmp_path / "store")), [], {}
    for target in ("x86_64_v2", "x86_64_v3"):
        platform = str(oci(target))
        of = built(store, root, target=target, platform=platform)
        of = replace(of, plan=replace(of.plan, labels={"org.envc.target": target}))
        found = make.make(of, OfThisMachine(), store, str(tmp_path / target))
        assert not isinstance(found, Problem), found
        layout = str(tmp_path / target / "image")
        images.append(index.Built(target, platform, layout, f"1.0-{target}"))
        trees[target] = found.tree
    assert index.write("1.0", images, str(tmp_path / "index")) is None
    blobs = list((tmp_path / "index" / "blobs" / "sha256").iterdir())
    assert len(blobs) == 2 + 2 * 2 + 1
    first, *others = json.loads((tmp_path / "index" / "index.json").read_bytes())["manifests"]
    pushed(tmp_path / "index", Reference(registry, "heat/all", "1.0"), of=first["digest"])
    for target, tree in trees.items():
        name, out = f"{registry}/heat/all:1.0", tmp_path / "out" / target
        out.parent.mkdir(exist_ok=True)
        variant = target.rpartition("_")[2]
        chosen = ("--override-arch=amd64", f"--override-variant={variant}")
        assert pulled(tool, name, out, *chosen) == tree
    for each in others:
        tag = each["annotations"]["org.opencontainers.image.ref.name"]
        reference = Reference(registry, "heat/all", tag)
        assert pushed(tmp_path / "index", reference, of=each["digest"]).digest == each["digest"]


def test_what_is_not_in_the_folder_is_told(made: Made, registry: str) -> None:  # noqa: F811
    reference = Reference(registry, "heat/none", "1")
    found = push(str(made.layout), reference, of=f"sha256:{'0' * 64}", environ=NOBODY)
    assert isinstance(found, Problem)
    assert "holds no image" in found.message
