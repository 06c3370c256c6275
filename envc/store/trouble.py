"""What is said when the disk says no."""

import errno
import os

from envc.facts.problem import Problem
from envc.store.amounts import amount


class NotStoredError(OSError):
    """Something could not be put into the store; `problem` is the sentence for people."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(errno.EIO, problem.message)
        self.problem = problem


def of_disk(
    error: OSError,
    folder: str,
    what: str,
    needed: int | None,
    other: str = "name another folder with `ENVC_STORE`",
) -> Problem:
    """`what` has so many bytes to be put into the folder, and the disk answered with this error."""
    much = amount(needed) if needed is not None else "more"
    match error.errno:
        case errno.ENOSPC:
            message = f"the disk of `{folder}` is full: {what} needs {much}{_free(folder)}"
            return Problem(message, f"make room on it, or {other}")
        case errno.EDQUOT:
            message = f"your quota on the disk of `{folder}` is used up: {what} needs {much}"
            return Problem(message, f"make room in it, or {other}")
        case errno.EROFS:
            return Problem(f"`{folder}` can only be read: {what} cannot be kept there", other)
        case errno.EACCES | errno.EPERM:
            where = error.filename if isinstance(error.filename, str) else folder
            return Problem(f"`{where}` is not yours to write: {what} cannot be kept there", other)
        case _:
            reason = error.strerror or str(error)
            return Problem(f"{what} cannot be kept in `{folder}`: {reason.lower()}", other)


def _free(folder: str) -> str:
    try:
        disk = os.statvfs(folder)
    except OSError:
        return ""
    return f", and {amount(disk.f_bavail * disk.f_frsize)} are free"
