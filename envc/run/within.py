"""`python -m envc.run.within IMAGE WORKDIR BIND... -- WORD...`: a program within an unpacked image.

It sees the machine's devices, processes, network and `/tmp`, the folders that are bound, and of
other files those of the image, which it cannot change. Nobody's rights but the caller's are needed.
"""

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from envc.build import mounts, syscalls
from envc.build.refused import refused
from envc.build.room import Refusal, Stage
from envc.facts.problem import Problem
from envc.store.progress import tell  # not later: the root is another one then

_OF_NODE = ("/dev", "/proc", "/sys", "/tmp")  # noqa: S108 - as all runtimes show it
_FILES = ("/etc/hosts", "/etc/resolv.conf", "/etc/passwd", "/etc/group")
"""By which a program knows who its user is, and other machines by their names."""
NOT_STARTED = 125
"""As other runtimes end where they could not start anything."""


def main(words: Sequence[str]) -> int:
    end = words.index("--")
    (image, workdir, *binds), program = words[:end], words[end + 1 :]
    for path in (image, *binds):
        if not os.path.isdir(path):
            return _tell(Problem(f"there is no folder `{path}`"))
    stage = Stage.NAMESPACES
    try:
        _leave()
        stage = Stage.MOUNTS
        _furnish(os.path.realpath(image), binds)
        stage = Stage.START
        _start(workdir, program)
    except OSError as error:
        path = error.filename if isinstance(error.filename, str) else ""
        return _tell(refused(Refusal(stage, error.errno or 0, path)))


def _leave() -> None:
    """The user stays who it is: nobody has more rights inside than outside."""
    user, group = os.geteuid(), os.getegid()
    if user == 0:
        syscalls.unshare(syscalls.NEW_MOUNTS)
    else:
        syscalls.unshare(syscalls.NEW_USERS | syscalls.NEW_MOUNTS)
        for name, text in (
            ("setgroups", "deny"),
            ("uid_map", f"{user} {user} 1"),
            ("gid_map", f"{group} {group} 1"),
        ):
            with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
                file.write(text)
    mounts.make_private()


def _furnish(image: str, binds: Sequence[str]) -> None:
    mounts.enclose(image, writable=True)
    for path in (*_OF_NODE, *binds):
        os.makedirs(f"{image}{path}", exist_ok=True)
        syscalls.mount(path, f"{image}{path}", flags=syscalls.BIND | syscalls.RECURSIVE)
    for path in _FILES:
        if os.path.isfile(path) and os.path.isfile(f"{image}{path}"):
            syscalls.mount(path, f"{image}{path}", flags=syscalls.BIND)
    mounts.protect(image)
    syscalls.change_root(image)


def _start(workdir: str, program: Sequence[str]) -> NoReturn:
    os.chdir(workdir)
    syscalls.gain_nothing()
    os.execvp(program[0], [*program])  # noqa: S606 - words, no shell


def _tell(problem: Problem) -> int:
    tell("envc run", problem, sys.stderr)
    return NOT_STARTED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
