"""The examples are right, laid out, and do what their specs say of them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from envc.source import Source
from envc.syntax.layout import layout
from envc.syntax.parser import parse
from tests.conftest import Tool
from tests.examples.programs import EXAMPLES, built, checked, expected, launch

ALL = sorted(path for path in EXAMPLES.rglob("*.envc") if path.parent != EXAMPLES)
LOCKED = [
    path for path in ALL if (path.parent / "envc.lock").exists() and "\napp " in path.read_text()
]
OF_PYPI = ('kind = "pypi"', "[[wheel]]")
WHOLE = [
    path
    for path in LOCKED
    if not any(said in (path.parent / "envc.lock").read_text() for said in OF_PYPI)
]
"""With all their sources: nothing has to be fetched."""
RECIPES = {"dockerfile": "Dockerfile", "apptainer": "{}.def", "guix": "manifest.scm"}
HEAT = EXAMPLES / "heat2d"


@pytest.mark.parametrize("path", ALL, ids=lambda path: str(path.relative_to(EXAMPLES)))
def test_checks_without_a_word(path: Path) -> None:
    assert [each.message for each in checked(path).diagnostics] == []


@pytest.mark.parametrize("path", ALL, ids=lambda path: str(path.relative_to(EXAMPLES)))
def test_is_laid_out(path: Path) -> None:
    text = path.read_text()

    assert layout(parse(Source(path.name, text)).file) == text


def envc(*words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "envc", *words]
    environ = {**os.environ, **variables}
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)


each_locked = pytest.mark.parametrize("spec", LOCKED, ids=lambda spec: spec.stem)


@each_locked
def test_a_lock_is_what_its_spec_says(spec: Path) -> None:
    """Where the library moved on: `envc lock examples/heat2d/heat2d.envc`, and look at the diff."""
    done = envc("lock", "--check", str(spec))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("spec", WHOLE, ids=lambda spec: spec.stem)
def test_it_compiles_with_an_empty_store_and_no_network(spec: Path, tmp_path: Path) -> None:
    variables = {"ENVC_STORE": str(tmp_path / "store"), "ENVC_DEBIAN_MIRROR": "/nowhere"}
    out = tmp_path / "out"
    done = envc("compile", "-o", str(out), str(spec), **variables)
    assert done.returncode == 0, done.stderr
    [app] = checked(spec).spec.apps
    recipes = {RECIPES[word].format(app.name) for word in app.emits if word in RECIPES}
    for target in app.targets:
        there = {each.name for each in (out / app.name / target).iterdir()}
        own = {"inputs"} if app.sources else set()
        assert recipes | own | {"README.md"} <= there


# ---- heat2d, built as its spec says --------------------------------------------------------------


@pytest.fixture(scope="session")
def heat2d(tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    for program in ("cmake", "mpicc", "mpirun", "h5pcc"):
        tool(program)
    folder = tmp_path_factory.mktemp("heat2d")
    built("cmake", "-S", str(HEAT), "-B", str(folder))
    built("cmake", "--build", str(folder))
    return folder / "heat2d"


@pytest.mark.tool("mpicc")
@pytest.mark.slow
@pytest.mark.parametrize("processes", [1, 3])
def test_heat2d_finds_what_its_spec_expects(heat2d: Path, processes: int) -> None:
    done = launch(processes, str(heat2d), "--selftest")

    assert done.returncode == 0, done.stderr
    assert expected("heat2d") in done.stdout


@pytest.mark.tool("mpicc")
@pytest.mark.slow
def test_heat2d_writes_the_same_from_any_number_of_processes(heat2d: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"{processes}.h5" for processes in (1, 3)]
    for path, processes in zip(files, (1, 3), strict=True):
        done = launch(processes, str(heat2d), "--size", "64", "--output", str(path))
        assert done.returncode == 0, done.stderr

    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.tool("mpicc")
@pytest.mark.slow
@pytest.mark.parametrize("words", [["--size"], ["--size", "3x"], ["--time", "-1"], ["--demo"]])
def test_heat2d_says_how_it_is_called(heat2d: Path, words: list[str]) -> None:
    done = launch(1, str(heat2d), *words)

    assert done.returncode == 2
    assert "usage: heat2d" in done.stderr
