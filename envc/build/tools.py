"""A workshop: the tools of the lock, unpacked, so that no program of the machine has a say."""

import os
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import replace
from threading import Lock
from typing import IO

from envc.build import cache, unpack
from envc.build.bench import Bench
from envc.build.entering import Streams, call, enter
from envc.build.inputs import shelf
from envc.build.room import TEMPORARY, Bind, Call, Devices, Memory, Mount, Processes, Program, Room
from envc.facts.problem import Problem
from envc.plan import roots
from envc.plan.model import Plan, Root, Variables, Words

VARIABLES = (
    ("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"),
    ("HOME", "/root"),
    ("LC_ALL", "C.UTF-8"),
    ("TZ", "UTC"),
)
_SEEN = ("dev", "in", "opt/envc", "out", "proc", "tmp")
"""Folders of its root on which something can be mounted."""
_ALWAYS: tuple[Mount, ...] = (Processes(), Devices(), Memory(TEMPORARY))


class Tools:
    """A `Workshop`. Its root is read-only: what runs in it changes it for nobody."""

    def __init__(self, bench: Bench, plan: Plan) -> None:
        self.bench = bench
        self._plan = plan
        self._root: str | Problem | None = None
        self._opening = Lock()

    def root(self) -> str | Problem:
        """Its path; where all is built already, nobody asks for it."""
        with self._opening:
            if self._root is None:
                self._root = _root(self.bench, self._plan)
            return self._root

    def run(
        self,
        words: Words,
        *,
        stdin: IO[bytes] | None = None,
        stdout: IO[bytes] | None = None,
        folders: Mapping[str, str] | None = None,
        variables: Variables = (),
    ) -> int:
        mounts = [Bind(path, name, writable=True) for path, name in (folders or {}).items()]
        quiet = subprocess.DEVNULL
        streams = Streams(stdin or quiet, stdout or quiet)
        ended = self.start(words, variables, mounts, streams)
        if isinstance(ended, Problem):
            self.bench.show.tells(ended.message)
            return 126
        return ended

    def start(
        self,
        words: Words,
        variables: Variables,
        mounts: Iterable[Mount],
        streams: Streams,
        room: Room | None = None,
    ) -> int | Problem:
        """The same with all mounts that there are, in a room of other conditions."""
        root = self.root()
        if isinstance(root, Problem):
            return root
        made = replace(room or Room(), root=root, writable=False, mounts=(*_ALWAYS, *mounts))
        program = Program(words, (*VARIABLES, *variables))
        return enter(made, program, self.bench.identities, streams)


def present(root: Root | None) -> Root:
    """Of a plan that is made of packages of Debian."""
    if root is None:
        raise ValueError("a plan of another origin is not built here")
    return root


def key(plan: Plan) -> str:
    return cache.key(tools=roots.packages(present(plan.tools_root)), seen=_SEEN)


def _root(bench: Bench, plan: Plan) -> str | Problem:
    made = key(plan)
    with cache.alone(bench, made):
        return cache.tree(bench, made) or _made(bench, present(plan.tools_root), made)


def _made(bench: Bench, root: Root, key: str) -> str | Problem:
    with bench.show.row("the tools that make images", None):
        packages = shelf(bench, root)
        if isinstance(packages, Problem):
            return packages
        folder = os.path.join(bench.folder("tools", "root"), "root")
        given = (folder, packages.folder, packages.names, _SEEN)
        problem = call(Room(), Call(unpack.packages, given), bench.identities)
        if problem is not None:
            return problem
        return cache.keep_tree(bench, key, folder, {})
