"""One plan, built by each engine that can be had here: what every page on engines rests upon."""

import shutil
import subprocess
from pathlib import Path

import pytest

from envc.build.make import build as build_here
from envc.build.model import Built
from envc.engines import building, loading, pack, sif
from envc.engines.apptainer import APPTAINER
from envc.engines.buildah import BUILDAH
from envc.engines.building import grade
from envc.engines.model import Engine, Failed, Grade, Made
from envc.engines.podman import PODMAN
from envc.facts.problem import Problem
from envc.plan.model import Plan
from envc.store.progress import Silent
from tests.backends.conftest import Buildah
from tests.build import small
from tests.build.conftest import tree_of
from tests.engines.conftest import build

pytestmark = [
    pytest.mark.tool("buildah"),
    pytest.mark.xdist_group("images"),
    pytest.mark.slow,
]


@pytest.fixture(scope="module")
def by_buildah(stored: Buildah, plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Made:
    return build(BUILDAH, plan, tmp_path_factory.mktemp("buildah"))


@pytest.fixture(scope="session")
def tree(plan: Plan) -> str:
    """Of what envc builds itself."""
    built = build_here(plan, small.KEPT, show=Silent())
    assert isinstance(built, Built), built
    return tree_of(built)


def test_buildah_makes_the_files_that_envc_makes(by_buildah: Made, tree: str) -> None:
    assert by_buildah.tree == tree


@pytest.mark.tool("podman")
def test_podman_makes_the_same_image_from_nothing(
    by_buildah: Made, plan: Plan, tmp_path: Path
) -> None:
    """Nothing of the first build is used, and the code is another program's."""
    again = build(PODMAN, plan, tmp_path, fresh=True)
    assert again.digest == by_buildah.digest
    assert again.tree == by_buildah.tree


def test_what_was_built_before_is_used_again(by_buildah: Made, plan: Plan, tmp_path: Path) -> None:
    again = build(BUILDAH, plan, tmp_path)
    assert again.digest == by_buildah.digest
    assert "Using cache" in Path(again.log).read_text()


def test_apptainer_makes_the_files_that_envc_makes(
    own_apptainer: Path, plan: Plan, shared: Path, fetching: str, tree: str
) -> None:
    made = build(APPTAINER, plan, shared, tools=fetching)
    assert made.tree == tree
    assert made.grade is Grade.BIT_FOR_BIT
    run = subprocess.run(
        [own_apptainer, "--silent", "run", "--userns", made.path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout) == (0, "high water\n"), run.stderr
    _settled(Path(made.path), plan)


def _settled(image: Path, plan: Plan) -> None:
    """However its head was, it is written as it is."""
    before = image.read_bytes()
    head = bytearray(before[:128])
    head[48:80] = bytes(range(32))  # its name, and when it was made
    image.write_bytes(bytes(head) + before[128:])
    assert sif.settle(str(image), plan) is None
    assert image.read_bytes() == before


def test_its_grade_is_the_better_one(by_buildah: Made) -> None:
    assert by_buildah.grade is Grade.BIT_FOR_BIT


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("1.28.2", Grade.BIT_FOR_BIT),
        ("1.39.3", Grade.BIT_FOR_BIT),
        ("1.43.2", Grade.BIT_FOR_BIT),
        ("1.44.0", Grade.INPUT_PINNED),
        ("2.0", Grade.INPUT_PINNED),
    ],
)
def test_what_was_not_measured_is_not_promised(version: str, expected: Grade) -> None:
    assert grade(BUILDAH, version) is expected


# ---- loading -------------------------------------------------------------------------------------


@pytest.mark.tool("skopeo")
def test_what_engines_are_given_is_what_skopeo_reads(by_buildah: Made, tmp_path: Path) -> None:
    archive = tmp_path / "image.tar"
    assert pack.write(by_buildah.path, "localhost/moon:2.0", str(archive)) is None
    said = subprocess.run(
        ["skopeo", "inspect", "--format", "{{.Labels}}", f"docker-archive:{archive}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "org.envc.app:moon@2.0" in said.stdout


@pytest.mark.tool("podman")
@pytest.mark.parametrize("engine", [BUILDAH, PODMAN], ids=["buildah", "podman"])
def test_an_engine_knows_an_image_by_the_name_that_it_was_given(
    engine: Engine, by_buildah: Made
) -> None:
    name = f"localhost/{engine.name}/moon:2.0"
    assert loading.load(engine, by_buildah.path, name, Silent()) is None
    words = [engine.name, "inspect", "--type", "image", name]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert "moon@2.0" in said


def test_apptainer_makes_a_file_of_an_image(
    own_apptainer: Path, by_buildah: Made, shared: Path
) -> None:
    layout, image = shared / "layout", shared / "moon.sif"
    shutil.copytree(by_buildah.path, layout)
    assert loading.load(APPTAINER, str(layout), str(image), Silent()) is None
    run = subprocess.run(
        [own_apptainer, "--silent", "run", "--userns", str(image)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout) == (0, "high water\n"), run.stderr


def test_an_engine_that_refuses_an_image_is_told_with_its_words(
    by_buildah: Made, tmp_path: Path
) -> None:
    said = loading.load(BUILDAH, by_buildah.path, "No Name: at all", Silent())
    assert isinstance(said, Failed)
    assert said.code
    assert said.end


def test_a_folder_without_an_image_is_no_image(tmp_path: Path) -> None:
    said = loading.load(BUILDAH, str(tmp_path), "moon:2.0", Silent())
    assert isinstance(said, Problem)
    assert "cannot be read as an image layout" in said.message


# ---- what goes wrong -----------------------------------------------------------------------------


def test_a_step_that_fails_leaves_its_log_and_nothing_else(
    stored: Buildah, plan: Plan, tmp_path: Path
) -> None:
    folder = tmp_path / "recipes"
    folder.mkdir()
    (folder / "Dockerfile").write_text("FROM debian:trixie-slim\nRUN echo so far; exit 3\n")
    wish = building.Wish(str(folder), str(tmp_path / "image"), str(tmp_path / "log"))
    said = building.build(BUILDAH, plan, small.KEPT, wish, Silent())
    assert isinstance(said, Failed)
    assert said.code
    assert "so far" in said.end
    assert sorted(each.name for each in tmp_path.iterdir()) == ["log", "recipes"]


def test_what_is_there_is_not_replaced(plan: Plan, tmp_path: Path) -> None:
    wish = building.Wish(str(tmp_path), str(tmp_path), str(tmp_path / "log"))
    said = building.build(BUILDAH, plan, small.KEPT, wish, Silent())
    assert isinstance(said, Problem)
    assert "is there already" in said.message
