"""What a program sees of the machine, and what becomes of it when nobody waits for it any more."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from envc.build.entering import Streams, call, enter
from envc.build.room import (
    Bind,
    Call,
    Devices,
    Identities,
    Memory,
    Mount,
    Processes,
    Program,
    Range,
    Room,
)
from envc.build.tools import VARIABLES, Tools
from envc.facts.problem import Problem

pytestmark = [pytest.mark.xdist_group("builder"), pytest.mark.tool("newuidmap")]

PLAIN = Room()
EVERYBODY = Identities((Range(0, 0, 65_536),), (Range(0, 0, 65_536),))
"""For root in a user namespace: as where only its files are root's."""


@pytest.fixture(params=[None, EVERYBODY], ids=["root", "namespace"])
def identities(request: pytest.FixtureRequest) -> Identities | None:
    found: Identities | None = request.param
    return found


def said(
    tools: Tools, identities: Identities | None, script: str, *mounts: Mount, room: Room = PLAIN
) -> str:
    """What a script prints in a room that has the tools for its root."""
    root = tools.root()
    assert isinstance(root, str)
    every = (Processes(), Devices(), Memory("/tmp"), *mounts)
    room = replace(room, root=root, writable=False, mounts=every)
    read, write = os.pipe()
    program = Program(("bash", "-c", script), VARIABLES)
    with open(write, "wb") as out:
        ended = enter(room, program, identities, Streams(stdout=out, stderr=out))
    with open(read, encoding="utf-8") as file:
        text = file.read()
    assert ended == 0, (ended, text)
    return text


def test_it_is_root_of_files_and_of_nothing_else(
    tools: Tools, identities: Identities | None
) -> None:
    assert said(tools, identities, "id -u; hostname; pwd").split() == ["0", "envc", "/"]
    held = said(tools, identities, "grep CapEff /proc/self/status").split()[1]
    assert int(held, 16) == sum(1 << each for each in (0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 18, 29, 31))
    refused = "mknod /tmp/null c 1 3 || chroot / true && ! (echo 1 >/proc/sys/kernel/sysrq)"
    assert "Operation not permitted" in said(tools, identities, refused)
    assert "Read-only" in said(tools, identities, "touch /here || true")


def test_nothing_of_the_machine_is_seen(
    tools: Tools, identities: Identities | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "hunter2")
    here = Path(__file__).parents[2]
    seen = said(tools, identities, "env; cat /proc/[0-9]*/cmdline | tr '\\0' ' '; ls / /proc/1/fd")
    assert "hunter2" not in seen
    assert str(here) not in seen
    assert "pytest" not in seen
    assert socket.gethostname() not in said(tools, identities, "uname -n; cat /etc/hostname || :")
    assert said(tools, identities, "ls -d /proc/[0-9]*").split()[0] == "/proc/1"


def test_there_is_no_network(tools: Tools, identities: Identities | None) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        reach = f"exec 3<>/dev/tcp/127.0.0.1/{port}"
        assert "refused" in said(tools, identities, f"({reach}) 2>&1 || true")
        away = "(exec 3<>/dev/tcp/192.0.2.1/80) 2>&1 || true"
        assert "unreachable" in said(tools, identities, away)
    assert "lo:" in said(tools, identities, "cat /proc/net/dev")


def test_conditions_of_a_room(tools: Tools, identities: Identities | None) -> None:
    room = Room(host="elsewhere", umask=0o077, processors=1, personality=0x0020000)
    seen = said(tools, identities, "hostname; umask; nproc; uname -r", room=room).split()
    assert seen[:3] == ["elsewhere", "0077", "1"]
    assert seen[3].startswith("2.6.")


def test_a_folder_is_read_but_not_written(
    tools: Tools, identities: Identities | None, tmp_path: Path
) -> None:
    (tmp_path / "a").write_text("tide\n")
    bound = Bind(str(tmp_path), "/in")
    assert said(tools, identities, "cat /in/a; touch /in/b 2>&1 || :", bound).startswith("tide\n")
    assert not (tmp_path / "b").exists()
    said(tools, identities, "touch /out/b", Bind(str(tmp_path), "/out", writable=True))
    assert (tmp_path / "b").exists()


def test_no_mount_is_led_out_of_a_room(tmp_path: Path, identities: Identities | None) -> None:
    outside, root = tmp_path / "outside", tmp_path / "root"
    outside.mkdir()
    root.mkdir()
    (root / "dev").symlink_to(outside)
    room = Room(str(root), mounts=(Devices(),))
    ended = enter(room, Program(("true",), ()), identities)
    assert isinstance(ended, Problem)
    assert "dev` cannot be mounted for a build" in ended.message
    assert list(outside.iterdir()) == []


def test_a_program_that_is_not_there_is_told(tools: Tools) -> None:
    ended = tools.start(("no-such-program",), (), (), Streams())
    assert isinstance(ended, Problem)
    assert ended.message == "a program cannot be started: no such file or directory"


def test_a_mistake_of_envc_is_one(identities: Identities | None) -> None:
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        call(Room(), Call(divmod, (1, 0)), identities)


LONG = """
import sys
from envc.build.entering import enter
from envc.build.room import Processes, Program, Room
variables = (("PATH", "/usr/bin:/bin"),)
room = Room(sys.argv[1], writable=False, mounts=(Processes(),))
enter(room, Program(("sleep", sys.argv[2]), variables), None)
"""


def processes(words: str) -> list[int]:
    done = subprocess.run(["pgrep", "-f", words], capture_output=True, text=True, check=False)
    return [int(each) for each in done.stdout.split()]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_whoever_waits_for_a_room_takes_it_along(tools: Tools, how: signal.Signals) -> None:
    seconds = str(100_000 + os.getpid() + how)
    waiting = subprocess.Popen(
        [sys.executable, "-c", LONG, str(tools.root()), seconds], stderr=subprocess.DEVNULL
    )
    until(lambda: processes(f"^sleep {seconds}$"))
    waiting.send_signal(how)
    waiting.wait()
    until(lambda: not processes(f"^sleep {seconds}$"))


def until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)
