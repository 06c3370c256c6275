"""git itself, with envc as the one who merges locks."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from envc.lock import git as lines
from envc.lock.marks import is_marked
from tests.lock.test_merge import BASE, LATER, text, with_packages, with_targets
from tests.lock.worlds import Spec

pytestmark = pytest.mark.tool("git")

DRIVER = f"{shlex.join([sys.executable, '-m', 'envc'])} lock --merge %O %A %B"


def git(folder: Path, *words: str, code: int = 0) -> str:
    done = subprocess.run(
        ["git", *words],
        cwd=folder,
        env={**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr + done.stdout
    return done.stdout + done.stderr


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "-b", "main")
    for key, value in (
        ("user.name", "Somebody"),
        ("user.email", "somebody@example.org"),
        ("merge.envc-lock.driver", DRIVER),
    ):
        git(tmp_path, "config", key, value)
    (tmp_path / ".gitattributes").write_text(f"{lines.ATTRIBUTES}\n")
    commit(tmp_path, BASE)
    return tmp_path


def commit(folder: Path, spec: Spec) -> None:
    (folder / "envc.lock").write_text(text(spec))
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "a lock")


def branches(folder: Path, ours: Spec, theirs: Spec) -> None:
    git(folder, "checkout", "-q", "-b", "theirs")
    commit(folder, theirs)
    git(folder, "checkout", "-q", "main")
    commit(folder, ours)


def test_branches_that_add_packages_and_targets_merge(repository: Path) -> None:
    ours, theirs = with_packages("heat", pkg90="1:"), with_targets("heat", "x86_64_v3", "zen4")
    branches(repository, ours, theirs)
    git(repository, "merge", "-q", "theirs")
    wanted = ours._replace(targets=theirs.targets)
    assert (repository / "envc.lock").read_text() == text(wanted)
    assert git(repository, "status", "--porcelain") == ""


def test_branches_that_clash_leave_a_conflict(repository: Path) -> None:
    branches(repository, BASE._replace(moment=LATER), with_packages("heat", pkg90="1:"))
    told = git(repository, "merge", "theirs", code=1)
    assert "one side moved debian/trixie, and the other side changed what comes from it" in told
    assert "write the lock again with `envc lock`" in told
    assert is_marked((repository / "envc.lock").read_text())
    assert git(repository, "status", "--porcelain") == "UU envc.lock\n"


def test_a_merge_of_git_alone_can_begin_again(repository: Path) -> None:
    """What the message about git's own marks advises."""
    ours, theirs = with_packages("heat", pkg90="1:"), with_packages("heat", pkg91="1:")
    branches(repository, ours, theirs)
    git(repository, "config", "--unset", "merge.envc-lock.driver")
    git(repository, "merge", "theirs", code=1)
    assert is_marked((repository / "envc.lock").read_text())
    git(repository, "config", "merge.envc-lock.driver", DRIVER)
    git(repository, "checkout", "--merge", "envc.lock")
    wanted = with_packages("heat", pkg90="1:", pkg91="1:")
    assert (repository / "envc.lock").read_text() == text(wanted)


def test_a_rebase_merges_too(repository: Path) -> None:
    ours, theirs = with_packages("heat", pkg90="1:"), with_packages("heat", pkg120="1:")
    branches(repository, ours, theirs)
    git(repository, "rebase", "-q", "theirs")
    wanted = with_packages("heat", pkg90="1:", pkg120="1:")
    assert (repository / "envc.lock").read_text() == text(wanted)


def test_the_line_of_configuration_is_one_that_git_takes(repository: Path) -> None:
    git(repository, *shlex.split(lines.CONFIGURE)[1:])
    assert git(repository, "config", "merge.envc-lock.driver") == "envc lock --merge %O %A %B\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("lock",), "envc lock: FILE is missing\n"),
        (("lock", "--merge", "a", "b"), "envc lock: --merge"),
        (("lock", "heat.envc", "--merge", "a", "b", "c"), "`heat.envc` is one word too many\n"),
    ],
)
def test_a_merge_takes_three_locks_and_no_spec(words: tuple[str, ...], sentence: str) -> None:
    words = (sys.executable, "-m", "envc", *words)
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, sentence in done.stderr) == (2, True), done.stderr
