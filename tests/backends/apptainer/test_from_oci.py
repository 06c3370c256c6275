"""The definition beside the main one, really built from an image that is an OCI layout."""

import json
import shutil
from pathlib import Path

import pytest

from tests.backends.apptainer.conftest import Apptainer, Sif
from tests.backends.apptainer.test_same_files import differences, variables
from tests.backends.conftest import Buildah, Image

pytestmark = [
    pytest.mark.tool("buildah"),
    pytest.mark.xdist_group("images"),
    pytest.mark.slow,
]


@pytest.fixture(scope="module")
def sif(
    apptainer: Apptainer,
    buildah: Buildah,
    docker_image: Image,
    recipes: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Sif:
    """Of the layout that stands beside the recipes, under a tag, as `envc build` has it."""
    folder = tmp_path_factory.mktemp("oci")
    folder.chmod(0o777)
    name = "heat2d-from-oci.def"
    shutil.copy2(recipes / name, folder)
    tags = json.loads((recipes.parent / "tags.json").read_text())
    (tag,) = (each["tag"] for each in tags["tags"])
    assert docker_image.config["Labels"]
    buildah.say("push", "heat2d", f"oci:{folder}/image:{tag}")
    image = apptainer.build(folder, name)
    return Sif(apptainer, image, apptainer.unpacked(image))


def test_its_files_are_those_of_the_image(sif: Sif, docker_image: Image) -> None:
    assert differences(docker_image.tree, sif.tree) == {}


def test_it_is_started_as_the_image_of_the_other_definition_is(
    sif: Sif, docker_image: Image
) -> None:
    said = variables(sif.run("env").stdout.decode())
    assert said == variables(docker_image.run("env").stdout)
    done = sif.run("heat2d", "--selftest")
    assert done.returncode == 0, done.stderr
    assert sif.start("test").returncode == 0
    assert sif.start("run", "--app", "demo", sif.path.name, "--size", "32").returncode == 0
    assert sif.run("sh", "-c", "exit 7").returncode == 7
