"""Asks a program something short, and never waits longer for it than it is worth."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from envc.engines.model import Version
from envc.facts.problem import Problem

PATIENCE = 5.0
"""Seconds. A daemon that is dead makes its programs wait for good."""
_VERSIONS = (re.compile(r"\d+(?:\.\d+)+"), re.compile(r"(?<=\s)\d+(?=\s|$)"))
"""With points where there are some: `1.28.2`, or else `240`."""


class Said(NamedTuple):
    code: int
    text: str
    """Both streams, in the order in which it printed them."""


def program(name: str) -> str | None:
    """Its path. Where the administrator's programs lie is not on everybody's path."""
    places = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"))
    return shutil.which(name, path=places)


def ask(
    words: Sequence[str],
    *,
    variables: Mapping[str, str] | None = None,
    patience: float = PATIENCE,
) -> Said | Problem:
    name = os.path.basename(words[0])
    environ = {**os.environ, "LC_ALL": "C.UTF-8", **(variables or {})}
    try:
        process = subprocess.Popen(  # noqa: S603 - words, no shell
            words,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # what it starts itself has to end with it
        )
    except OSError as error:
        return Problem(f"`{name}` cannot be started: {(error.strerror or str(error)).lower()}")
    with process:
        try:
            output, _ = process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            return Problem(f"`{' '.join([name, *words[1:]])}` does not answer")
    return Said(process.returncode, output.decode(errors="replace").strip())


def version(text: str) -> str | None:
    """The first of a text that looks like one."""
    for known in _VERSIONS:
        if found := known.search(text):
            return found[0]
    return None


def numbers(version: str) -> Version:
    return tuple(map(int, version.split(".")))
