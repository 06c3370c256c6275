"""The first example, really built from its definition and run."""

import json
import shutil
from pathlib import Path

import pytest

from tests.backends.apptainer.conftest import SOMEBODY, Apptainer, Sif, built
from tests.backends.conftest import compiled
from tests.examples.programs import EXAMPLES

pytestmark = [
    pytest.mark.tool("buildah"),
    pytest.mark.xdist_group("images"),
    pytest.mark.slow,
]


def test_its_own_test_passes(apptainer_image: Sif) -> None:
    done = apptainer_image.run("heat2d", "--selftest")
    assert done.returncode == 0, done.stderr
    assert b"L2 error < 1e-9" in done.stdout
    done = apptainer_image.start("test")
    assert done.returncode == 0, done.stderr
    assert b"L2 error < 1e-9" in done.stdout


def test_its_run_is_an_app(apptainer_image: Sif) -> None:
    """As the spec says it, but for a size that its last word takes back."""
    done = apptainer_image.start("run", "--app", "demo", apptainer_image.path.name, "--size", "32")
    assert done.returncode == 0, done.stderr
    assert (apptainer_image.path.parent / "heat.h5").read_bytes()[1:4] == b"HDF"
    folder, name = apptainer_image.path.parent, apptainer_image.path.name
    shown = apptainer_image.apptainer.say(folder, "run-help", "--app", "demo", name)
    assert "heat2d --size 4096 --output heat.h5" in shown
    refused = ("--env", "ENVC_CPUINFO=/dev/null", "--app", "demo", name)
    assert apptainer_image.start("run", *refused).returncode == 3


def test_it_says_what_it_is(apptainer_image: Sif, target: str) -> None:
    folder, name = apptainer_image.path.parent, apptainer_image.path.name
    said = json.loads(apptainer_image.apptainer.say(folder, "inspect", "--json", name))
    labels = said["data"]["attributes"]["labels"]
    assert labels["org.opencontainers.image.title"] == "heat2d"
    assert labels["org.opencontainers.image.licenses"] == "MIT"
    assert labels["org.envc.target"] == target
    assert labels["org.envc.closure"].startswith("sha256:")
    assert labels["org.label-schema.build-date"].endswith("Z")
    shown = apptainer_image.apptainer.say(folder, "run-help", name)
    assert f"heat2d 1.4.0 for {target}" in shown


def test_nothing_of_the_tools_is_in_it(apptainer_image: Sif, slim: Path) -> None:
    """Its packages are those of the list, and it has what their scripts make of them alone."""
    status = (apptainer_image.tree / "var" / "lib" / "dpkg" / "status").read_text()
    installed = [line for line in status.splitlines() if line.startswith("Package: ")]
    listed = (apptainer_image.path.parent / "packages-run.txt").read_text().split("\n")
    assert len(installed) == len([line for line in listed if line])
    assert (slim / "usr" / "lib" / "apt" / "apt-helper").exists()
    assert not (apptainer_image.tree / "usr" / "lib" / "apt" / "apt-helper").exists()


def test_somebody_without_rights_builds_the_same_bits_elsewhere(
    apptainer: Apptainer, slim: Path, tmp_path: Path
) -> None:
    shutil.copytree(EXAMPLES / "orbit", tmp_path / "orbit")
    recipes = compiled(tmp_path / "orbit" / "orbit.envc", "x86_64_v2")
    one = built(apptainer, tmp_path / "one", recipes, slim, 0)
    other = built(apptainer, tmp_path / "other", recipes, slim, SOMEBODY)
    mine, theirs = (each.path.with_name("orbit.sif.squashfs") for each in (one, other))
    assert mine.read_bytes() == theirs.read_bytes()
    first, second = one.path.read_bytes(), other.path.read_bytes()
    assert len(first) == len(second)
    # The name of the image, when it was made, and when each of its three parts was.
    head = 32_176
    assert first[head:] == second[head:]
    differing = [at for at in range(head) if first[at] != second[at]]
    assert len(differing) <= 16 + 8 * (2 + 3 * 2)
    for each in (one, other):
        shutil.rmtree(each.tree)
