"""benchmarks/peers: how it reads and tells what was measured. It builds for hours, so not here."""

import shlex

import hpccm  # type: ignore[import-untyped]
import pytest

from benchmarks.peers import model, table
from benchmarks.peers.__main__ import PAGE, RESULT
from benchmarks.peers.compilers import Compiled, compiled, started
from benchmarks.peers.model import Built, Result, Tool
from benchmarks.peers.trees import Change, change
from envc.check import Checked, check_path

FOLDER = RESULT.parent

# ---- what compilers were told --------------------------------------------------------------------

CC1 = "/usr/lib/gcc/x86_64-linux-gnu/12/cc1"
V3, PLAIN = "-march=x86-64-v3", "-march=x86-64"


def line(*words: str, ends: str = ") = 0") -> str:
    listed = ", ".join(f'"{word}"' for word in words)
    return f'712   execve("{words[0]}", [{listed}], ["HOME=/root", "X=[a]"]{ends}'


def test_a_started_program_is_read_with_its_words() -> None:
    log = [line(CC1, "-O2", "a b.c"), line("/bin/tar", "-x"), "712   +++ exited with 0 +++"]
    assert list(started(log)) == [(CC1, "-O2", "a b.c"), ("/bin/tar", "-x")]


def test_a_program_that_was_not_found_there_is_left_out() -> None:
    log = [line("/opt/cc1", "a.c", ends=") = -1 ENOENT (No such file or directory)")]
    assert list(started(log)) == []
    assert list(started([line(CC1, "a.c", ends=" <unfinished ...>")])) == [(CC1, "a.c")]


def test_files_are_counted_by_the_archive_that_they_are_from() -> None:
    log = [
        line(CC1, "first.c", "-O2", V3),
        line("/bin/tar", "-x", "-f", "/var/tmp/hdf5-1.10.8.tar.bz2"),
        line(CC1, "H5.c", "-O3", "-o", "H5.s"),
        line(CC1, "H5A.c", V3, "-O0"),
        line("/usr/bin/f951", "H5f.f90", "-O2", V3),
        line("/bin/tar", "-x", "-f", "/var/tmp/heat2d.tar.gz"),
        line(CC1, "/src/heat.c", "-O3", V3),
    ]
    assert compiled(log, "own", "x86-64-v3") == (
        Compiled("own", files=1, marched=1),
        Compiled("hdf5", files=3, marched=2),
        Compiled("heat2d", files=1, marched=1),
    )


def test_the_last_option_is_in_force() -> None:
    assert compiled([line(CC1, "a.c", V3, PLAIN, "-O3", "-O0")], "own", "x86-64-v3") == (
        Compiled("own", files=1, marched=0),
    )


@pytest.mark.parametrize(
    "words",
    [
        ("conftest.c", V3),
        ("/src/build/CMakeFiles/3.25.1/CompilerIdC/CMakeCCompilerId.c",),
        ("CMakeCCompilerId.c",),
        ("/usr/share/cmake-3.25/Modules/CMakeCCompilerABI.c",),
        ("-E", "a.c"),
        ("-fsyntax-only", "a.c"),
        ("-",),
        ("-dumpbase", "a.c"),
        ("-o", "a.c"),
    ],
)
def test_what_only_asks_the_compiler_is_no_file(words: tuple[str, ...]) -> None:
    assert compiled([line(CC1, *words)], "own", "x86-64-v3") == ()


# ---- trees ---------------------------------------------------------------------------------------

ONE = """\
d 0755 0 0 - etc
f 0644 0 0 aaa etc/hosts%20of
f 0644 0 0 bbb etc/log
l 0777 0 0 a etc/link
f 0755 0 0 ccc usr/bin/tool
""".splitlines()
OTHER = """\
d 0775 0 0 - etc
f 0644 0 0 aaa etc/hosts%20of
f 0600 0 0 xxx etc/log
l 0777 0 0 b etc/link
f 0755 1 0 ccc usr/bin/tool
h 0755 0 0 usr/bin/tool usr/bin/twin
""".splitlines()


def test_two_trees_differ_in_three_ways() -> None:
    found = change(ONE, OTHER)
    assert found == Change(("etc/link", "etc/log"), ("etc", "usr/bin/tool"), ("usr/bin/twin",))
    assert found.paths == 5
    assert change(ONE, ONE).paths == 0


def test_what_changes_anyhow_is_left_out() -> None:
    anyhow = Change(contents=("etc/log",), rights=("usr/bin/twin",))
    assert change(ONE, OTHER).without(anyhow) == Change(("etc/link",), ("etc", "usr/bin/tool"), ())


# ---- the table -----------------------------------------------------------------------------------

PINNED = {"images by digest": "0 of 1", "packages by hash": "3 of 3", "sources by hash": "1 of 1"}
GOOD = Tool(
    "good", "1.0", 0.5, 80, PINNED,
    docker=Built(digest="sha256:1", files=1200, megabytes=90),
    again=Built(digest="sha256:1", files=1200, megabytes=90),
    apptainer=Built(files=1200, megabytes=90),
    compiled=(Compiled("own", 3, 3),),
)  # fmt: skip
OFTEN = Tool(
    "often", "2.0", 0.25, 90, PINNED | {"sources by hash": "0 of 0"},
    docker=Built(digest="sha256:1", test="cannot open libx.so"),
    again=Built(digest="sha256:2"),
    apptainer=Built(problem="E: no package"),
    rebuilt=Change(contents=("var/log/a", "var/log/b", "etc/c"), alone=("x",)),
    compiled=(Compiled("mpi", 1500, 1500), Compiled("own", 3, 2)),
)  # fmt: skip
RESULT_OF_TWO = Result("2026-01-02", "buildah 1", "E: unable", (GOOD, OFTEN))


def cells(name: str) -> list[str]:
    rows = [
        row for row in table.rendered(RESULT_OF_TWO).splitlines() if row.startswith(f"| {name}")
    ]
    assert len(rows) == 1, name
    return [cell.strip() for cell in rows[0].split("|")[2:-1]]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("pinned: packages", ["3 of 3", "3 of 3"]),
        ("pinned: sources", ["1 of 1", "there are none"]),
        ("the Dockerfile builds", ["yes", "yes"]),
        ("the app's own test passes in it", ["yes", "no"]),
        (
            "a second build",
            ["yes, the same digest", "no: 4 paths differ (3 in contents, 1 in one only)"],
        ),
        ("the definition builds", ["yes", "no"]),
        ("the app's own test passes in that", ["yes", "—"]),
        ("both images", ["yes", "—"]),
        ("compiled with `-march", ["own 3 of 3", "mpi 1,500 of 1,500; own 2 of 3"]),
        ("paths in the image", ["1,200", "0"]),
        ("CPU time", ["2.0", "1.0"]),
    ],
)
def test_a_row_says_what_was_measured(name: str, expected: list[str]) -> None:
    assert cells(name) == expected


def test_what_was_not_measured_is_not_told() -> None:
    early = GOOD._replace(docker=None, again=None, apptainer=None, compiled=())
    text = table.rendered(RESULT_OF_TWO._replace(tools=(early, OFTEN)))
    rows = [row for row in text.splitlines() if row.startswith("|") and "pinned" not in row]
    assert sum("| — |" in row for row in rows) == 9
    assert model.read(model.written(Result("", "", "", (early,)))).tools == (early,)


def test_each_no_has_its_reason() -> None:
    text = table.rendered(RESULT_OF_TWO)
    assert "* often, the definition: `E: no package`." in text
    assert "* often, the test in the image of the Dockerfile: `cannot open libx.so`." in text
    assert "* often, built again, other contents: `/var/log/a`, `/etc/c` and 1 more." in text
    assert "`E: unable`" in text
    assert "* good" not in text


def test_formats_are_compared_beyond_what_a_rebuild_changes() -> None:
    tool = OFTEN._replace(apptainer=Built(), formats=Change(rights=("opt",)))
    text = table.rendered(RESULT_OF_TWO._replace(tools=(GOOD, tool)))
    assert "| yes | no: 1 path differs in rights, beyond what a rebuild changes |" in text


def test_a_result_is_read_as_it_was_written() -> None:
    assert model.read(model.written(RESULT_OF_TWO)) == RESULT_OF_TWO


# ---- what is kept --------------------------------------------------------------------------------


def test_the_page_says_what_was_measured_last() -> None:
    page = PAGE.read_text(encoding="utf-8")
    text = table.rendered(model.read(RESULT.read_text(encoding="utf-8")))
    assert table.put_into(page, text) == page
    assert page.count(table.BEGIN) == page.count(table.END) == 1


def test_the_spec_checks() -> None:
    found = check_path(str(FOLDER / "heat2d.envc"))
    assert isinstance(found, Checked)
    assert not found.diagnostics


def test_neurodocker_is_given_words() -> None:
    words = shlex.split((FOLDER / "heat2d.neurodocker").read_text(), comments=True)
    assert [word for word in words if word.startswith("--")] == [
        "--pkg-manager", "--base-image", "--yes", "--install", "--copy", "--run",
    ]  # fmt: skip


def test_hpccm_accepts_its_recipes() -> None:
    recipe = str(FOLDER / "heat2d.hpccm")
    text = str(hpccm.recipe(recipe, userarg={"sources": "http://127.0.0.1"}))
    assert "libgomp1" in text
    assert "openmpi-4.1.4.tar.bz2" in text
