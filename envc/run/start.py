"""Starts a job here by the script that `emit local` writes, and hears how it ends."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType

from envc.jobs import script, starting
from envc.jobs.backend import backend
from envc.jobs.batch import Batch
from envc.jobs.model import IMAGES, INDEX, TARGET, Job
from envc.jobs.script import Dialect
from envc.run.wanted import SCHEDULER
from envc.runtimes.model import Variable, Word, runtime

_FORWARDED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def start(job: Job, image: str) -> int:
    """The program's exit code, 128 more than the signal that ended it."""
    with tempfile.TemporaryDirectory(prefix="envc-run-") as folder:
        path = os.path.join(folder, f"{job.run or 'program'}.sh")
        with open(path, "w", encoding="utf-8", errors="surrogateescape") as file:
            file.write(script.text(job, _dialect(job)))
        if runtime(job.runtime).takes in ("file", "folder"):
            os.symlink(os.path.abspath(image), os.path.join(folder, _name(job)))
        return _run(["sh", path], {**os.environ, IMAGES: folder})


def _name(job: Job) -> str:
    """What the script looks for."""
    file = job.images[0].file
    return file if runtime(job.runtime).takes == "file" else file.removesuffix(".sif")


def _dialect(job: Job) -> Dialect:
    of = backend(SCHEDULER)
    if not isinstance(of, Batch):
        raise TypeError(f"{of.name} makes no script")
    is_shown = sys.stdin.isatty() and sys.stdout.isatty()
    return replace(of.dialect(job), terminal=is_shown)


# ---- the process ---------------------------------------------------------------------------------


def _run(words: Sequence[str], variables: Mapping[str, str]) -> int:
    # At a terminal, its keys reach all that is started here; elsewhere, what envc is sent.
    is_alone = not sys.stdin.isatty()
    process = subprocess.Popen(  # noqa: S603 - words, no shell but that of the script
        words, env=variables, process_group=0 if is_alone else None
    )
    with process, _forwarding(process, to_all=is_alone):
        code = process.wait()
    return code if code >= 0 else 128 - code


@contextmanager
def _forwarding(process: "subprocess.Popen[bytes]", *, to_all: bool) -> Iterator[None]:
    def forward(number: int, _: FrameType | None) -> None:
        if process.returncode is None:
            if to_all:
                os.killpg(process.pid, number)
            elif number != signal.SIGINT:
                process.send_signal(number)

    before = {each: signal.signal(each, forward) for each in _FORWARDED}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


# ---- as words ------------------------------------------------------------------------------------


def lines(job: Job, image: str, folder: str) -> Iterator[tuple[Word, ...]]:
    """What is started: for each number of an array; variables are left that only the job knows."""
    numbers = job.array.value.numbers if job.array is not None else (0,)
    place = os.path.join(folder, job.workdir.value) if job.workdir is not None else folder
    for number in numbers:
        known = {
            "image": image,
            "PWD": place,
            INDEX: str(number),
            TARGET: job.images[0].target,
            "ENVC_NODES": "1",
            "ENVC_TASKS": str(job.shape.tasks),
            "ENVC_CPUS": str(job.shape.cpus_per_task),
            "ENVC_GPUS": str(job.shape.gpus_per_node),
            "OMP_NUM_THREADS": str(job.shape.cpus_per_task),
        }
        yield tuple(_filled(word, known) for word in starting.command(job, _dialect(job)))


def texts(line: Sequence[Word]) -> Iterator[str]:
    """As a program is given them."""
    for word in line:
        yield "".join(f"${part.name}" if isinstance(part, Variable) else part for part in word)


def _filled(word: Word, known: Mapping[str, str]) -> Word:
    parts = [known.get(p.name, p) if isinstance(p, Variable) else p for p in word]
    joined: list[str | Variable] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return tuple(joined)
