"""What each engine is told. That it is enough for equal bits, `test_builds.py` shows."""

from pathlib import Path

import pytest

from envc.engines import known
from envc.engines.apptainer import APPTAINER, SINGULARITY
from envc.engines.buildah import BUILDAH
from envc.engines.charliecloud import CHARLIECLOUD
from envc.engines.docker import DOCKER
from envc.engines.guix import GUIX
from envc.engines.model import Engine, Form, Found, Image
from envc.engines.podman import PODMAN
from envc.facts.problem import Problem
from envc.plan.backend import backend
from tests.compile.plans import PLAN
from tests.engines.jobs import MIRROR, commands, job, words


@pytest.mark.parametrize("name", known.NAMES)
def test_each_name_has_its_engine(name: str) -> None:
    found = known.engine(name)
    assert isinstance(found, Engine)
    assert found.name == name
    assert backend(found.recipe).name == found.recipe


def test_another_name_is_told_with_the_nearest() -> None:
    found = known.engine("bildah")
    assert found == Problem("`bildah` is no engine that envc knows", "did you mean `buildah`?")


@pytest.mark.parametrize("engine", [BUILDAH, PODMAN, DOCKER, APPTAINER, SINGULARITY])
def test_the_clock_is_that_of_the_plan(engine: Engine, tmp_path: Path) -> None:
    asked = job(tmp_path)
    variables = {value for each in commands(engine, asked) for value in each.variables.values()}
    assert str(PLAN.epoch) in words(engine, asked) or str(PLAN.epoch) in variables


@pytest.mark.parametrize("engine", [BUILDAH, PODMAN])
def test_a_clock_of_the_caller_does_not_reach_buildah(engine: Engine, tmp_path: Path) -> None:
    first, _ = commands(engine, job(tmp_path))
    assert first.without == ("SOURCE_DATE_EPOCH",)


@pytest.mark.parametrize(
    ("engine", "option"),
    [
        (BUILDAH, "--no-cache"),
        (PODMAN, "--no-cache"),
        (DOCKER, "--no-cache"),
        (CHARLIECLOUD, "--rebuild"),
    ],
)
def test_a_fresh_build_takes_nothing_of_an_earlier_one(
    engine: Engine, option: str, tmp_path: Path
) -> None:
    assert option in words(engine, job(tmp_path, fresh=True)).split()
    assert option not in words(engine, job(tmp_path)).split()


@pytest.mark.parametrize("engine", [BUILDAH, PODMAN, DOCKER])
def test_packages_come_from_the_store(engine: Engine, tmp_path: Path) -> None:
    assert f"--build-arg=MIRRORS={MIRROR}" in words(engine, job(tmp_path)).split()


def test_no_address_of_this_machine_gets_into_an_image_of_apptainer(tmp_path: Path) -> None:
    """It holds its own definition, with the arguments filled in."""
    said = words(APPTAINER, job(tmp_path))
    assert MIRROR not in said
    assert "MIRRORS=copy:/mnt" in said


def test_apptainer_runs_no_test_that_this_cpu_cannot(tmp_path: Path) -> None:
    assert "--notest" not in words(APPTAINER, job(tmp_path))
    assert "--notest" in words(APPTAINER, job(tmp_path, runs_here=False))


def test_apptainer_is_shown_the_packages_and_cannot_change_them(tmp_path: Path) -> None:
    package = tmp_path / "object"
    package.write_bytes(b"a package")
    asked = job(tmp_path, packages={"pool/main/z/zlib/zlib1g_1.deb": str(package)})
    assert APPTAINER.prepare(asked) is None
    shown = Path(asked.work) / "packages" / "pool/main/z/zlib/zlib1g_1.deb"
    assert shown.read_bytes() == b"a package"
    assert f"{asked.work}/packages:/mnt:ro" in words(APPTAINER, asked)


@pytest.mark.parametrize("engine", [BUILDAH, PODMAN, DOCKER])
def test_a_colon_in_a_folder_ends_no_name(engine: Engine, tmp_path: Path) -> None:
    asked = job(tmp_path / "a:b,c")
    *_, last = commands(engine, asked)
    written = next(word for word in last.words if "oci" in word)
    assert "a:b,c" not in written
    assert last.folder == asked.work


def test_charliecloud_is_given_the_mirror_in_its_own_dockerfile(tmp_path: Path) -> None:
    """A build argument of its command reaches the first stage alone."""
    asked = job(tmp_path)
    for folder in (asked.folder, asked.work):
        Path(folder).mkdir(parents=True)
    text = next(
        file.text for file in backend("dockerfile").files(PLAN) if file.path == "Dockerfile"
    )
    (Path(asked.folder) / "Dockerfile").write_text(text)
    assert CHARLIECLOUD.prepare(asked) is None
    changed = (Path(asked.work) / "Dockerfile").read_text()
    assert "\nARG MIRRORS\n" in text
    assert changed == text.replace("\nARG MIRRORS\n", f"\nARG MIRRORS={MIRROR}\n")
    assert f"--file {asked.work}/Dockerfile" in words(CHARLIECLOUD, asked)


def test_guix_leaves_a_copy_and_no_root_for_its_collector(tmp_path: Path) -> None:
    asked = job(tmp_path)
    Path(asked.work).mkdir()
    (tmp_path / "item").write_bytes(b"a pack")
    (Path(asked.work) / "pack").symlink_to(tmp_path / "item")
    assert f"--root={asked.work}/pack" in words(GUIX, asked)
    assert GUIX.finish(asked) is None
    assert Path(asked.out).read_bytes() == b"a pack"
    assert not Path(asked.out).is_symlink()
    assert not (Path(asked.work) / "pack").is_symlink()


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("heat2d:1.4.0-zen4", "heat2d_1.4.0-zen4.sif"),
        ("localhost/a/heat2d:1.4.0", "heat2d_1.4.0.sif"),
        ("/images/heat2d.sif", "/images/heat2d.sif"),
    ],
)
def test_apptainer_is_given_a_file_as_its_own_pull_names_it(name: str, file: str) -> None:
    (command,) = APPTAINER.load(Image("image.tar", name), Found("/usr/bin/apptainer", "1.4.5"))
    assert command.words[-2:] == (file, "docker-archive:image.tar")


def test_what_takes_no_image_says_so() -> None:
    assert GUIX.takes is None
    with pytest.raises(ValueError, match="guix"):
        GUIX.load(Image("image.tar", "heat:1.0"), Found("/usr/bin/guix", "1.4.0"))


def test_what_has_one_user_promises_no_bits() -> None:
    assert CHARLIECLOUD.makes is Form.TREE
    assert CHARLIECLOUD.measured is None
