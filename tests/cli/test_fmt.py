"""`envc fmt`: what is written, what is only said, and with which exit code."""

import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

Run = Callable[..., Any]

CANONICAL = """\
envc 1

# Heat, in two dimensions.
app heat2d@1.4.0 {
  summary  "2-D heat equation"
  license  MIT  # see LICENSE
  source   dir "."
  run demo {
    nodes   2
    memory  16 GiB
  }
}
"""
UNTIDY = """\
envc 1
# Heat, in two dimensions.
app heat2d @1.4.0 {

  summary "2-D heat equation"
\tlicense   MIT# see LICENSE
  source  dir "."
  run demo { nodes 2
    memory 16GiB }
}"""
BROKEN = UNTIDY.replace("}", "")


@pytest.fixture(autouse=True)
def specs(tmp_path: Path) -> Path:
    for name, text in {
        "canonical.envc": CANONICAL,
        "untidy.envc": UNTIDY,
        "windows.envc": CANONICAL.replace("\n", "\r\n"),
        "marked.envc": "\ufeff" + CANONICAL,
        "broken.envc": BROKEN,
    }.items():
        (tmp_path / name).write_bytes(text.encode())
    return tmp_path


@pytest.mark.parametrize("name", ["canonical", "untidy", "windows", "marked"])
def test_a_file_is_written_in_canonical_form(name: str, envc: Run, tmp_path: Path) -> None:
    ran = envc("fmt", f"{name}.envc")
    assert (ran.code, ran.out) == (0, "")
    assert (tmp_path / f"{name}.envc").read_bytes() == CANONICAL.encode()


def test_a_canonical_file_is_not_touched(envc: Run, tmp_path: Path) -> None:
    before = (tmp_path / "canonical.envc").stat()
    assert envc("fmt", "canonical.envc").code == 0
    after = (tmp_path / "canonical.envc").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_file_keeps_its_mode(envc: Run, tmp_path: Path) -> None:
    spec = tmp_path / "untidy.envc"
    spec.chmod(0o640)
    assert envc("fmt", "untidy.envc").code == 0
    assert stat.S_IMODE(spec.stat().st_mode) == 0o640


def test_a_link_stays_a_link(envc: Run, tmp_path: Path) -> None:
    (tmp_path / "link.envc").symlink_to("untidy.envc")
    assert envc("fmt", "link.envc").code == 0
    assert (tmp_path / "link.envc").is_symlink()
    assert (tmp_path / "untidy.envc").read_text() == CANONICAL


@pytest.mark.parametrize("option", ["--check", "--diff"])
def test_asking_writes_nothing(option: str, envc: Run, tmp_path: Path) -> None:
    assert envc("fmt", option, "untidy.envc").code == 1
    assert (tmp_path / "untidy.envc").read_text() == UNTIDY
    assert envc("fmt", option, "canonical.envc").code == 0


def test_a_broken_file_is_left_as_it_is(envc: Run, tmp_path: Path) -> None:
    ran = envc("fmt", "broken.envc", "untidy.envc")
    assert ran.code == 1
    assert "E0106" in ran.err
    assert (tmp_path / "broken.envc").read_text() == BROKEN
    assert (tmp_path / "untidy.envc").read_text() == CANONICAL


def test_standard_input_goes_to_standard_output(envc: Run) -> None:
    ran = envc("fmt", "-", stdin=UNTIDY.encode())
    assert (ran.code, ran.out) == (0, CANONICAL)
    ran = envc("fmt", "-", stdin=BROKEN.encode())
    assert (ran.code, ran.out) == (1, "")


def test_a_diff_can_be_applied(envc: Run, tmp_path: Path) -> None:
    diff = envc("fmt", "--diff", "untidy.envc").out
    subprocess.run(["git", "apply", "-p0"], cwd=tmp_path, input=diff, text=True, check=True)
    assert (tmp_path / "untidy.envc").read_text() == CANONICAL


@pytest.mark.parametrize(
    "argv",
    [
        "untidy.envc canonical.envc",
        "--check untidy.envc canonical.envc",
        "--check canonical.envc",
        "--diff untidy.envc",
        "--check --quiet untidy.envc",
        "missing.envc",
        "--check",
    ],
)
def test_what_a_person_sees(argv: str, envc: Run, snapshot: SnapshotAssertion) -> None:
    assert str(envc("fmt", *argv.split())) == snapshot
