"""The first example, really built from its Dockerfile and run."""

import os
import shlex
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from envc.cpu.audit import audit
from tests.backends.conftest import EPOCH, Buildah, Image

pytestmark = [pytest.mark.tool("buildah"), pytest.mark.xdist_group("images"), pytest.mark.slow]

AWKWARD = (
    "", " ", "a b", "*", "it's", '"', "two\nlines", "$HOME", "$(id)", "-leading", "--", "\\", "é",
)  # fmt: skip
SHOW = "for word; do printf '%s\\0' \"$word\"; done"


# ---- what it does --------------------------------------------------------------------------------


def test_its_own_test_passes_as_an_ordinary_user(docker_image: Image) -> None:
    done = docker_image.run("heat2d", "--selftest")
    assert done.returncode == 0, done.stderr
    assert "L2 error < 1e-9" in done.stdout
    assert docker_image.run("id", "-u").stdout == "1000\n"


def test_arguments_arrive_as_they_are(docker_image: Image) -> None:
    done = docker_image.run("sh", "-c", SHOW, "show", *AWKWARD)
    assert done.stdout.split("\0") == [*AWKWARD, ""]


def test_what_the_command_answers_is_passed_on(docker_image: Image) -> None:
    assert docker_image.run("sh", "-c", "exit 7").returncode == 7


def test_variables_and_folder_are_those_of_the_spec(docker_image: Image) -> None:
    said = docker_image.run("env").stdout.splitlines()
    for each in docker_image.config["Env"]:
        assert each in said
    assert docker_image.run("pwd").stdout == "/home/envc\n"
    assert docker_image.config["Cmd"] == ["heat2d"]
    assert docker_image.config["User"] == "1000:1000"


def test_labels_say_what_it_is(docker_image: Image, target: str) -> None:
    labels = docker_image.config["Labels"]
    assert labels["org.opencontainers.image.title"] == "heat2d"
    assert labels["org.opencontainers.image.version"] == "1.4.0"
    assert labels["org.opencontainers.image.licenses"] == "MIT"
    assert labels["org.envc.target"] == target
    assert labels["org.envc.closure"].startswith("sha256:")


# ---- what it holds -------------------------------------------------------------------------------


def test_it_has_no_compiler_and_no_headers(docker_image: Image) -> None:
    names = {each.name for each in (docker_image.tree / "usr" / "bin").iterdir()}
    compilers = {each for each in names if each.startswith(("gcc", "g++", "cc", "cmake", "ld"))}
    assert not compilers - {"ldd", "ld.so"}
    installed = _packages(docker_image.tree)
    assert "libopenmpi40" in installed
    assert not {each for each in installed if each.endswith("-dev") or each == "gcc-14"}


def _packages(tree: Path) -> set[str]:
    lines = (tree / "var" / "lib" / "dpkg" / "status").read_text().splitlines()
    return {line.removeprefix("Package: ") for line in lines if line.startswith("Package: ")}


def test_it_has_exactly_the_packages_of_its_list(docker_image: Image, recipes: Path) -> None:
    lines = (recipes / "packages-run.txt").read_text().splitlines()
    listed = {line.split()[2].rpartition("/")[2].partition("_")[0] for line in lines if line}
    assert _packages(docker_image.tree) == listed


def test_nothing_gains_rights(docker_image: Image) -> None:
    for path, status in _files(docker_image.tree):
        assert not status.st_mode & (stat.S_ISUID | stat.S_ISGID) or stat.S_ISDIR(status.st_mode), (
            path
        )


def test_the_audit_finds_no_instruction_beyond_the_target(docker_image: Image, target: str) -> None:
    report = audit([str(docker_image.tree / "opt" / "heat2d")], target)
    assert (report.files, report.findings, report.skipped) == (1, (), ())


# ---- how it was built ----------------------------------------------------------------------------


def test_every_file_is_compiled_for_the_target(
    docker_image: Image, buildah: Buildah, recipes: Path, target: str
) -> None:
    words = ("--layers", "--target=build", "--build-arg", "ENVC_COMPILED=/build/compiled")
    buildah.build(recipes, "compiled", EPOCH, *words)
    lines = (buildah.opened("compiled").tree / "build" / "compiled").read_text().splitlines()
    buildah.forget("compiled")
    march = f"-march={target.replace('_v', '-v').replace('x86_64', 'x86-64')}"
    sources = {"main.c", "heat.c", "output.c"}
    assert {name for line in lines for name in sources if name in line} == sources
    for line in lines:
        assert march in shlex.split(line), line


def test_a_change_of_the_app_builds_the_app_alone(
    docker_image: Image, buildah: Buildah, recipes: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "changed"
    shutil.copytree(recipes, folder)
    script = folder / "steps" / "build-heat2d.sh"
    script.write_text(script.read_text() + "# changed\n")
    said = buildah.build(folder, "changed", EPOCH, "--layers").splitlines()
    buildah.forget("changed")
    ran = [line for at, line in enumerate(said) if " RUN " in line and not _cached(said[at + 1 :])]
    assert [line.partition(" RUN ")[2] for line in ran] == [
        '["sh", "/envc/build-heat2d.sh"]',
        '["sh", "/envc/roots.sh", "finish", "/opt/heat2d"]',
    ]


def _cached(after: list[str]) -> bool:
    return bool(after) and "Using cache" in after[0]


def _files(tree: Path) -> Iterator[tuple[str, os.stat_result]]:
    for folder, folders, names in os.walk(tree):
        folders.sort()
        for name in sorted((*folders, *names)):
            file = Path(folder) / name
            yield str(file.relative_to(tree)), file.lstat()
