"""envc hands jobs to schedulers that really run, and hears what becomes of them.

A lab is a site that is reached by ssh, but that its `ssh` is a door into the lab instead: what runs
in it, and how the words arrive there, is the same.
"""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from tests.schedulers.lab import USER, Lab

pytestmark = [pytest.mark.tool("mmdebstrap")]

SSH = """\
#!/bin/sh
while [ "$1" != -- ]; do shift; done
exec nsenter --target={process} --mount --uts --ipc --net --pid \\
  env -i LANG=C.UTF-8 HOME=/home/user USER=user LOGNAME=user SGE_ROOT=/var/lib/gridengine \\
  SGE_QMASTER_PORT=6444 SGE_EXECD_PORT=6445 \\
  PATH=/usr/local/bin:/usr/bin:/bin \\
  setpriv --reuid={user} --regid={user} --init-groups sh -c 'cd && exec sh -c "$1"' ssh "$3"
"""
OVER = {"done", "failed", "cancelled", "timed out"}


@dataclass(frozen=True, slots=True)
class Desk:
    """A folder with the lab's spec and its lock, away from the lab."""

    folder: Path

    def envc(self, *words: str, code: int = 0) -> str:
        variables = {**os.environ, "PATH": f"{self.folder}:{os.environ['PATH']}"}
        done = subprocess.run(
            [sys.executable, "-m", "envc", *words],
            cwd=self.folder, env=variables, capture_output=True, text=True, check=False,
            timeout=120,
        )  # fmt: skip
        assert done.returncode == code, (words, done.stdout, done.stderr)
        return done.stdout

    def submit(self, run: str, *words: str) -> str:
        """Its id."""
        said = self.envc("submit", "lab.envc", run, "--site", "lab", "--json", *words)
        return str(json.loads(said)["jobs"][-1]["id"])

    def jobs(self, *words: str) -> dict[str, dict[str, Any]]:
        """What is known of each, by its id."""
        return {
            each["id"]: each for each in json.loads(self.envc("status", "--json", *words))["jobs"]
        }

    def end(self, *jobs: str, states: set[str] = OVER) -> list[tuple[str, int | None]]:
        """Of all of them, asked for at once: each question takes as much work as many jobs."""
        limit = time.monotonic() + 120
        while any((found := self.jobs())[job]["state"] not in states for job in jobs):
            assert time.monotonic() < limit, found
            time.sleep(2)
        return [(found[job]["state"], found[job]["code"]) for job in jobs]


def desk(lab: Lab, folder: Path) -> Desk:
    text = (lab.folder / "lab.envc").read_text()
    (folder / "lab.envc").write_text(text.replace("site lab {", 'site lab {\n  login "lab"'))
    (folder / "envc.lock").write_bytes((lab.folder / "envc.lock").read_bytes())
    copytree(lab.folder / "src", folder / "src")
    (folder / "ssh").write_text(SSH.format(process=lab.process, user=USER))
    (folder / "ssh").chmod(0o755)
    return Desk(folder)


def follow(desk: Desk) -> None:
    """Of each kind of job what it says at its end, all of them at once."""
    endless, plain, numbers, failing = map(desk.submit, ("endless", "plain", "numbers", "failing"))
    ends = desk.end(plain, failing, numbers)
    assert ends == [("done", None), ("failed", 7), ("done", None)]
    assert "[one]\n[two  words]\n[$HOME]\n" in desk.envc("logs", plain)
    told = desk.envc("logs", "--follow", numbers)
    assert all(f"[{number}]" in told for number in (1, 3, 5, 7))
    desk.end(endless, states={"running"})
    desk.envc("cancel", endless)
    assert desk.end(endless) == [("cancelled", None)]
    desk.envc("cancel", endless, code=1)
    lose_the_answer(desk)


def lose_the_answer(desk: Desk) -> None:
    """A job is found by its name, where neither the record nor its folder has its number."""
    job = desk.submit("endless")
    number = desk.jobs(job)[job]["number"]
    ssh = [str(desk.folder / "ssh"), "--", "lab", f"rm .envc/jobs/{job}/handed-in"]
    subprocess.run(ssh, check=True)
    forget(desk.folder / "envc.jobs", job)
    assert desk.jobs(job)[job]["number"] == number
    desk.envc("cancel", job)


def forget(record: Path, job: str) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(record)) as base, base:
        base.execute("update jobs set number = '' where id = ?", (job,))


@pytest.mark.parametrize(
    "slurm",
    [
        pytest.param(suite, marks=pytest.mark.xdist_group(f"slurm-{suite}"))
        for suite in ("bookworm", "trixie")
    ],
    indirect=True,
)
def test_slurm(slurm: Lab, tmp_path: Path) -> None:
    here = desk(slurm, tmp_path)
    follow(here)
    later = here.submit("later")
    never = here.submit("later", "--after", here.submit("failing"))
    assert here.end(later, never) == [("done", None), ("cancelled", None)]


@pytest.mark.xdist_group("sge")
def test_sge(sge: Lab, tmp_path: Path) -> None:
    follow(desk(sge, tmp_path))


@pytest.mark.xdist_group("oar")
def test_oar(oar: Lab, tmp_path: Path) -> None:
    follow(desk(oar, tmp_path))


@pytest.mark.xdist_group("htcondor")
def test_htcondor(htcondor: Lab, tmp_path: Path) -> None:
    follow(desk(htcondor, tmp_path))
