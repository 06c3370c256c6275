"""The image that an app starts from is fetched whole, and carried to where there is no network."""

import json
import shutil
from pathlib import Path

import pytest

from tests.lock.test_airgap import behind, good
from tests.lock.toy import Toy
from tests.registry.conftest import (  # noqa: F401 - fixtures
    Layout,
    digest_of,
    image,
    pushed,
    registry,
)

pytestmark = [
    pytest.mark.tool("docker-registry"),
    pytest.mark.tool("skopeo"),
    pytest.mark.tool("unshare"),
    pytest.mark.xdist_group("registry"),
]

APP = """app heat2d@1.4.0 {{
  source   dir "."
  needs    gcc@13.3
  base     "{base}"
  targets  x86_64_v3, neoverse_v2
  emit     dockerfile
}}"""


@pytest.fixture
def based(toy: Toy, pushed: str) -> Toy:  # noqa: F811
    """Locked for amd64 and arm64, from a registry on this machine."""
    toy.locked([APP.format(base=pushed)])
    return toy


def parts(image: Layout, platform: str) -> set[str]:  # noqa: F811
    manifest = json.loads(image.blob(image.manifests[platform]))
    named = [manifest["config"]["digest"], *(each["digest"] for each in manifest["layers"])]
    return {digest_of(image.top), image.manifests[platform], *named}


def fetched(toy: Toy, *words: str) -> dict[str, set[str]]:
    done = toy.envc("fetch", "--json", *words, str(toy.spec))
    told = json.loads(done.stdout)
    rows = {key: {each["digest"] for each in told[key]} for key in ("there", "came", "missing")}
    return {**rows, "damaged": {each["digest"] for each in told["damaged"]}}


def test_every_part_comes_once_for_each_platform_that_is_built(
    based: Toy,
    image: Layout,  # noqa: F811
) -> None:
    arm = fetched(based, "--target", "neoverse_v2")["came"]
    assert parts(image, "linux/arm64") <= arm
    assert image.manifests["linux/amd64"] not in arm
    rest = fetched(based)
    assert parts(image, "linux/amd64") - arm <= rest["came"]
    again = fetched(based)
    assert (again["came"], again["missing"]) == (set(), set())
    assert parts(image, "linux/amd64") | parts(image, "linux/arm64") <= again["there"]


def test_a_damaged_layer_comes_anew(based: Toy, image: Layout) -> None:  # noqa: F811
    fetched(based)
    layer = digest_of(image.layers["linux/amd64"])
    place = based.folder.parent / "store" / "sha256" / layer[7:9] / layer[7:]
    place.chmod(0o600)
    place.write_bytes(b"other")
    found = fetched(based, "--verify")
    assert found["damaged"] == found["came"] == {layer}
    assert digest_of(place.read_bytes()) == layer


def test_it_is_carried_across_an_air_gap(based: Toy, image: Layout) -> None:  # noqa: F811
    good(based.envc("fetch", str(based.spec)))
    disk = based.folder.parent / "disk"
    good(based.envc("mirror", "export", str(disk), str(based.spec)))
    done = behind(based, "fetch", "--offline", "heat.envc")
    assert done.returncode == 4
    assert f"base:1 (linux/amd64): {digest_of(image.top)} is not in the store" in done.stderr
    good(behind(based, "mirror", "import", str(disk)))
    assert "none came" in good(behind(based, "fetch", "--offline", "heat.envc"))
    assert "says what the spec says" in good(behind(based, "lock", "--check", "heat.envc"))
    # The disk alone is a mirror too, and the registry is not asked.
    shutil.rmtree(based.folder.parent / "other")
    there = behind(based, "fetch", "heat.envc", ENVC_MIRROR=str(disk))
    assert "0 were there" in good(there)


def test_nothing_is_exported_that_is_not_there(based: Toy, tmp_path: Path) -> None:
    done = based.envc("mirror", "export", str(tmp_path / "disk"), str(based.spec))
    assert (done.returncode, "run `envc fetch` first" in done.stderr) == (4, True)
