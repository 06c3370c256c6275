"""Starts a process in a room, and says what the machine does not allow."""

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any, NamedTuple

from envc.build.refused import refused
from envc.build.room import Asked, Call, Identities, Program, Refusal, Room, Stage
from envc.facts.problem import Problem

Stream = IO[bytes] | int | None


_START = """
import json, sys
request = open(int(sys.argv[1]), "rb")
sys.path[:] = json.loads(request.readline())
from envc.build.inside import main
main(request, int(sys.argv[2]))
"""
"""With the modules of this very process; the task sees these words, and no path is in them."""


class Streams(NamedTuple):
    stdin: Stream = subprocess.DEVNULL
    stdout: Stream = subprocess.DEVNULL
    stderr: Stream = subprocess.DEVNULL


SILENT = Streams()
TERMINAL = Streams(None, None, None)
"""Those of envc itself."""


def enter(
    room: Room, program: Program, identities: Identities | None, streams: Streams = SILENT
) -> int | Problem:
    """How the program ended, or why it was not started."""
    code, said = _entered(Asked(room, program, identities, os.getpid()), streams)
    return said if isinstance(said, Problem) else code


def call(
    room: Room, task: Call, identities: Identities | None, streams: Streams = SILENT
) -> Any | Problem:
    """What the function gave, or raised where it was an OSError."""
    code, said = _entered(Asked(room, task, identities, os.getpid()), streams)
    if said is None and code:
        return Problem(f"a process of envc was ended: {code}")
    return said


def _entered(asked: Asked, streams: Streams) -> tuple[int, Any]:
    """Whoever is interrupted leaves nobody in the room."""
    with _process(asked, streams) as (process, status):
        code = process.wait()
        said = _read(status)
    if "bug" in said:
        raise RuntimeError(said["bug"])
    if "refusal" in said:
        stage, number, path = said["refusal"]
        if stage == Stage.TASK:
            raise OSError(number, os.strerror(number), path or None)
        return code, refused(Refusal(Stage(stage), number, path))
    if "problem" in said:
        return code, Problem(*said["problem"])
    return code, said.get("given")


@contextmanager
def _process(asked: Asked, streams: Streams) -> "Iterator[tuple[subprocess.Popen[bytes], int]]":
    with _request(asked) as request:
        status, told = os.pipe()
        try:
            process = subprocess.Popen(  # noqa: S603 - Python itself
                [sys.executable, "-I", "-S", "-c", _START, str(request), str(told)],
                stdin=streams.stdin,
                stdout=streams.stdout,
                stderr=streams.stderr,
                env={"PATH": os.environ.get("PATH", os.defpath)},
                pass_fds=(request, told),
                start_new_session=streams is not TERMINAL,  # of which Ctrl-C reaches who reads
            )
        finally:
            os.close(told)
    try:
        yield process, status
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        process.wait()
        os.close(status)


@contextmanager
def _request(asked: Asked) -> Iterator[int]:
    """An open file that nobody else can read."""
    file = os.memfd_create("envc-request", os.MFD_CLOEXEC)
    try:
        with open(file, "wb", closefd=False) as written:
            written.write(json.dumps(sys.path).encode() + b"\n" + pickle.dumps(asked))
        os.lseek(file, 0, os.SEEK_SET)
        yield file
    finally:
        os.close(file)


def _read(status: int) -> dict[str, Any]:
    data = b""
    while chunk := os.read(status, 1 << 16):
        data += chunk
    found: dict[str, Any] = json.loads(data) if data else {}
    return found
