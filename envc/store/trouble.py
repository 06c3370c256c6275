"""What is said when the disk says no."""

import errno
import os

from envc.facts.problem import Problem
from envc.store.amounts import amount

ELSEWHERE = "free some of it, or name a folder on another disk with `ENVC_STORE`"


class NotStoredError(OSError):
    """Something could not be put into the store; `problem` is the sentence for people."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(errno.EIO, problem.message)
        self.problem = problem


def of_disk(error: OSError, folder: str, what: str, needed: int | None) -> Problem:
    """`what` needed so many bytes more in the folder, and the disk answered with this error."""
    much = "" if needed is None else f" {amount(needed)}"
    match error.errno:
        case errno.ENOSPC:
            message = (
                f"the disk of `{folder}` is full: {what} needs{much or ' more'}{_free(folder)}"
            )
            return Problem(message, ELSEWHERE)
        case errno.EDQUOT:
            message = f"your quota on the disk of `{folder}` is used up: {what} needs{much}"
            return Problem(message, ELSEWHERE)
        case errno.EROFS:
            message = f"`{folder}` is on a disk that is read-only: {what} cannot be kept there"
            return Problem(message, "name a folder that you may write with `ENVC_STORE`")
        case errno.EACCES | errno.EPERM:
            where = error.filename if isinstance(error.filename, str) else folder
            message = f"`{where}` may not be written: {what} cannot be kept there"
            return Problem(message, "name a folder that you may write with `ENVC_STORE`")
        case _:
            reason = error.strerror or str(error)
            return Problem(f"{what} cannot be kept in `{folder}`: {reason.lower()}")


def _free(folder: str) -> str:
    try:
        disk = os.statvfs(folder)
    except OSError:
        return ""
    return f", {amount(disk.f_bavail * disk.f_frsize)} are free"
