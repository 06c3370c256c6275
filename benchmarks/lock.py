# ruff: noqa: INP001, S101, S603, T201 - a script that prints, not a package
"""What `envc lock` costs: five applications for three targets, beside apt-get on the same sets.

    python benchmarks/lock.py

Cold is with an empty store, from this machine's own mirror; warm, with its indexes in the store and
no lock; fresh, `lock --check` of what was just locked; small, the same of `examples/heat2d`, beside
the start of Python itself. apt-get, with its caches made, is asked for
the names of each application on each architecture, once for all targets of it.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from envc.lock.model import Lock, LockedEnvironment
from envc.lock.text import read
from tests.debian_suites import own_apt
from tests.own_apt import mirror

SPEC = Path(__file__).with_name("five.envc")
SMALL = SPEC.parent.parent / "examples" / "heat2d" / "heat2d.envc"
ENVC = (sys.executable, "-m", "envc", "--quiet")
TIMES = 9


class Cost(NamedTuple):
    cpu: float
    """Seconds, of the program and of what it starts."""
    wall: float
    peak: float
    """MiB."""


def cost(words: Sequence[str], folder: Path) -> Cost:
    environ = {**os.environ, "ENVC_STORE": f"{folder}-store", "ENVC_DEBIAN_MIRROR": mirror()}
    before = time.perf_counter()
    started = subprocess.Popen(words, cwd=folder, env=environ)
    _, status, used = os.wait4(started.pid, 0)
    wall = time.perf_counter() - before
    assert os.waitstatus_to_exitcode(status) == 0, words
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


def median(work: Callable[[], Cost]) -> Cost:
    found = [work() for _ in range(TIMES)]
    return Cost(*(statistics.median(each) for each in zip(*found, strict=True)))


def sets(lock: Lock) -> Iterator[tuple[LockedEnvironment, list[str]]]:
    """What each application asks a release for, by its names there."""
    components = {str(each): each for each in lock.components}
    for environment in lock.environments:
        asked = [components[each] for each in environment.components]
        yield environment, sorted({name for each in asked for name in (*each.build, *each.run)})


def apt(lock: Lock, folder: Path) -> float:
    """Seconds of CPU that apt-get takes for all of it."""
    apts, took = {}, 0.0
    for environment, names in sets(lock):
        suite = environment.origin.partition("/")[2]
        world = (suite, environment.architecture)
        if world not in apts:
            apts[world] = own_apt(folder / "-".join(world), *world)
        before = sum(os.times()[2:4])
        assert apts[world].simulate(*names), names
        took += sum(os.times()[2:4]) - before
    return took


def told(name: str, each: Cost) -> None:
    print(f"{name:6} {each.cpu:7.2f} s CPU {each.wall:7.2f} s {each.peak:5.0f} MiB")


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "code"
        folder.mkdir()
        shutil.copy(SPEC, folder)
        (folder / "main.c").write_text("int main(void) { return 0; }\n")
        lock = folder / "envc.lock"

        def locks() -> Cost:
            lock.unlink(missing_ok=True)
            return cost([*ENVC, "lock", SPEC.name], folder)

        told("cold", locks())
        warm = median(locks)
        told("warm", warm)
        told("fresh", median(lambda: cost([*ENVC, "lock", "--check", SPEC.name], folder)))
        small = median(lambda: cost([*ENVC, "lock", "--check", str(SMALL)], folder))
        start = median(lambda: cost([sys.executable, "-c", "pass"], folder))
        told("small", small)
        print(
            f"{'python':6} {start.cpu:7.2f} s CPU: small is {small.cpu / start.cpu:.0f} times that"
        )
        found = read(lock.read_text())
        assert isinstance(found, Lock)
        theirs = apt(found, Path(place))
        count = len(found.environments)
        print(f"{'apt':6} {theirs:7.2f} s CPU for {count} sets: {theirs / warm.cpu:.1f} times warm")


if __name__ == "__main__":
    main()
