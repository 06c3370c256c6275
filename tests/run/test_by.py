"""Which runtime is taken, and when it is given the image again."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from envc.facts.problem import Problem
from envc.jobs.model import Job
from envc.run import by
from envc.run.images import Built
from envc.store.progress import Silent
from tests.engines.fakes import program
from tests.jobs.samples import CLOSURE, JOB

IMAGE = Built("/out", "/out/heat.sif", "/out/image", f"sha256:{'a' * 64}", CLOSURE)


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing but the shell's own programs is here, and what a test adds."""
    for name in ("sh", "cat"):
        os.symlink(f"/bin/{name}", tmp_path / name)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def version(folder: Path, name: str, number: str = "1.2.3") -> None:
    program(folder, name, f"echo {name} version {number}")


def test_what_the_spec_says_is_taken_if_it_is_here(tools: Path) -> None:
    version(tools, "podman")
    version(tools, "apptainer")
    assert by.chosen(None, "podman") == "podman"
    assert by.chosen(None, "singularity") == "apptainer"
    assert by.chosen(None, "none") == "none"


def test_a_broken_one_is_passed_over(tools: Path) -> None:
    program(tools, "apptainer", "exit 1")
    version(tools, "singularity")
    assert by.chosen(None, "apptainer") == "singularity"


def test_envc_does_it_before_what_has_to_be_given_a_copy(tools: Path) -> None:
    assert by.chosen(None, "apptainer") == by.EMBEDDED
    version(tools, "podman")
    assert by.chosen(None, "apptainer") == by.EMBEDDED


def test_where_envc_may_not_others_do_it(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("envc.build.users.identities", lambda: Problem("no namespaces"))
    assert by.chosen(None, "apptainer") == by.EMBEDDED  # which says what is missing
    version(tools, "ch-run")
    assert by.chosen(None, "apptainer") == "charliecloud"


def test_what_is_asked_for_is_taken_or_told(tools: Path) -> None:
    version(tools, "podman")
    assert by.chosen("podman", "apptainer") == "podman"
    assert by.chosen("embedded", "apptainer") == "embedded"
    missing = by.chosen("apptainer", "podman")
    assert isinstance(missing, Problem)
    assert missing.message == "`apptainer` is not installed here"
    unknown = by.chosen("dokcer", "podman")
    assert isinstance(unknown, Problem)
    assert unknown.help == "did you mean `docker`?"


def podman(tools: Path, closure: str) -> Job:
    program(tools, "podman", f'echo "$@" >>{tools}/said; case $1 in image) echo {closure} ;; esac')
    return replace(JOB, runtime="podman")


def test_an_image_that_it_has_is_not_given_again(tools: Path) -> None:
    job = podman(tools, CLOSURE)
    assert by.given(job, IMAGE, "/store", Silent()) == "heat:1.0-zen4"
    assert "load" not in (tools / "said").read_text()


def test_one_of_another_lock_is_replaced(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[tuple[str, str]] = []
    monkeypatch.setattr(
        "envc.engines.loading.load",
        lambda engine, layout, name, show: loaded.append((layout, name)),
    )
    job = podman(tools, "sha256:other")
    assert by.given(job, IMAGE, "/store", Silent()) == "heat:1.0-zen4"
    assert loaded == [("/out/image", "heat:1.0-zen4")]


def test_a_file_is_taken_as_it_is() -> None:
    job = replace(JOB, runtime="apptainer")
    assert by.given(job, IMAGE, "/store", Silent()) == "/out/heat.sif"
    assert by.called(replace(JOB, runtime="embedded"), IMAGE, "/s") == f"/s/unpacked/{'a' * 64}"
