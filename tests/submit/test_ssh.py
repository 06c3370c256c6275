"""Jobs on another machine: a real sshd on the loopback, whose users have a home of their own."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which

import pytest

from tests.submit.conftest import Desk

pytestmark = [
    pytest.mark.tool("ssh"),
    pytest.mark.tool("sshd"),
    pytest.mark.xdist_group("submit"),
]

SERVER = """\
ListenAddress 127.0.0.1:{port}
HostKey {folder}/host
AuthorizedKeysFile {folder}/key.pub
StrictModes no
UsePAM no
PasswordAuthentication no
PidFile none
ForceCommand {folder}/welcome
"""
CLIENT = """\
Host far
  HostName 127.0.0.1
  Port {port}
  IdentityFile {folder}/key
  StrictHostKeyChecking no
  UserKnownHostsFile /dev/null
  LogLevel ERROR
"""
WELCOME = """\
#!/bin/sh
# What a machine says to everybody, wherever that goes.
echo "Welcome to the far machine; it's 5 o'clock"
echo "No mail." >&2
export HOME={home}
cd && exec {shell} -c "$SSH_ORIGINAL_COMMAND"
"""


@dataclass(frozen=True, slots=True)
class Far:
    desk: Desk
    home: Path
    """On the far machine."""


def key(path: Path) -> None:
    words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)]
    subprocess.run(words, check=True)


def free_port() -> int:
    with closing(socket.socket()) as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@contextmanager
def listening(folder: Path, port: int) -> Iterator[None]:
    Path("/run/sshd").mkdir(exist_ok=True)
    (folder / "server").write_text(SERVER.format(port=port, folder=folder))
    words = [which("sshd") or "", "-D", "-e", "-f", str(folder / "server")]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as server:
        try:
            end = time.monotonic() + 20
            while not _answers(port):
                assert server.poll() is None, server.communicate()[1]
                assert time.monotonic() < end
                time.sleep(0.05)
            yield
        finally:
            server.kill()


def _answers(port: int) -> bool:
    with closing(socket.socket()) as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def far(desk: Desk, tmp_path: Path) -> Iterator[Far]:
    if os.geteuid():
        pytest.skip("sshd lets another user in only as root")
    folder = tmp_path / "ssh"
    home = tmp_path / "far home's"
    folder.mkdir()
    home.mkdir()
    key(folder / "host")
    key(folder / "key")
    port = free_port()
    (folder / "client").write_text(CLIENT.format(port=port, folder=folder))
    welcome(folder, home, "/bin/sh")
    desk.plays("ssh", f'exec {which("ssh")} -F {folder}/client "$@"\n')
    with listening(folder, port):
        yield Far(desk, home)


def welcome(folder: Path, home: Path, shell: str) -> None:
    said = "'" + str(home).replace("'", "'\\''") + "'"
    (folder / "welcome").write_text(WELCOME.format(home=said, shell=shell))
    (folder / "welcome").chmod(0o755)


def test_a_job_on_a_far_machine(far: Far) -> None:
    desk = far.desk
    job = desk.submit("plain", "far")
    desk.becomes(job, "done")
    folder = far.home / ".envc" / "jobs" / job
    assert desk.say("logs", "--follow", job) == (
        f"==> {job}.out\ndata of the spec\n{folder}\n==> {job}.err\nwrong\n"
    )
    assert not (desk.home / ".envc").exists()
    desk.say("forget", job)
    assert not list((far.home / ".envc" / "jobs").iterdir())


def test_a_far_job_is_cancelled(far: Far) -> None:
    desk = far.desk
    job = desk.submit("slow", "far")
    desk.becomes(job, "running")
    desk.say("cancel", job)
    assert desk.state(job) == "cancelled"


def test_jobs_go_on_when_nobody_is_connected(far: Far) -> None:
    job = far.desk.submit("brief", "far")
    far.desk.becomes(job, "done")


@pytest.mark.tool("csh")
def test_a_login_whose_shell_is_another(far: Far) -> None:
    welcome(far.home.parent / "ssh", far.home, "/bin/csh")
    job = far.desk.submit("plain", "far")
    far.desk.becomes(job, "done")


def test_a_machine_that_lets_nobody_in(far: Far) -> None:
    (far.home.parent / "ssh" / "key.pub").write_text("")
    done = far.desk.envc("submit", "probe.envc", "plain", "--site", "far")
    assert done.returncode == 5
    assert "ssh did not reach `far`" in done.stderr
    assert "Permission denied" in done.stderr
    assert "`ssh far true` has to work without a question" in done.stderr
    assert far.desk.say("status") == ""


def test_a_job_of_a_machine_that_is_out_of_reach_is_unknown(far: Far) -> None:
    job = far.desk.submit("slow", "far")
    (far.home.parent / "ssh" / "key.pub").write_text("")
    done = far.desk.envc("status", job)
    assert done.returncode == 5
    assert "unknown" in done.stdout
    process = (far.home / ".envc" / "jobs" / job / "process").read_text().split(".")[1]
    subprocess.run(["kill", "--", f"-{process}"], check=True)
