"""The programs of lattice, particles and scan compute what is known without a computer, the same
for any number of processes, threads and lanes, and print what their pages show."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Tool
from tests.examples.programs import EXAMPLES, Done, built, expected, launch

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("mini-apps")]


def page(app: str) -> str:
    return (EXAMPLES / app / "README.md").read_text()


def passed(done: Done, app: str) -> None:
    assert done.returncode == 0, done.stdout + done.stderr
    assert expected(app) in done.stdout
    assert "WRONG" not in done.stdout


# ---- lattice -------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def lattice(tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """By the number of lanes. All of them run here: without -march, lanes are only a loop."""
    for program in ("make", "mpicc", "mpirun"):
        tool(program)
    programs = {}
    for lanes in (2, 8):
        folder = tmp_path_factory.mktemp("lattice") / str(lanes)
        shutil.copytree(EXAMPLES / "lattice", folder)
        built("make", f"LANES={lanes}", cwd=folder)
        programs[lanes] = folder / "lattice"
    return programs


@pytest.mark.tool("mpicc")
@pytest.mark.parametrize("processes", [1, 3])
@pytest.mark.parametrize("lanes", [2, 8])
def test_lattice_knows_what_is_known(lattice: dict[int, Path], lanes: int, processes: int) -> None:
    passed(launch(processes, str(lattice[lanes]), "--selftest"), "lattice")


@pytest.mark.tool("mpicc")
def test_lattice_finds_the_same_for_all_lanes_and_processes(lattice: dict[int, Path]) -> None:
    words = ("--space", "8", "--time", "8", "--sweeps", "2")
    found = {
        launch(processes, str(program), *words).stdout.partition("\n")[2]
        for processes in (1, 3)
        for program in lattice.values()
    }
    assert len(found) == 1
    assert found.pop().count("plaquette") == 3


@pytest.mark.tool("mpicc")
def test_lattice_prints_what_its_page_shows(lattice: dict[int, Path]) -> None:
    done = launch(2, str(lattice[8]), "--sweeps", "3")
    assert done.stdout in page("lattice")


@pytest.mark.tool("mpicc")
@pytest.mark.parametrize(
    ("words", "code"), [(["--space", "7"], 2), (["--sweeps"], 2), (["--time", "2"], 1)]
)
def test_lattice_says_what_it_cannot_do(
    lattice: dict[int, Path], words: list[str], code: int
) -> None:
    done = launch(3, str(lattice[8]), *words)
    assert done.returncode == code
    assert "lattice" in done.stderr


# ---- particles -----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def particles(tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    for program in ("cmake", "mpicxx", "mpirun", "h5pcc", "python3-config"):
        tool(program)
    folder = tmp_path_factory.mktemp("particles")
    built("cmake", "-S", str(EXAMPLES / "particles"), "-B", str(folder))
    built("cmake", "--build", str(folder))
    return folder / "particles"


@pytest.mark.tool("mpicxx")
@pytest.mark.parametrize("processes", [1, 3])
def test_particles_move_as_is_known(particles: Path, processes: int) -> None:
    passed(launch(processes, str(particles), "--selftest"), "particles")


@pytest.mark.tool("mpicxx")
def test_particles_writes_the_same_from_any_number_of_processes(
    particles: Path, tmp_path: Path
) -> None:
    files = [tmp_path / f"{processes}.h5" for processes in (1, 3)]
    script = EXAMPLES / "particles" / "undulator.py"
    for path, processes in zip(files, (1, 3), strict=True):
        done = launch(processes, str(particles), str(script), str(path))
        assert done.returncode == 0, done.stderr
        assert done.stdout in page("particles")

    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.tool("mpicxx")
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("spread = 0.1", "spread = '0.1'", "`spread` is not what is asked for"),
        ("electrons = ", "others = ", "the script does not say `electrons`"),
        ("cos(2", "(1 / 0) * cos(2", "ZeroDivisionError"),
        ("(0.0, 0.0, 0.0)\n\n\n", "(0.0, 0.0)\n\n\n", "`electric` has not 3 numbers"),
        ("def electric", "def electric electric", "SyntaxError"),
    ],
)
def test_particles_says_what_is_wrong_with_a_script(
    particles: Path, tmp_path: Path, old: str, new: str, said: str
) -> None:
    right = (EXAMPLES / "particles" / "undulator.py").read_text()
    assert old in right
    script = tmp_path / "wrong.py"
    script.write_text(right.replace(old, new, 1))

    done = launch(1, str(particles), str(script))

    assert done.returncode == 1
    assert said in done.stderr


# ---- scan ----------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def scan(tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    for program in ("make", "gfortran"):
        tool(program)
    folder = tmp_path_factory.mktemp("scan") / "scan"
    shutil.copytree(EXAMPLES / "scan", folder)
    built("make", cwd=folder)
    return folder / "scan"


def alone(cwd: Path, *words: str) -> Done:
    return subprocess.run(words, cwd=cwd, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.tool("gfortran")
def test_scan_finds_the_minimum_that_is_known(scan: Path, tmp_path: Path) -> None:
    passed(alone(tmp_path, str(scan), "selftest"), "scan")


@pytest.mark.tool("gfortran")
def test_slices_of_a_scan_make_what_the_page_shows(scan: Path, tmp_path: Path) -> None:
    for number in range(1, 42):
        assert alone(tmp_path, str(scan), "slice", str(number)).returncode == 0
    best = alone(tmp_path, str(scan), "best")

    assert best.returncode == 0, best.stderr
    assert best.stdout in page("scan")
    assert (tmp_path / "best.dat").read_text().strip() in best.stdout


@pytest.mark.tool("gfortran")
def test_scan_tells_a_slice_that_is_not_whole(scan: Path, tmp_path: Path) -> None:
    alone(tmp_path, str(scan), "slice", "1")
    assert "slice 2 is not there" in alone(tmp_path, str(scan), "best").stderr

    first = tmp_path / "slice-001.dat"
    first.write_text("".join(first.read_text().splitlines(keepends=True)[:-1]))
    assert "slice 1 is not there, or not whole" in alone(tmp_path, str(scan), "best").stderr


@pytest.mark.tool("gfortran")
@pytest.mark.parametrize("words", [[], ["slice"], ["slice", "42"], ["slice", "x"], ["worst"]])
def test_scan_says_how_it_is_called(scan: Path, tmp_path: Path, words: list[str]) -> None:
    done = alone(tmp_path, str(scan), *words)
    assert done.returncode == 2
    assert "usage: scan" in done.stderr
