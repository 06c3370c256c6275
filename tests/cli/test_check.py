"""`envc check` and `--fix`: what is said, where, and with which exit code."""

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

Run = Callable[..., Any]

GOOD = """\
envc 1

app heat2d@1.4.0 {
  summary "2-D heat equation"
  license MIT
  source dir "."
  targets x86_64_v2, x86_64_v3
  build cmake
}
"""
MISSPELT = GOOD.replace("summary", "sumary").replace("license", "licence")
MARKED = "\ufeff" + GOOD
UNCLOSED = GOOD.replace('equation"', "equation")


@pytest.fixture(autouse=True)
def specs(tmp_path: Path) -> Path:
    for name, text in {
        "good.envc": GOOD,
        "misspelt.envc": MISSPELT,
        "marked.envc": MARKED,
        "unclosed.envc": UNCLOSED,
    }.items():
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    "argv",
    [
        "good.envc",
        "misspelt.envc",
        "marked.envc",
        "misspelt.envc marked.envc good.envc missing.envc",
        "misspelt.envc misspelt.envc",
        "--quiet misspelt.envc",
        "--quiet good.envc",
        "--json misspelt.envc",
        "--json good.envc",
        "--fix misspelt.envc marked.envc",
        "--fix unclosed.envc",
        "--fix -",
    ],
)
def test_what_is_said(argv: str, envc: Run, snapshot: SnapshotAssertion) -> None:
    assert str(envc("check", *argv.split())) == snapshot


@pytest.mark.parametrize("form", ["--json", "--format=json", "--format=sarif"])
def test_a_document_is_all_of_standard_output(form: str, envc: Run) -> None:
    ran = envc("check", form, "misspelt.envc", "missing.envc")
    assert (ran.code, ran.err) == (1, "")
    assert isinstance(json.loads(ran.out), dict)


def test_standard_input_is_checked_like_a_file(envc: Run) -> None:
    ran = envc("check", "-", stdin=MISSPELT.encode())
    assert ran.code == 1
    assert "<stdin>:4:3: error[E0103]" in ran.err
    assert envc("check", "-", stdin=GOOD.encode()).err == "no mistakes in <stdin>\n"


def test_colour_is_forced_and_forbidden(envc: Run) -> None:
    assert "\x1b[1;31merror" in envc("check", "misspelt.envc", FORCE_COLOR="1").err
    assert "\x1b" not in envc("check", "misspelt.envc", FORCE_COLOR="1", NO_COLOR="1").err
    assert "\x1b" not in envc("check", "--json", "misspelt.envc", FORCE_COLOR="1").out


def test_fixes_are_written_and_checked_again(envc: Run, specs: Path) -> None:
    (specs / "misspelt.envc").chmod(0o640)
    ran = envc("check", "--fix", "misspelt.envc", "marked.envc")
    assert ran.code == 0
    assert (specs / "misspelt.envc").read_text() == GOOD
    assert (specs / "marked.envc").read_text() == GOOD
    assert stat.S_IMODE((specs / "misspelt.envc").stat().st_mode) == 0o640
    assert {path.name for path in specs.iterdir()} >= {"good.envc"}
    assert not list(specs.glob(".*"))


def test_a_file_without_fixes_is_not_touched(envc: Run, specs: Path) -> None:
    before = [(specs / name).stat().st_mtime_ns for name in ("good.envc", "unclosed.envc")]
    envc("check", "--fix", "good.envc", "unclosed.envc")
    assert before == [(specs / name).stat().st_mtime_ns for name in ("good.envc", "unclosed.envc")]


def test_windows_line_ends_survive_a_fix(envc: Run, specs: Path) -> None:
    (specs / "crlf.envc").write_bytes(MISSPELT.replace("\n", "\r\n").encode())
    assert envc("check", "--fix", "crlf.envc").code == 0
    assert (specs / "crlf.envc").read_bytes() == GOOD.replace("\n", "\r\n").encode()


def test_a_line_of_ten_million_letters_is_told_in_one_line(envc: Run, specs: Path) -> None:
    (specs / "long.envc").write_text(GOOD + "# " + "x" * 10_000_000 + "\n}\n")
    ran = envc("check", "long.envc")
    assert ran.code == 1
    assert len(ran.err) < 1000
