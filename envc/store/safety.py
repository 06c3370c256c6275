"""Whether a store's folders are the user's alone, so that nobody else decides what is in them."""

import os
import stat

from envc.facts.problem import Problem

_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def refusal(folder: str) -> Problem | None:
    """Why a store's folder is not used. Its own path may hold links: homes on clusters do."""
    try:
        found = os.stat(folder)
    except FileNotFoundError:
        return None
    except OSError as error:
        return Problem(f"`{folder}` cannot be used as a store: {(error.strerror or '').lower()}")
    return _judged(folder, found)


def refusal_inside(folder: str) -> Problem | None:
    """Why a folder in a store is not used: there, a link is never followed."""
    try:
        found = os.lstat(folder)
    except FileNotFoundError:
        return None
    return _judged(folder, found)


def make_folder(path: str) -> None:
    """For the user alone, and so are the folders above it that are not there yet."""
    above = os.path.dirname(path)
    if above and not os.path.isdir(above):
        make_folder(above)
    try:
        os.mkdir(path, 0o700)
    except FileExistsError:
        return


def _judged(folder: str, found: os.stat_result) -> Problem | None:
    if stat.S_ISLNK(found.st_mode):
        return Problem(
            f"`{folder}` is a symbolic link, and inside a store none is followed",
            "remove it; the store itself may be a link to another disk",
        )
    if not stat.S_ISDIR(found.st_mode):
        return Problem(f"`{folder}` is not a folder", "name another one with `ENVC_STORE`")
    if found.st_uid != os.geteuid():
        return Problem(
            f"`{folder}` belongs to another user, who could change what is in it",
            "read it as a mirror with `ENVC_MIRROR`, and name a folder of yours with `ENVC_STORE`",
        )
    if found.st_mode & _OTHERS_WRITE:
        return Problem(
            f"`{folder}` may be written by other users, who could change what is in it",
            f"take that away with `chmod go-w {folder}` and run `envc mirror verify`",
        )
    return None
