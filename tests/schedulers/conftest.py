"""Each scheduler is started once, with one spec's jobs compiled for it."""

import fcntl
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.schedulers import runs
from tests.schedulers.lab import Lab, built, compile_apart, compile_jobs, running


@pytest.fixture(scope="session")
def images(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the app that all labs run: built by the first worker of pytest that asks."""
    of_run = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        of_run = of_run.parent
    said = of_run / "images-of-the-labs"
    with open(f"{said}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            place = str(built(tmp_path_factory.mktemp("images")))
            said.write_text(place)
    return Path(said.read_text())


@pytest.fixture(scope="session")
def slurm(
    request: pytest.FixtureRequest, images: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Lab]:
    """Of the suite that the test names."""
    folder = tmp_path_factory.mktemp("slurm")
    compile_jobs(folder, runs.SLURM)
    with running(request.param, "slurm", folder, images) as lab:
        yield lab


@pytest.fixture(scope="session")
def sge(images: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("sge")
    compile_jobs(folder, runs.SGE)
    with running("bookworm", "sge", folder, images) as lab:
        yield lab


@pytest.fixture(scope="session")
def oar(images: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("oar")
    compile_jobs(folder, runs.OAR)
    with running("bookworm", "oar", folder, images) as lab:
        yield lab


@pytest.fixture(scope="session")
def htcondor(images: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("htcondor")
    compile_jobs(folder, runs.HTCONDOR)
    with running("trixie", "htcondor", folder, images) as lab:
        yield lab


@pytest.fixture(scope="session")
def apart(htcondor: Lab) -> Lab:
    """The same, with machines that see no folder of the host."""
    folder = htcondor.folder / "apart"
    compile_apart(folder)
    return replace(htcondor, jobs=folder / "out" / "brought" / "jobs" / "apart")
