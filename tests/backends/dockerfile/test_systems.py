"""A small project for each build system, and a wheel, built in one image over another one.

The other one is the first example's image, which a registry has by its digest.
"""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backends.conftest import EPOCH, Buildah, Image, compiled

pytestmark = [pytest.mark.tool("buildah"), pytest.mark.xdist_group("images"), pytest.mark.slow]

PROJECTS = Path(__file__).parents[1] / "systems"


@pytest.fixture(scope="module")
def folder(
    buildah: Buildah, docker_image: Image, registry: str, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """What `envc compile` writes, with the base in the lock."""
    assert docker_image.config["Labels"]
    name = f"{registry}/hpc/base:1"
    buildah.say("push", "--tls-verify=false", "heat2d", f"docker://{name}")
    spec = tmp_path_factory.mktemp("systems") / "systems"
    shutil.copytree(PROJECTS, spec)
    text = (spec / "systems.envc").read_text()
    (spec / "systems.envc").write_text(text.replace('"BASE"', f'"{name}"'))
    return compiled(spec / "systems.envc", "x86_64_v2")


@pytest.fixture(scope="module")
def image(buildah: Buildah, folder: Path) -> Iterator[Image]:
    buildah.say("pull", "--tls-verify=false", _base(folder))
    buildah.build(folder, "systems", EPOCH)
    yield buildah.opened("systems")
    buildah.forget("systems")


def _base(folder: Path) -> str:
    (found,) = re.findall(r"FROM (\S+) AS base", (folder / "Dockerfile").read_text())
    return str(found)


@pytest.mark.usefixtures("image")
def test_it_starts_from_the_manifest_that_the_registry_has(buildah: Buildah, folder: Path) -> None:
    said = json.loads(buildah.say("inspect", "--type", "image", "heat2d"))
    assert re.fullmatch(r"127\.0\.0\.1:\d+/hpc/base@sha256:[0-9a-f]{64}", _base(folder))
    pulled = json.loads(buildah.say("inspect", "--type", "image", _base(folder)))
    assert pulled["FromImageID"] == said["FromImageID"]


def test_what_each_build_system_made_runs(image: Image) -> None:
    """Meson, configure, make, and a Python distribution: a wheel builds it, it imports another."""
    done = image.run("heat", "two words")
    assert (done.stdout, done.stderr) == ("plates and waves and rods, two words\n", "")
    assert image.run("plates").stdout == "plates of /opt/heat\n"
    assert image.config["Cmd"] == ["heat"]


def test_it_holds_the_files_of_the_base_and_the_packages_over_them(
    image: Image, docker_image: Image
) -> None:
    def packages(of: Image) -> set[str]:
        status = (of.tree / "var" / "lib" / "dpkg" / "status").read_text()
        return set(re.findall(r"(?m)^Package: (.*)$", status))

    assert packages(image) > packages(docker_image)
    assert "python3" in packages(image) - packages(docker_image)
    assert (image.tree / "opt" / "heat2d" / "bin" / "heat2d").exists()
    assert {path.name for path in (image.tree / "opt").iterdir()} == {"envc", "heat", "heat2d"}
    accounts = (image.tree / "etc" / "passwd").read_text()
    assert len(re.findall(r"(?m)^envc:", accounts)) == 1
    variables = dict(each.split("=", 1) for each in image.config["Env"])
    assert variables["PATH"].startswith("/opt/heat/bin:")


def test_nothing_of_the_build_is_left(image: Image) -> None:
    late = [path for path in image.tree.rglob("*") if int(path.lstat().st_mtime) > EPOCH]
    assert late == []
    names = {path.name for path in (image.tree / "usr" / "bin").iterdir()}
    assert not {"gcc-14", "meson", "automake"} & names


def test_of_two_wheels_the_one_that_only_builds_is_not_there(image: Image) -> None:
    inside = {path.name for path in (image.tree / "opt").rglob("*.dist-info")}
    assert {name.partition("-")[0] for name in inside} == {"heat", "six"}
    assert not (image.tree / "opt" / "envc" / "python").exists()
