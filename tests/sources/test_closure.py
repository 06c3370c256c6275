"""Environments of wheels: small ones made here, and what pip chooses."""

import json
import re
import sys
import zipfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from envc.facts.problem import Problem
from envc.sources.asking import World
from envc.sources.pypi.closure import Held, Impossible, Root, Wheel, closure
from envc.sources.pypi.names import normalised
from envc.sources.pypi.wheels import Interpreter
from envc.store.files import url_of
from tests.sources.conftest import Pip

PY312 = Interpreter("3.12.7", "x86_64", (2, 36))


class Shelf:
    """An index that grows."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.indexes = (url_of(str(folder)),)

    def add(self, name: str, *needs: str, tag: str = "py3-none-any", alone: bool = False) -> None:
        """`heat-1.0` that needs something; `alone` hands out its METADATA beside it."""
        project, version = name.split("-")
        lines = (f"Name: {project}", f"Version: {version}", *(f"Requires-Dist: {n}" for n in needs))
        metadata = "\n".join(("Metadata-Version: 2.1", *lines, "")).encode()
        folder = self._folder / normalised(project)
        folder.mkdir(exist_ok=True)
        path = folder / f"{name}-{tag}.whl"
        with zipfile.ZipFile(path, "w") as archive:
            inside = b"not what it needs" if alone else metadata
            archive.writestr(zipfile.ZipInfo(f"{name}.dist-info/METADATA"), inside)
        said = ""
        if alone:
            (folder / f"{path.name}.metadata").write_bytes(metadata)
            said = f' data-core-metadata="sha256={sha256(metadata).hexdigest()}"'
        digest = sha256(path.read_bytes()).hexdigest()
        with (folder / "index.html").open("a") as page:
            page.write(f'<a href="{path.name}#sha256={digest}"{said}>{path.name}</a>\n')


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    (tmp_path / "simple").mkdir()
    return Shelf(tmp_path / "simple")


def taken(found: tuple[Wheel, ...] | Problem) -> dict[str, str]:
    assert not isinstance(found, Problem), found
    return {each.project: each.version for each in found}


def test_what_is_needed_comes_too(world: World, shelf: Shelf) -> None:
    shelf.add("heat-1.0", "Grid_Tools (>=2)", 'win; sys_platform == "win32"', "numpy")
    shelf.add("grid_tools-1.0")
    shelf.add("grid_tools-2.0", "numpy<2", 'plot; extra == "plot"', alone=True)
    shelf.add("numpy-1.26", tag="cp312-cp312-manylinux_2_17_x86_64")
    shelf.add("numpy-2.0", tag="cp312-cp312-manylinux_2_17_x86_64")

    found = closure([Root("Heat")], world, shelf.indexes, PY312)

    assert taken(found) == {"heat": "1.0", "grid-tools": "2.0", "numpy": "1.26"}
    assert not isinstance(found, Problem)
    assert {each.project: each.needs for each in found} == {
        "heat": ("grid-tools", "numpy"),
        "grid-tools": ("numpy",),
        "numpy": (),
    }
    for each in found:
        assert world.store.verified(each.sha256) == world.store.find(each.sha256)


def test_extras(world: World, shelf: Shelf) -> None:
    shelf.add("heat-1.0", 'plot>=1; extra == "Pretty_Plots"', 'none; extra == "none"')
    shelf.add("plot-1.0")

    assert taken(closure([Root("heat")], world, shelf.indexes, PY312)) == {"heat": "1.0"}
    root = Root("heat", "", ("pretty-plots",))
    found = closure([root], world, shelf.indexes, PY312)
    assert taken(found) == {"heat": "1.0", "plot": "1.0"}


def test_markers_are_of_the_python_that_is_told(world: World, shelf: Shelf) -> None:
    shelf.add("heat-1.0", 'old; python_version < "3.12"', 'arm; platform_machine == "aarch64"')
    shelf.add("old-1.0")
    shelf.add("arm-1.0")
    root = [Root("heat")]
    older, arm = PY312._replace(version="3.10.1"), PY312._replace(machine="aarch64")

    assert taken(closure(root, world, shelf.indexes, PY312)).keys() == {"heat"}
    assert taken(closure(root, world, shelf.indexes, older)).keys() == {"heat", "old"}
    assert taken(closure(root, world, shelf.indexes, arm)).keys() == {"heat", "arm"}


def test_going_back(world: World, shelf: Shelf) -> None:
    """The newest `heat` cannot be with the newest `grid`, and an older one can."""
    shelf.add("heat-2.0", "grid<2")
    shelf.add("heat-1.0", "grid")
    shelf.add("grid-2.0")
    shelf.add("plot-1.0", "grid>=2")

    found = closure([Root("heat"), Root("plot")], world, shelf.indexes, PY312)

    assert taken(found) == {"heat": "1.0", "grid": "2.0", "plot": "1.0"}


def test_a_circle(world: World, shelf: Shelf) -> None:
    shelf.add("heat-1.0", "grid")
    shelf.add("grid-1.0", "heat")

    assert taken(closure([Root("heat")], world, shelf.indexes, PY312)).keys() == {"heat", "grid"}


def test_what_is_locked_stays(world: World, shelf: Shelf) -> None:
    shelf.add("heat-1.0")
    held = {"heat": held_now(world, shelf, "heat")}
    for version in ("1.1", "2.0"):
        shelf.add(f"heat-{version}")
    indexes = shelf.indexes

    assert taken(closure([Root("heat")], world, indexes, PY312, held)) == {"heat": "1.0"}
    found = closure([Root("heat", "1.1:")], world, indexes, PY312, held)
    assert taken(found) == {"heat": "2.0"}
    moves = {"heat": held["heat"]._replace(moves=True)}
    assert taken(closure([Root("heat")], world, indexes, PY312, moves)) == {"heat": "2.0"}


def test_what_is_locked_needs_no_index(world: World, shelf: Shelf) -> None:
    shelf.add("heat-1.0", "grid")
    shelf.add("grid-1.0")
    held = {name: held_now(world, shelf, name) for name in ("heat", "grid")}
    closed = replace(world, offline=True)

    assert taken(closure([Root("heat")], closed, (), PY312, held)) == {"heat": "1.0", "grid": "1.0"}
    assert isinstance(closure([Root("plot")], closed, (), PY312, held), Problem)


def held_now(world: World, shelf: Shelf, project: str) -> Held:
    """What a lock would hold of it."""
    found = closure([Root(project)], world, shelf.indexes, PY312)
    assert not isinstance(found, Problem)
    (only,) = (each for each in found if each.project == project)
    return Held(only.version, only.file._replace(sha256=only.sha256))


def test_releases_come_before_candidates(world: World, shelf: Shelf) -> None:
    shelf.add("heat-1.0")
    shelf.add("heat-2.0rc1")
    shelf.add("grid-1.0rc1")

    found = closure([Root("heat"), Root("grid")], world, shelf.indexes, PY312)

    assert taken(found) == {"heat": "1.0", "grid": "1.0rc1"}
    found = closure([Root("heat", "=2.0rc1")], world, shelf.indexes, PY312)
    assert taken(found) == {"heat": "2.0rc1"}


def test_the_order_of_requests_does_not_matter(world: World, shelf: Shelf) -> None:
    shelf.add("heat-2.0", "grid<2")
    shelf.add("heat-1.0", "grid<3")
    shelf.add("plot-2.0", "grid>=2")
    shelf.add("plot-1.0", "grid")
    for version in ("1.0", "2.0"):
        shelf.add(f"grid-{version}")
    roots = [Root("heat"), Root("plot"), Root("grid")]

    found = closure(roots, world, shelf.indexes, PY312)

    assert closure(roots[::-1], world, shelf.indexes, PY312) == found


def test_no_way(world: World, shelf: Shelf) -> None:
    shelf.add("heat-1.0", "grid<2")
    shelf.add("plot-1.0", "grid>=2")
    for version in ("1.0", "2.0"):
        shelf.add(f"grid-{version}")

    found = closure([Root("heat"), Root("plot")], world, shelf.indexes, PY312)

    assert found == Impossible(
        "no version of `grid` has a wheel that fits: heat 1.0 asks for grid <2; "
        "plot 1.0 asks for grid >=2",
        "the wheels are for Python 3.12.7 on x86_64 with glibc 2.36",
    )


@pytest.mark.parametrize(
    ("needs", "message"),
    [
        ("nowhere", "`nowhere` could not be looked up"),
        ("not a requirement", "heat-1.0-py3-none-any.whl needs what cannot be read"),
        ("win", "no version of `win` has a wheel that fits: heat 1.0 asks for win"),
    ],
)
def test_what_cannot_be_had(world: World, shelf: Shelf, needs: str, message: str) -> None:
    shelf.add("heat-1.0", needs)
    shelf.add("win-1.0", tag="cp312-cp312-win_amd64")

    found = closure([Root("heat")], world, shelf.indexes, PY312)

    assert isinstance(found, Problem)
    assert found.message.startswith(message)


def test_offline(world: World, shelf: Shelf) -> None:
    found = closure([Root("heat")], replace(world, offline=True), shelf.indexes, PY312)

    assert found == Problem("`heat` is not locked yet, and there is no network")


@pytest.mark.slow
def test_what_pip_chooses(
    world: World, tmp_path: Path, pip: Pip, real_index: tuple[str, ...]
) -> None:
    """For the Python that runs pip, whose markers pip always takes."""
    asked = {"requests[socks]": "2.31.0", "contourpy": "1.2.1"}
    version = "{}.{}.{}".format(*sys.version_info)
    report = tmp_path / "report.json"
    pip(
        *("install", "-q", "--dry-run", "--ignore-installed", "--only-binary=:all:"),
        *("--target", str(tmp_path / "t"), "--report", str(report)),
        *("--platform=manylinux_2_28_x86_64", "--platform=manylinux_2_17_x86_64"),
        *(f"{name}=={number}" for name, number in asked.items()),
    )
    chosen = {
        re.sub("[-_.]+", "-", each["metadata"]["name"]).lower(): each["metadata"]["version"]
        for each in json.loads(report.read_text())["install"]
    }
    roots = [
        Root(name.partition("[")[0], f"={number}", ("socks",) if "[" in name else ())
        for name, number in asked.items()
    ]

    found = closure(roots, world, real_index, Interpreter(version, "x86_64", (2, 28)))

    assert taken(found) == chosen
