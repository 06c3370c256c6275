"""What is kept of verdicts in tests/conformance, asked again of the programs that gave them."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conformance.test_corpus import FILES
from tests.schedulers.lab import USER, Lab

JUDGES = {"sge": "by Son of Grid Engine 8.1.9", "oar": "by OAR 2.5.9"}


def judged(name: str) -> list[Path]:
    """All but what only our own reading has judged."""
    return [file for file in FILES if file.parent.name == name and JUDGES[name] in file.read_text()]


def by_name(file: Path) -> str:
    return file.name


@contextmanager
def brought(lab: Lab, file: Path) -> Iterator[str]:
    copy = lab.jobs / file.name
    shutil.copy(file, copy)
    copy.chmod(0o755)
    shutil.chown(copy, USER, USER)
    try:
        yield f"./{file.name}"
    finally:
        copy.unlink()


@pytest.mark.tool("mmdebstrap")
@pytest.mark.xdist_group("sge")
@pytest.mark.parametrize("file", judged("sge"), ids=by_name)
def test_grid_engine(sge: Lab, file: Path) -> None:
    with brought(sge, file) as path:
        answer = sge.run("qsub", "-terse", "-h", path)
        assert (answer.returncode == 0) is (file.suffix == ".ok"), answer.stderr + answer.stdout
        if answer.returncode == 0:
            sge.say("qdel", answer.stdout.split()[-1].partition(".")[0])


@pytest.mark.tool("mmdebstrap")
@pytest.mark.xdist_group("oar")
@pytest.mark.parametrize("file", judged("oar"), ids=by_name)
def test_oar(oar: Lab, file: Path) -> None:
    with brought(oar, file) as path:
        answer = oar.run("oarsub", "--hold", "-S", path)
        assert (answer.returncode == 0) is (file.suffix == ".ok"), answer.stderr + answer.stdout
        if answer.returncode == 0:
            oar.say("oardel", answer.stdout.rpartition("OAR_JOB_ID=")[2].split()[0])
