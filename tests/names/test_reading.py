"""Which files and modules a command reads: names of the library cost none of the tables."""

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

PROBE = """
import json, os, sys
opened = []
sys.addaudithook(lambda event, told: opened.append(str(told[0])) if event == "open" else None)
from envc.cli import main
code = main(sys.argv[1:])
modules = [name for name in sys.modules if name.startswith(("envc.names", "envc.guix"))]
tables = {os.path.basename(path) for path in opened if "/envc/" in path and "/_" not in path}
print(json.dumps([code, modules, sorted(tables)]), file=sys.stderr)
"""
SPEC = 'envc 1\n\napp heat2d@1.4.0 {{\n  source dir "."\n  needs {}\n}}\n'
DEBIAN = {"debian-sources", "debian-binaries"}
GUIX = "packages.table"


class Reading(NamedTuple):
    code: int
    modules: set[str]
    files: set[str]


def reading(folder: Path, needs: str) -> Reading:
    (folder / "a.envc").write_text(SPEC.format(needs))
    done = subprocess.run(
        [sys.executable, "-c", PROBE, "check", "a.envc"],
        cwd=folder, capture_output=True, timeout=60, check=True,
    )  # fmt: skip
    code, modules, files = json.loads(done.stderr.splitlines()[-1])
    return Reading(code, set(modules), set(files))


@pytest.mark.parametrize("needs", ["gcc@12:, openmpi@4.1:, fftw@3.3: +mpi", "pypi/pint@0.24"])
def test_names_of_the_library_read_no_table(needs: str, tmp_path: Path) -> None:
    read = reading(tmp_path, needs)

    assert read.code == 0
    assert read.modules == set()
    assert not read.files & {*DEBIAN, GUIX}


def test_a_name_of_debian_reads_debian_alone(tmp_path: Path) -> None:
    read = reading(tmp_path, "debian/libnova-dev@0.16")

    assert read.code == 0
    assert read.files >= DEBIAN
    assert GUIX not in read.files
    assert "envc.guix.index" not in read.modules
    assert "envc.names.twins" not in read.modules


def test_a_name_of_guix_reads_guix_alone(tmp_path: Path) -> None:
    read = reading(tmp_path, "guix/libnova@0.16")

    assert read.code == 0
    assert GUIX in read.files
    assert not read.files & DEBIAN
    assert "envc.names.twins" not in read.modules


def test_an_unknown_name_reads_what_it_needs(tmp_path: Path) -> None:
    read = reading(tmp_path, "libnova")

    assert read.code == 1
    assert read.files >= {*DEBIAN, GUIX}
