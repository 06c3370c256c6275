"""Images of several targets under one name, as other programs read it."""

import gzip
import io
import json
import random
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest

from envc.facts.problem import Problem
from envc.images.index import Built, write
from envc.registry.documents import OCI_MANIFEST
from envc.registry.layout import canonical
from envc.store.content import of_bytes
from tests.conftest import Tool

TARGETS = {
    "x86_64_v2": "linux/amd64/v2",
    "x86_64_v3": "linux/amd64/v3",
    "zen4": "linux/amd64/v4",
    "aarch64": "linux/arm64",
}


def built(folder: Path, target: str, text: str = "") -> Built:
    """A folder with one image, whose one file holds the name of the target."""
    blobs = folder / target / "blobs" / "sha256"
    blobs.mkdir(parents=True)

    def put(data: bytes, kind: str) -> dict[str, Any]:
        content = of_bytes(data)
        (blobs / content.digest.removeprefix("sha256:")).write_bytes(data)
        return {"mediaType": kind, "digest": content.digest, "size": content.size}

    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        data = (text or target).encode()
        member = tarfile.TarInfo("target")
        member.size = len(data)
        tar.addfile(member, io.BytesIO(data))
    layer = put(gzip.compress(packed.getvalue(), mtime=0), f"{LAYER}+gzip")
    system, architecture = TARGETS[target].split("/")[:2]
    config = {
        "os": system,
        "architecture": architecture,
        "rootfs": {"type": "layers", "diff_ids": [of_bytes(packed.getvalue()).digest]},
    }
    manifest = {
        "schemaVersion": 2,
        "mediaType": OCI_MANIFEST,
        "config": put(canonical(config), "application/vnd.oci.image.config.v1+json"),
        "layers": [layer],
    }
    named = [put(canonical(manifest), OCI_MANIFEST)]
    index = {"schemaVersion": 2, "manifests": named}
    (folder / target / "index.json").write_bytes(canonical(index))
    (folder / target / "oci-layout").write_bytes(b'{"imageLayoutVersion":"1.0.0"}')
    return Built(target, TARGETS[target], str(folder / target), f"1.4.0-{target}")


LAYER = "application/vnd.oci.image.layer.v1.tar"


@pytest.fixture
def images(tmp_path: Path) -> list[Built]:
    return [built(tmp_path, target) for target in TARGETS]


def digest(image: Built) -> str:
    return str(_json(Path(image.layout) / "index.json")["manifests"][0]["digest"])


def _json(path: Path) -> Any:
    return json.loads(path.read_bytes())


def _index(folder: Path) -> dict[str, str]:
    (named,) = [
        each
        for each in _json(folder / "index.json")["manifests"]
        if each["annotations"]["org.opencontainers.image.ref.name"] == "1.4.0"
    ]
    listed = _json(folder / "blobs" / "sha256" / named["digest"].removeprefix("sha256:"))
    return {_platform(each["platform"]): each["digest"] for each in listed["manifests"]}


def _platform(said: dict[str, str]) -> str:
    keys = ("os", "architecture", "variant")
    return "/".join(said[key] for key in keys if key in said)


def test_each_platform_leads_to_an_image_that_runs_there(
    images: list[Built], tmp_path: Path
) -> None:
    assert write("1.4.0", images, str(tmp_path / "all")) is None
    v2, v3, _zen4, arm = map(digest, images)
    assert _index(tmp_path / "all") == {
        "linux/amd64": v2,
        "linux/arm64": arm,
        "linux/amd64/v2": v2,
        "linux/amd64/v3": v3,
    }


def test_the_order_of_the_images_does_not_matter(images: list[Built], tmp_path: Path) -> None:
    assert write("1.4.0", images, str(tmp_path / "one")) is None
    random.Random(1).shuffle(images)
    assert write("1.4.0", images, str(tmp_path / "two")) is None
    assert _files(tmp_path / "one") == _files(tmp_path / "two")


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(each.relative_to(folder)): each.read_bytes()
        for each in folder.rglob("*")
        if each.is_file()
    }


def test_a_folder_that_is_there_is_left_alone(images: list[Built], tmp_path: Path) -> None:
    (tmp_path / "all").mkdir()
    assert isinstance(write("1.4.0", images, str(tmp_path / "all")), Problem)
    assert not list((tmp_path / "all").iterdir())


def test_a_damaged_layer_is_not_passed_on(images: list[Built], tmp_path: Path) -> None:
    manifest = _json(Path(images[0].layout) / "blobs" / "sha256" / digest(images[0])[7:])
    layer = Path(images[0].layout) / "blobs" / "sha256" / manifest["layers"][0]["digest"][7:]
    layer.write_bytes(layer.read_bytes()[:-1] + b"x")
    problem = write("1.4.0", images, str(tmp_path / "all"))
    assert isinstance(problem, Problem)
    assert "damaged" in problem.message
    assert not [each for each in tmp_path.iterdir() if each.name.startswith("all")]


@pytest.mark.parametrize("lost", ["index.json", "blobs"])
def test_a_folder_without_an_image_is_told(images: list[Built], tmp_path: Path, lost: str) -> None:
    (Path(images[1].layout) / lost).rename(tmp_path / "away")
    problem = write("1.4.0", images, str(tmp_path / "all"))
    assert isinstance(problem, Problem)
    assert images[1].layout in problem.message


def test_images_for_single_makers_alone_make_no_index(images: list[Built], tmp_path: Path) -> None:
    alone = [each for each in images if each.target == "zen4"]
    problem = write("1.4.0", alone, str(tmp_path / "all"))
    assert isinstance(problem, Problem)
    assert "x86_64_v2" in problem.help


def test_two_images_of_one_tag_are_told(images: list[Built], tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    other = built(tmp_path / "more", "zen4", "another")
    assert isinstance(write("1.4.0", [*images, other], str(tmp_path / "all")), Problem)


@pytest.mark.tool("skopeo")
@pytest.mark.parametrize(
    ("choice", "target"),
    [
        ("--override-arch=amd64", "x86_64_v2"),
        ("--override-arch=amd64 --override-variant=v3", "x86_64_v3"),
        ("--override-arch=arm64", "aarch64"),
    ],
)
def test_skopeo_picks_the_image_of_a_platform(
    images: list[Built], tmp_path: Path, tool: Tool, choice: str, target: str
) -> None:
    assert write("1.4.0", images, str(tmp_path / "all")) is None
    said = _picked(tool, f"oci:{tmp_path}/all:1.4.0", tmp_path, *choice.split())
    assert said == target


@pytest.mark.tool("skopeo")
def test_skopeo_finds_the_image_of_each_target(
    images: list[Built], tmp_path: Path, tool: Tool
) -> None:
    assert write("1.4.0", images, str(tmp_path / "all")) is None
    for target in TARGETS:
        said = _picked(tool, f"oci:{tmp_path}/all:1.4.0-{target}", tmp_path / target)
        assert said == target


def _picked(tool: Tool, name: str, folder: Path, *choice: str) -> str:
    """What the layer of the image holds that skopeo takes out of it."""
    words = [tool("skopeo"), "--insecure-policy", "--override-os=linux", *choice]
    subprocess.run([*words, "copy", "-q", name, f"dir:{folder}/picked"], check=True)
    (layer,) = _json(folder / "picked" / "manifest.json")["layers"]
    with tarfile.open(folder / "picked" / layer["digest"].removeprefix("sha256:")) as tar:
        file = tar.extractfile("target")
        assert file is not None
        return file.read().decode()
