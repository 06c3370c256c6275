"""One wheel carries all of it: the program, the grammar, the library and the back ends."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (found,) = folder.glob("*.whl")
    return found


def test_the_wheel_holds_what_the_tree_holds(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, inside in (("envc", "envc"), ("grammar", "envc/_data/grammar"),
                           ("specs", "envc/_data/specs"), ("backends", "")):  # fmt: skip
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--", folder], cwd=ROOT, check=True, capture_output=True
        ).stdout.decode()
        for path in filter(None, listed.split("\0")):
            assert f"{inside}/{path.partition('/')[2]}".lstrip("/") in names
    assert not [name for name in names if "node_modules" in name]


def test_the_installed_program_reads_its_own_data(wheel: Path, tmp_path: Path) -> None:
    site, work = tmp_path / "site", tmp_path / "work"
    work.mkdir()
    zipfile.ZipFile(wheel).extractall(site)
    (work / "heat.envc").write_text(
        'envc 1\nuse toolchains/gnu13\n\napp heat2d@1.4.0 {\n  source dir "."\n'
        "  using gnu13\n  needs hdf5@1.10: +mpi\n  targets zen4\n}\n"
    )
    program = (
        "import envc, sys; assert envc.__file__.startswith(sys.argv.pop(1)), envc.__file__;"
        "from envc.cli import main; sys.exit(main())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, str(site), "check", "heat.envc"],
        cwd=work,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "no mistakes in heat.envc\n")
