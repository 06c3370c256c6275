"""Whether a program is here and answers; all programs are fakes, but where it says so."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from envc.engines import runtimes
from envc.engines.asking import Said, ask, numbers, version
from envc.engines.buildah import BUILDAH
from envc.engines.docker import DOCKER
from envc.engines.finding import plain, usable
from envc.engines.model import Found, Missing
from envc.facts.problem import Problem
from tests.engines.fakes import program, says

INFO = '{"ServerVersion": "26.1.5", "DriverStatus": [["driver-type", "%s"]]}'
OCI_STORE = "io.containerd.snapshotter.v1"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is searched for programs, before those that the fakes themselves need."""
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("buildah version 1.28.2 (image-spec 1.1.0-rc2, runtime-spec 1.0.2-dev)", "1.28.2"),
        ("podman version 5.8.6", "5.8.6"),
        ("apptainer version 1.4.5-2.el9", "1.4.5"),
        ("singularity-ce version 4.1.1+145-g71b0e5e", "4.1.1"),
        ("Docker version 26.1.5+dfsg1, build a72d7cd", "26.1.5"),
        ("0.45.2", "0.45.2"),
        ("Client Version: v1.32.4-dispatcher", "1.32.4"),
        ("OpenSSH_9.2p1 Debian-2+deb12u6, OpenSSL 3.0.19 27 Jan 2026", "9.2"),
        ("diffoscope 240", "240"),
        ("unknown", None),
        ("", None),
    ],
)
def test_a_version_is_found_in_what_a_program_says(text: str, found: str | None) -> None:
    assert version(text) == found


def test_versions_are_compared_by_number() -> None:
    assert numbers("1.28.2") > numbers("1.9")


def test_what_is_not_here_is_missing_and_told_how_to_be_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = plain("podman")
    assert isinstance(found, Missing)
    assert found.message == "`podman` is not installed here"
    assert found.help


def test_a_program_is_where_it_says_it_is(here: Path) -> None:
    path = program(here, "podman", says("podman version 5.8.6"))
    assert plain("podman") == Found(str(path), "5.8.6")


def test_one_that_fails_is_told_by_its_last_words(here: Path) -> None:
    program(here, "ch-image", says("Traceback:\n  a line\nModuleNotFoundError: lark", 1))
    found = plain("ch-image", package="charliecloud")
    assert found == Problem("`ch-image` is here and does not work: ModuleNotFoundError: lark")


def test_one_that_is_no_program_is_told(here: Path) -> None:
    program(here, "podman", "").write_bytes(b"\x7fELF, but nothing behind")
    found = plain("podman")
    assert isinstance(found, Problem)
    assert found.message.startswith("`podman` cannot be started: ")


def test_nobody_waits_for_one_that_hangs_nor_for_what_it_started(here: Path) -> None:
    program(here, "docker", f"sleep 300 & echo $! > {here}/child; wait")
    before = time.monotonic()
    said = ask((str(here / "docker"), "info"), patience=0.5)
    assert said == Problem("`docker info` does not answer")
    assert time.monotonic() - before < 30
    child = (here / "child").read_text().strip()
    state = Path(f"/proc/{child}/stat")
    assert not state.exists() or ") Z " in state.read_text()


def test_it_is_asked_in_english_and_given_nothing_to_read(here: Path) -> None:
    program(here, "podman", 'read line; echo "$LC_ALL [$line]"')
    assert ask((str(here / "podman"),)) == Said(0, "C.UTF-8 []")


def test_too_old_a_one_is_refused_with_the_version_that_is_needed(here: Path) -> None:
    program(here, "buildah", says("buildah version 1.19.6 (image-spec 1.0.1-dev)"))
    found = usable(BUILDAH)
    assert isinstance(found, Problem)
    assert found.message == "buildah 1.19.6 is too old: 1.28 or later is needed"


# ---- docker --------------------------------------------------------------------------------------


def docker(folder: Path, info: str, *, code: int = 0, driver: str = "docker") -> None:
    buildx = f"version) echo 0.13.1;; inspect) printf 'Name: x\\nDriver: {driver}\\n';;"
    script = f'case "$1" in buildx) case "$2" in {buildx} esac;; info) {says(info, code)}\n;; esac'
    program(folder, "docker", script)


def test_docker_is_known_by_the_version_of_its_daemon(here: Path) -> None:
    docker(here, INFO % OCI_STORE)
    assert DOCKER.found() == Found(str(here / "docker"), "26.1.5")


def test_a_docker_that_keeps_no_oci_images_cannot_write_one(here: Path) -> None:
    docker(here, INFO % "overlay2")
    found = DOCKER.found()
    assert isinstance(found, Problem)
    assert "containerd-snapshotter" in found.help


def test_unless_a_buildkit_of_its_own_builds(here: Path) -> None:
    docker(here, INFO % "overlay2", driver="docker-container")
    assert isinstance(DOCKER.found(), Found)


def test_a_dead_daemon_is_told_in_its_own_words(here: Path) -> None:
    reason = "Cannot connect to the Docker daemon"
    docker(here, f'{{"ServerErrors": ["{reason}"]}}', code=1)
    found = DOCKER.found()
    assert isinstance(found, Problem)
    assert reason in found.message
    assert found.help == runtimes.START


def test_a_docker_without_buildx_is_told_what_it_lacks(here: Path) -> None:
    program(here, "docker", says("docker: 'buildx' is not a docker command.", 1))
    found = DOCKER.found()
    assert isinstance(found, Problem)
    assert found.message == "`docker buildx` is not installed"


@pytest.mark.parametrize("name", runtimes.NAMES)
def test_each_runtime_that_is_not_here_says_so(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert isinstance(runtimes.found(name), Missing)


@pytest.mark.tool("buildah")
@pytest.mark.tool("podman")
@pytest.mark.parametrize("name", ["buildah", "podman"])
def test_a_real_one_is_found(name: str) -> None:
    found = plain(name)
    assert isinstance(found, Found)
    assert found.program == shutil.which(name)
    said = subprocess.run([name, "--version"], capture_output=True, text=True, check=True).stdout
    assert found.version in said
    assert os.access(found.program, os.X_OK)
