"""The program itself: help, wrong words, and how it ends."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from envc import __version__, cli, commands, exits
from envc.cli import COMMANDS

Run = Callable[..., Any]


def test_every_command_is_listed() -> None:
    folder = Path(commands.__path__[0])
    modules = {file.stem for file in folder.glob("*.py")} - {"__init__"}
    assert {cli._MODULES.get(name, name) for name in COMMANDS} == modules


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_tells_what_it_takes(name: str, envc: Run) -> None:
    ran = envc(name, "--help")
    assert (ran.code, ran.err) == (exits.FINE, "")
    assert ran.out.startswith(f"usage: envc {name}")


@pytest.mark.parametrize(
    "argv",
    [
        "--help",
        "chekc a.envc",
        "frobnicate",
        "--vesion",
        "--fix check",
        "check",
        "check --fixx a.envc",
        "check --fi a.envc",
        "check --format=txt a.envc",
        "check --format sari a.envc",
        "check --format",
        "check --fix=yes a.envc",
        "check --json --format sarif a.envc",
        "explain E0101 E0102",
        "init a b c",
    ],
)
def test_words_that_are_and_are_not_understood(
    argv: str, envc: Run, snapshot: SnapshotAssertion
) -> None:
    assert str(envc(*argv.split())) == snapshot


def test_help_is_told_before_and_without_a_command(envc: Run) -> None:
    told = envc("--help")
    assert envc("-h", "check").out == told.out
    bare = envc()
    assert (bare.code, bare.out, bare.err) == (exits.USAGE, "", told.out)


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version(option: str, envc: Run) -> None:
    assert envc(option).out == f"envc {__version__}\n"


@pytest.mark.parametrize("argv", [["-q", "check", "a.envc"], ["check", "a.envc", "--quiet"]])
def test_options_of_all_commands_may_stand_before_or_behind(
    argv: list[str], envc: Run, tmp_path: Path
) -> None:
    (tmp_path / "a.envc").write_text("envc 1\n")
    ran = envc(*argv)
    assert (ran.code, ran.out, ran.err) == (exits.FINE, "", "")


# ---- how it ends ---------------------------------------------------------------------------------


def broken(*args: object) -> int:
    raise KeyError("x")


def test_a_bug_says_so_and_what_to_report(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("envc.commands.explain.run", broken)
    assert cli.main(["explain", "a b"]) == exits.BUG
    said = capsys.readouterr().err
    assert f"this is a bug in envc {__version__}" in said
    assert "KeyError: 'x' (cli/test_top.py:" in said
    assert "envc --verbose explain 'a b'" in said
    assert "Traceback" not in said


def test_a_bug_shows_its_traceback_where_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("envc.commands.explain.run", broken)
    assert cli.main(["--verbose", "explain"]) == exits.BUG
    assert "Traceback" in capsys.readouterr().err


def test_a_folder_that_may_not_be_written_is_no_bug(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*args: object) -> int:
        raise PermissionError(13, "Permission denied", "/specs")

    monkeypatch.setattr("envc.commands.explain.run", refuse)
    assert cli.main(["explain"]) == exits.DIAGNOSTICS
    assert capsys.readouterr().err == "envc: /specs: permission denied\n"


def test_an_interruption_ends_in_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*args: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("envc.commands.explain.run", interrupt)
    assert cli.main(["explain"]) == exits.INTERRUPTED


def test_ctrl_c_while_it_waits_for_input(
    start: Callable[..., "subprocess.Popen[bytes]"],
) -> None:
    pipe = subprocess.PIPE
    process = start("--verbose", "check", "-", stdin=pipe, stdout=pipe, stderr=pipe)
    assert process.stdin is not None
    # More than a pipe holds: this returns when envc has begun to read.
    process.stdin.write(b" " * 1_000_000)
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (exits.INTERRUPTED, b"", b"")


def test_a_reader_that_stops_reading_is_no_mistake(
    start: Callable[..., "subprocess.Popen[bytes]"],
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    process = start("explain", stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (exits.PIPE_CLOSED, b"")


def test_a_full_disk_is_told(start: Callable[..., "subprocess.Popen[bytes]"]) -> None:
    with open("/dev/full", "wb") as full:
        process = start("explain", stdout=full.fileno(), stderr=subprocess.PIPE)
        _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (exits.DIAGNOSTICS, b"envc: no space left on device\n")


def test_letters_that_a_terminal_lacks_are_no_mistake(envc: Run, tmp_path: Path) -> None:
    (tmp_path / "é.envc").write_text("é")
    ran = envc("check", "é.envc", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert ran.code == exits.DIAGNOSTICS
    assert ran.err.startswith("\\xe9.envc:1:1: error[")


def test_python_m_envc_and_envc_are_one_program() -> None:
    script = Path(sys.executable).with_name("envc")
    assert "from envc.cli import main" in script.read_text()
