"""Any other commit of Guix: a Guix that is installed here fetches it and is asked.

This touches the world: it starts `guix time-machine`, which may build for an hour the first time
it meets a commit. What it said is kept, for a commit never changes.
"""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from hashlib import sha256

from envc.facts.problem import Problem
from envc.guix.channels import DEFAULT, Channel, scheme
from envc.guix.index import GuixIndex
from envc.guix.told import tables

_TELL = os.path.join(os.path.dirname(__file__), "scheme", "tell.scm")
INSTALL = "`apt-get install guix`, or https://guix.gnu.org/en/download/"

Tuning = tuple[str, str]
"""A system and the name of a CPU."""


def ask(
    channels: Sequence[Channel],
    names: Iterable[str],
    systems: Iterable[str],
    tunings: Iterable[Tuning] = (),
    *,
    keep: str,
) -> GuixIndex | Problem:
    """An index of the named packages alone, as these channels define them.

    `keep` is the folder that what Guix said is kept in.
    """
    if all(each.name != DEFAULT.name for each in channels):
        return Problem("the channels lack Guix' own, which the others build on")
    words = [
        ",".join(sorted(set(systems))) or "-",
        ",".join(sorted({f"{system}={name}" for system, name in tunings})) or "-",
        *sorted(set(names)),
    ]
    said = _kept_or_asked(scheme(channels), words, keep)
    if isinstance(said, Problem):
        return said
    told = tables(said.splitlines())
    return GuixIndex(tuple(channels), told.packages, told.paths)


def _kept_or_asked(channels: str, words: list[str], keep: str) -> str | Problem:
    with open(_TELL, "rb") as file:
        question = json.dumps([channels, words, sha256(file.read()).hexdigest()])
    folder = os.path.join(keep, "guix")
    path = os.path.join(folder, sha256(question.encode()).hexdigest() + ".jsonl")
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        pass
    os.makedirs(folder, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as work:
        said = _ask(channels, words, work)
        if isinstance(said, str):
            spare = os.path.join(work, "said")
            with open(spare, "w", encoding="utf-8") as file:
                file.write(said)
            os.replace(spare, path)
    return said


def _ask(channels: str, words: list[str], work: str) -> str | Problem:
    guix = shutil.which("guix")
    if guix is None:
        return Problem("Guix is not installed here", f"{INSTALL}; Guix 1.5.0 needs none")
    defined = os.path.join(work, "channels.scm")
    with open(defined, "w", encoding="utf-8") as file:
        file.write(channels)
    command = [guix, "time-machine", "-C", defined, "--", "repl", "--", _TELL, *words]
    # Guix must say what is wrong in English to be understood.
    environ = {**os.environ, "LC_ALL": "C.UTF-8"}
    ran = subprocess.run(  # noqa: S603 - words, no shell
        command, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    return ran.stdout if ran.returncode == 0 else _refused(ran.stderr)


_REASONS = (
    ("object not found", "the channel has no such commit", "`git log` in it names those it has"),
    (
        "failed to connect to",
        "guix-daemon does not answer",
        "`systemctl start guix-daemon` starts it",
    ),
    ("getaddrinfo", "the channel's server is out of reach", "try again with a network"),
    ("failed to resolve", "the channel's server is out of reach", "look at the channel's URL"),
    ("cannot travel past", "Guix goes back to version 1.0 of May 2019 and no further", ""),
)


def _refused(said: str) -> Problem:
    """In our words where Guix' reason is a known one, else in Guix'."""
    for sign, reason, advice in _REASONS:
        if sign in said:
            return Problem(f"`guix time-machine` failed: {reason}", advice)
    errors = [line for line in said.splitlines() if ": error: " in line]
    last = errors[-1].partition(": error: ")[2] if errors else (said.split("\n") or [""])[-1]
    return Problem(f"`guix time-machine` failed: {last.strip() or 'it does not say why'}")
