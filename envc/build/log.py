"""What programs said while something was made."""

import errno
import os

from envc.facts.problem import Problem
from envc.store.trouble import of_disk

_LINES = 30
_BYTES = 1 << 14
_ROOM = 1 << 20
"""With less, even the log may not say it."""
_FULL = os.strerror(errno.ENOSPC)


def end(path: str) -> str:
    """The last lines, for a terminal."""
    with open(path, "rb") as file:
        file.seek(max(0, os.fstat(file.fileno()).st_size - _BYTES))
        lines = file.read().decode("utf-8", "replace").splitlines()
    return "\n".join(lines[-_LINES:])


def full(path: str, what: str) -> Problem | None:
    """Whether it ended since no room was left: then nothing in the spec is wrong."""
    folder = os.path.dirname(path)
    disk = os.statvfs(folder)
    if _FULL not in end(path) and disk.f_bavail * disk.f_frsize > _ROOM:
        return None
    return of_disk(OSError(errno.ENOSPC, _FULL), folder, what, None)


def unmade(path: str, what: str, code: int) -> Problem:
    """Where no step of a spec was at work."""
    said = end(path)
    last = said.splitlines()[-1:] or [f"it ended with {code}"]
    message = f"{what} could not be made: {last[0]}"
    return full(path, what) or Problem(message, f"all that was said is in `{path}`")
