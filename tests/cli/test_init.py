"""`envc init` writes a spec that checks, and never touches one that is there."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from envc.commands import init
from envc.lock import git

Run = Callable[..., Any]


def test_a_first_spec(envc: Run, tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    ran = envc("init", "heat2d")
    assert str(ran) == snapshot
    assert (tmp_path / "heat2d" / "heat2d.envc").read_text() == snapshot
    assert envc("check", "heat2d/heat2d.envc").err == "no mistakes in heat2d/heat2d.envc\n"
    assert envc("fmt", "--check", "heat2d/heat2d.envc").code == 0


@pytest.mark.parametrize("build", sorted(init._NEEDS))
def test_the_spec_checks_for_every_build_system(build: str, envc: Run) -> None:
    ran = envc("check", "-", stdin=init.spec("heat2d", build).encode())
    assert (ran.code, ran.err) == (0, "no mistakes in <stdin>\n")


@pytest.mark.parametrize(
    ("file", "build"), [("CMakeLists.txt", "cmake"), ("meson.build", "meson"), ("x.c", "cmake")]
)
def test_the_folder_tells_how_it_is_built(file: str, build: str, envc: Run, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / file).touch()
    envc("init", "a")
    assert f"  build    {build}\n" in (tmp_path / "a" / "a.envc").read_text()


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("heat2d", "heat2d"),
        ("2d heat", "app-2d-heat"),
        ("é", "my-app"),
        ("a.b", "a-b"),
        ("x--y", "x-y"),
        ("_x", "_x"),
    ],
)
def test_the_app_has_the_name_of_the_folder(folder: str, name: str, envc: Run) -> None:
    ran = envc("init", "--json", folder)
    assert json.loads(ran.out) == {
        "schema": 1,
        "wrote": f"{folder}/{name}.envc",
        "attributes": f"{folder}/.gitattributes",
    }
    assert envc("check", "--quiet", f"{folder}/{name}.envc").code == 0


def test_here_is_the_default(envc: Run, tmp_path: Path) -> None:
    envc("init")
    assert len(list(tmp_path.glob("*.envc"))) == 1


def test_nothing_is_overwritten(envc: Run, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "a.envc").write_text("mine")
    ran = envc("init", "a")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "envc init: `a/a.envc` is there already, and stays as it is\n"
    assert (tmp_path / "a" / "a.envc").read_text() == "mine"
    assert "is a file, not a folder" in envc("init", "a/a.envc").err


def test_attributes_that_are_there_stay_and_the_line_is_said(envc: Run, tmp_path: Path) -> None:
    (tmp_path / ".gitattributes").write_text("*.h5 binary\n")
    ran = envc("init")
    assert ran.code == 0
    assert (tmp_path / ".gitattributes").read_text() == "*.h5 binary\n"
    assert f".gitattributes needs: {git.ATTRIBUTES}\n" in ran.err
