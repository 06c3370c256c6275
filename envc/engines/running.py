"""Starts what an engine builds with. Everything it says goes to a file; its end is shown."""

import os
import subprocess
from collections.abc import Sequence
from typing import IO, NamedTuple

from envc.engines.model import Command
from envc.plan.model import Words
from envc.store.progress import Row

_DIRECT = ("no_proxy", "NO_PROXY")
_LOOPBACK = "127.0.0.1"
_LINES = 30
_CHUNK = 1 << 16
_MERCY = 10.0
"""Seconds that a program has to end when envc is interrupted."""


class Stopped(NamedTuple):
    """One of the commands ended with an error."""

    words: Words
    code: int


def run(commands: Sequence[Command], log: str, row: Row) -> Stopped | None:
    with open(log, "wb") as file:
        for command in commands:
            code = _run(command, file, row)
            if code:
                return Stopped(command.words, code)
    return None


def _run(command: Command, log: IO[bytes], row: Row) -> int:
    environ = {name: value for name, value in os.environ.items() if name not in command.without}
    environ |= {name: _with_loopback(environ.get(name, "")) for name in _DIRECT}
    try:
        process = subprocess.Popen(  # noqa: S603 - words, no shell
            command.words,
            cwd=command.folder or None,
            env={**environ, **command.variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
    except OSError as error:
        log.write(f"{command.words[0]}: {error.strerror}\n".encode())
        return 127
    with process:
        try:
            return _listen(process, log, row)
        except BaseException:
            _end(process)
            raise


def _with_loopback(hosts: str) -> str:
    """Builders hand a proxy on to the steps that fetch, which ask this very machine."""
    return ",".join((*(each for each in hosts.split(",") if each), _LOOPBACK))


def _listen(process: "subprocess.Popen[bytes]", log: IO[bytes], row: Row) -> int:
    assert process.stdout is not None  # noqa: S101 - it is a pipe, as was asked for
    while said := os.read(process.stdout.fileno(), _CHUNK):
        log.write(said)
        log.flush()
        row.has(log.tell())
    return process.wait()


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(_MERCY)
    except subprocess.TimeoutExpired:
        process.kill()


def end(log: str) -> str:
    """The last lines of a log, whatever is in it."""
    with open(log, "rb") as file:
        file.seek(max(0, os.path.getsize(log) - _CHUNK))
        lines = file.read().decode(errors="replace").splitlines()
    return "\n".join(lines[-_LINES:])
