"""Runs envc as people do: a process of its own, in a folder of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    def __str__(self) -> str:
        """All that a person sees, for snapshots."""
        return f"exit {self.code}\n--- stdout\n{self.out}--- stderr\n{self.err}"


Run = Callable[..., Ran]
ENVC = (sys.executable, "-m", "envc")
KEPT = ("PATH", "PYTHONPATH", "COVERAGE_PROCESS_START")


@pytest.fixture
def envc(tmp_path: Path) -> Run:
    def run(*argv: str, stdin: bytes = b"", **environ: str) -> Ran:
        done = subprocess.run(
            [*ENVC, *argv],
            cwd=tmp_path,
            env=environment(**environ),
            input=stdin,
            capture_output=True,
            timeout=60,
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


def environment(**more: str) -> dict[str, str]:
    """Nothing of the person who runs the tests: no colour, no locale."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {**kept, "PYTHONUTF8": "1", **more}


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., "subprocess.Popen[bytes]"]:
    """Starts envc and leaves it running, for signals and pipes."""

    def begin(
        *argv: str, stdin: int | None = None, stdout: int | None = None, stderr: int | None = None
    ) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [*ENVC, *argv],
            cwd=tmp_path,
            env=environment(),
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
        )

    return begin
