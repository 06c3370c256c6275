"""What an engine says goes to a file, whole, and its end is kept at hand."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from envc.engines import running
from envc.engines.model import Command
from envc.engines.running import Stopped
from envc.store.progress import Silent


def sh(script: str, **changes: object) -> Command:
    return Command(("/bin/sh", "-c", script), **changes)  # type: ignore[arg-type]


def test_both_streams_of_all_commands_are_kept_in_order(tmp_path: Path) -> None:
    log = tmp_path / "log"
    commands = (sh("echo one; echo two >&2"), sh("echo three"))
    assert running.run(commands, str(log), Silent()) is None
    assert log.read_text() == "one\ntwo\nthree\n"


def test_the_first_that_fails_is_the_last(tmp_path: Path) -> None:
    log = tmp_path / "log"
    commands = (sh("exit 7"), sh("echo never"))
    assert running.run(commands, str(log), Silent()) == Stopped(commands[0].words, 7)
    assert log.read_text() == ""


def test_a_program_that_is_not_there_is_a_failure(tmp_path: Path) -> None:
    log = tmp_path / "log"
    stopped = running.run((Command(("/no/such/program",)),), str(log), Silent())
    assert stopped == Stopped(("/no/such/program",), 127)
    assert "No such file" in log.read_text()


def test_folder_and_variables_are_those_of_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HIDDEN", "1")
    monkeypatch.setenv("SEEN", "2")
    log = tmp_path / "log"
    asked = sh(
        'echo "$PWD [$HIDDEN] $SEEN $ADDED"',
        folder=str(tmp_path),
        variables={"ADDED": "3"},
        without=("HIDDEN",),
    )
    assert running.run((asked,), str(log), Silent()) is None
    assert log.read_text() == f"{tmp_path} [] 2 3\n"


def test_a_proxy_is_not_asked_for_what_is_on_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "example.org,.local")
    monkeypatch.delenv("NO_PROXY", raising=False)
    log = tmp_path / "log"
    assert running.run((sh('echo "$no_proxy $NO_PROXY"'),), str(log), Silent()) is None
    assert log.read_text() == "example.org,.local,127.0.0.1 127.0.0.1\n"


def test_a_log_is_of_one_build(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("of the build before\n")
    assert running.run((sh("echo now"),), str(log), Silent()) is None
    assert log.read_text() == "now\n"


def test_the_end_of_a_log_is_its_last_lines(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(b"x" * 200_000 + b"\n" + b"\xff\n" + b"".join(b"%d\n" % n for n in range(40)))
    assert running.end(str(log)).splitlines() == [str(n) for n in range(10, 40)]


def test_an_interrupted_envc_leaves_no_builder_behind(tmp_path: Path) -> None:
    script = (
        "from envc.engines import running\n"
        "from envc.engines.model import Command\n"
        "from envc.store.progress import Silent\n"
        f"words = ('/bin/sh', '-c', 'echo $$ > {tmp_path}/builder; sleep 300 & wait')\n"
        f"running.run((Command(words),), '{tmp_path}/log', Silent())\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script], stderr=subprocess.DEVNULL, start_new_session=True
    )
    builder = tmp_path / "builder"
    deadline = time.monotonic() + 30
    while not builder.exists() or not builder.read_text().strip():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    assert process.wait(30) in (1, 130, -signal.SIGINT)
    with pytest.raises(ProcessLookupError):
        os.kill(int(builder.read_text()), 0)
