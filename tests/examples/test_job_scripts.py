"""The scripts of examples/scripts are what envc writes, and each says what the run asks for.

`ENVC_REWRITE=1` writes them anew, as the command in the README does.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from envc.facts.problem import Problem
from envc.jobs.backend import backend
from tests.examples.programs import EXAMPLES, built, checked

HERE = EXAMPLES / "scripts"
JOBS = HERE / "jobs"
FILES = {
    "slurm": "throw.slurm",
    "pbspro": "throw.pbs",
    "sge": "throw.sge",
    "htcondor": "throw.sub",
    "oar": "throw.oar",
    "kubernetes": "throw.yaml",
}
each_scheduler = pytest.mark.parametrize("name", FILES)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """By name, as envc writes them today."""
    out = tmp_path_factory.mktemp("scripts")
    words = [sys.executable, "-m", "envc", "compile", "-o", str(out), str(HERE / "dice.envc")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = {path.name: path.read_bytes() for path in out.glob("dice/jobs/*/throw.*")}
    if os.environ.get("ENVC_REWRITE"):
        for name, data in found.items():
            (JOBS / name).write_bytes(data)
    return found


def test_they_are_what_envc_writes(written: dict[str, bytes]) -> None:
    assert {path.name: path.read_bytes() for path in JOBS.iterdir()} == written
    assert written.keys() == {*FILES.values(), "throw.sh"}


@each_scheduler
def test_each_is_understood_as_the_run_asks(name: str) -> None:
    told = backend(name).read((JOBS / FILES[name]).read_text())
    assert not isinstance(told, Problem), told
    wanted = {"nodes": 1, "tasks": 1, "cpus": 4, "memory": 4096, "walltime": 5400, "array": 5}
    assert {key: told[key] for key in told.keys() & wanted.keys()}.items() <= wanted.items()
    # OAR gives whole nodes for the memory.
    assert {"walltime", "array", *(() if name == "oar" else ("cpus", "memory"))} <= told.keys()


@pytest.mark.tool("shellcheck")
def test_the_scripts_are_shellcheck_clean() -> None:
    scripts = [str(path) for path in JOBS.iterdir() if path.read_bytes().startswith(b"#!")]
    done = subprocess.run(["shellcheck", *scripts], capture_output=True, text=True, check=False)
    assert len(scripts) == 5
    assert done.returncode == 0, done.stdout


def rows() -> Iterator[tuple[str, list[str]]]:
    for line in (HERE / "README.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) == len(FILES) + 1:
            yield cells[0], cells[1:]


def test_the_page_shows_what_stands_in_each() -> None:
    (_, heads), *facts = rows()
    assert [re.findall(r"\((.*)\)", head) for head in heads] == [
        [f"jobs/{file}"] for file in FILES.values()
    ]
    assert len(facts) == 8
    for fact, cells in facts:
        for file, cell in zip(FILES.values(), cells, strict=True):
            said = re.findall("`([^`]+)`", cell)
            assert all(each in whole(file) for each in said), (fact, file)
            assert said or (fact, file) == ("queue", "throw.sub")


def whole(file: str) -> str:
    """HTCondor's job is two files: what it is told, and what it starts."""
    files = ("throw.sub", "throw.sh") if file == "throw.sub" else (file,)
    return "".join((JOBS / each).read_text() for each in files)


@pytest.mark.tool("gcc")
def test_the_program_finds_pi(tmp_path: Path) -> None:
    program = str(tmp_path / "dice")
    built("gcc", "-O2", "-Wall", "-fopenmp", "-o", program, str(HERE / "src/dice.c"))
    done = subprocess.run([program, "1", "2"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    [test] = checked(HERE / "dice.envc").spec.apps[0].tests
    assert test.expect is not None
    assert test.expect in done.stdout
