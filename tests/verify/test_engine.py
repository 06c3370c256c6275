"""What is said of an engine's builds, whatever it made."""

from dataclasses import replace

import pytest

from envc import exits
from envc.engines import building
from envc.engines.model import Failed, Form, Grade, Made
from envc.verify.report import ByEngine, Report
from envc.verify.text import lines
from tests.verify.conftest import Planned
from tests.verify.test_command import COMPILE, Project, Run, project, projects, run

__all__ = ["project", "projects", "run"]

ONE, OTHER, TREE = (f"sha256:{letter * 64}" for letter in "abc")
MADE = ByEngine(
    "dated@1.0", "x86_64", (), ONE, "buildah", "1.43.2", "bit-for-bit",
    digests=(ONE, ONE), trees=(TREE, TREE), own=TREE,
)  # fmt: skip


@pytest.mark.parametrize(
    ("made", "good", "said"),
    [
        (MADE, True, "by buildah 1.43.2, bit-for-bit: 2 builds, the same to the bit"),
        (replace(MADE, digests=(ONE, OTHER)), False, "2 builds, which differ"),
        (replace(MADE, digests=(ONE, OTHER), grade="input-pinned"), True, "which differ"),
        (replace(MADE, own=OTHER), False, f"its files are {TREE}, envc's are {OTHER}"),
        (replace(MADE, trees=(TREE, OTHER)), False, f"its files are {TREE} and {OTHER}"),
    ],
    ids=["same", "differ", "pinned", "other files", "changing files"],
)
def test_an_engine_holds_to_its_grade(made: ByEngine, good: bool, said: str) -> None:
    report = Report("dated.envc", (), (), (made,))
    assert report.is_good == good
    assert said in "\n".join(lines(report))


@pytest.mark.xdist_group("builder")
def test_its_files_are_held_against_those_of_envc(
    planned: Planned, project: Project, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An engine that leaves the same each time, but other files."""
    made = Made("buildah", "9", Form.OCI, "", ONE, TREE, Grade.BIT_FOR_BIT, "")
    monkeypatch.setattr(building, "build", lambda *_: made)
    code, out, _ = run(project(COMPILE), "--engine", "buildah")
    assert code == exits.NOT_REPRODUCIBLE
    assert f"its files are {TREE}, envc's are sha256:" in out


@pytest.mark.xdist_group("builder")
def test_an_engine_that_fails_is_told_with_its_words(
    project: Project, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = Failed("buildah", "9", ("buildah",), 3, "/the/log", "oh no")
    monkeypatch.setattr(building, "build", lambda *_: failed)
    code, _, err = run(project(COMPILE), "--engine", "buildah")
    assert code == exits.TOOL_FAILED
    assert "oh no" in err
    assert "buildah ended with 3" in err


@pytest.mark.xdist_group("builder")
@pytest.mark.parametrize("words", [("-e", "nobody"), ("-e", "buildah", "--unprotected")])
def test_what_no_engine_does(words: tuple[str, ...], project: Project, run: Run) -> None:
    assert run(project(COMPILE), *words)[0] == exits.USAGE
