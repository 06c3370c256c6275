"""A shell in the place of a step that failed, for who asked for it."""

import signal
import sys
from typing import IO

from envc.build.bench import Bench
from envc.build.entering import TERMINAL, enter
from envc.build.room import Program, Room
from envc.facts.problem import Problem


class Stuck:
    """Keeps the first place that it is told of."""

    def __init__(self, bench: Bench, *, wanted: bool) -> None:
        self._bench = bench
        self._wanted = wanted
        self._place: tuple[Room, Program] | None = None

    def __call__(self, room: Room, shell: Program) -> None:
        self._place = self._place or (room, shell)

    def open(self, stdin: IO[str]) -> None:
        """Ctrl-C is the shell's alone, while it is open."""
        if self._place is None or not self._wanted:
            return
        if not stdin.isatty():
            self._bench.show.tells("`--debug` opens a shell on a terminal, and this is none")
            return
        print("envc build: a shell where it failed; `exit` leaves it", file=sys.stderr)  # noqa: T201
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            ended = enter(*self._place, self._bench.identities, TERMINAL)
        finally:
            signal.signal(signal.SIGINT, before)
        if isinstance(ended, Problem):
            self._bench.show.tells(ended.message)
