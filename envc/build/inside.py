"""The process that makes a room and is in it, which `entering` starts.

It has three generations. The first leaves the machine's namespaces and waits; the second, the first
process of the room, mounts what is to be seen and takes in orphans; the third is the task.
"""

import json
import os
import pickle
import resource
import select
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, NoReturn

from envc.build import mounts, syscalls
from envc.build.room import Asked, Call, Identities, Program, Refusal, Room, Stage, Task
from envc.facts.problem import Problem

_NAMESPACES = (
    syscalls.NEW_MOUNTS
    | syscalls.NEW_PROCESSES
    | syscalls.NEW_NETWORK
    | syscalls.NEW_HOST_NAME
    | syscalls.NEW_IPC
)
_KEPT = frozenset({0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 18, 29, 31})
"""Capabilities of root over files and processes of its own: no device, no mount, no kernel."""


class RefusedError(Exception):
    def __init__(self, stage: Stage, error: OSError) -> None:
        path = error.filename if isinstance(error.filename, str) else ""
        self.refusal = Refusal(stage, error.errno or 0, path)


@contextmanager
def _stage(name: Stage) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RefusedError(name, error) from error


def main(request: IO[bytes], status: int) -> NoReturn:
    os.umask(0o022)
    with request:
        asked: Asked = pickle.load(request)  # noqa: S301 - of the process that started this one
    os.set_inheritable(status, False)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of a terminal: it is for the task
    _end(lambda: _first(asked, status), status)


def _end(work: Callable[[], int], status: int) -> NoReturn:
    """No generation returns into the code of the one before."""
    code = 1
    try:
        code = work()
    except RefusedError as error:
        os.write(status, json.dumps({"refusal": error.refusal}).encode())
    except BaseException:  # noqa: BLE001 - told to who waits for it
        os.write(status, json.dumps({"bug": traceback.format_exc()}).encode())
    finally:
        os._exit(code)


# ---- outside the room ----------------------------------------------------------------------------


def _first(asked: Asked, status: int) -> int:
    _die_with(asked.parent)
    if asked.identities is not None:
        with _stage(Stage.USERS):
            _become(asked.identities)
        _die_with(asked.parent)
    with _stage(Stage.NAMESPACES):
        syscalls.unshare(_NAMESPACES)
    alive, held = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(held)
        _end(lambda: _second(asked, alive, status), status)
    os.close(alive)
    return _code(os.waitpid(child, 0)[1])


def _die_with(parent: int) -> None:
    syscalls.die_with_parent()
    if os.getppid() != parent:
        os._exit(1)


def _become(identities: Identities) -> None:
    """Root of its own users, who are others outside; somebody outside has to say who."""
    made, make = os.pipe()
    helper = os.fork()
    if helper == 0:
        os.close(make)
        os.read(made, 1)
        _map(os.getppid(), identities)
    os.close(made)
    try:
        syscalls.unshare(syscalls.NEW_USERS)
    finally:
        os.close(make)
        code = _code(os.waitpid(helper, 0)[1])
    if code:
        raise OSError(code, os.strerror(code), "newuidmap")
    os.setgroups([])
    os.setresgid(0, 0, 0)
    os.setresuid(0, 0, 0)


def _map(process: int, identities: Identities) -> NoReturn:
    """Ends with the number of the error."""
    names = (("uid", identities.users), ("gid", identities.groups))
    code = 0
    try:
        for name, ranges in names:
            if os.geteuid() == 0:
                with open(f"/proc/{process}/{name}_map", "w") as file:
                    file.write("".join(f"{' '.join(map(str, each))}\n" for each in ranges))
            else:
                words = (str(number) for each in ranges for number in each)
                program = f"new{name}map"
                ended = os.spawnlp(  # noqa: S606 - no shell
                    os.P_WAIT, program, program, str(process), *words
                )
                code = code or (2 if ended == 127 else 1 if ended else 0)
    except OSError as error:
        code = error.errno or 1
    finally:
        os._exit(code)


# ---- in the room ---------------------------------------------------------------------------------


def _second(asked: Asked, alive: int, status: int) -> int:
    syscalls.die_with_parent()
    if select.select([alive], [], [], 0)[0]:  # the first one has died already
        return 1
    with _stage(Stage.MOUNTS):
        _furnish(asked.room)
    child = os.fork()
    if child == 0:
        _end(lambda: _third(asked.room, asked.task, status), status)
    while True:
        ended, code = os.wait()
        if ended == child:
            return _code(code)


def _furnish(room: Room) -> None:
    mounts.make_private()
    if room.overlay is not None:
        mounts.lay(room.overlay, room.root)
    if room.root:
        mounts.enclose(room.root, writable=room.writable)
    for each in room.mounts:
        mounts.make(each, room.root)
    syscalls.set_host_name(room.host)
    mounts.raise_loopback()
    if room.root:
        syscalls.change_root(room.root)


def _third(room: Room, task: Task, status: int) -> int:  # noqa: RET503 - `_start` never returns
    os.umask(room.umask)
    if room.processors is not None:
        able = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, able[: room.processors])
    if isinstance(task, Call):
        return _call(task, status)
    _start(room, task)


def _call(call: Call, status: int) -> int:
    with _stage(Stage.TASK):
        found = call.function(*call.given)
    said = {"given": found}
    if isinstance(found, Problem):
        said = {"problem": [found.message, found.help]}
    os.write(status, json.dumps(said).encode())
    return 0


def _start(room: Room, program: Program) -> NoReturn:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with _stage(Stage.START):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _drop_capabilities()
        syscalls.gain_nothing()
        os.chdir(program.folder)
        if room.personality:
            syscalls.set_personality(room.personality)
        os.execvpe(program.words[0], program.words, dict(program.variables))  # noqa: S606 - no shell


def _drop_capabilities() -> None:
    number = 0
    while True:
        try:
            if number not in _KEPT:
                syscalls.drop_capability(number)
        except OSError:  # beyond the last one
            return
        number += 1


def _code(status: int) -> int:
    """As a shell tells it."""
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code
