"""A locked spec whose sites are this machine, and programs that play a scheduler's part."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copytree

import pytest

from tests.debian_suites import STORE
from tests.own_apt import mirror

SPEC = """\
envc 1

app probe@1.0 {
  summary  "Does little"
  license  Apache-2.0
  source   dir "src"
  needs    gcc@12:
  targets  x86_64
  build shell {
    run "true"
    install "probe.sh"
  }
  run plain {
    input    "data"
    command  "sh -c 'cat data; echo wrong >&2; pwd'"
  }
  run slow {
    command  "sleep 60"
  }
  run brief {
    command  "sleep 8"
  }
  run failing {
    command  "sh -c 'exit 7'"
  }
  run late {
    walltime 1 s
    command  "sleep 60"
  }
  run later {
    after    brief
    command  "echo later"
  }
  run never {
    after    failing
    command  "echo never"
  }
  run lost {
    input    "nothing"
    command  "true"
  }
  run outside {
    input    "../data"
    command  "true"
  }
  run below {
    input    "data"
    workdir  "deep/down"
    command  "cat data"
  }
  run numbers {
    array    1..5 step 2
    command  "echo number {index}"
  }
}

site here {
  scheduler local
  runtime none
}

site boxed {
  scheduler local
  runtime apptainer
}

site shared {
  scheduler local
  runtime apptainer
  images "registry.example.org/physics"
}

site far {
  scheduler local
  runtime none
  login "far"
}

site swarm {
  scheduler compose
  runtime docker
}

site cluster {
  scheduler slurm
  runtime none
}
"""


@dataclass(frozen=True, slots=True)
class Desk:
    """A folder with a spec, and a home folder, in which jobs are."""

    folder: Path
    home: Path
    programs: Path
    """Those in it come before all others."""

    def variables(self) -> dict[str, str]:
        return {
            **os.environ,
            "HOME": str(self.home),
            "PATH": f"{self.programs}:{os.environ['PATH']}",
            "ENVC_STORE": str(STORE),
            "ENVC_DEBIAN_MIRROR": mirror(),
        }

    def words(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "envc", *words]

    def envc(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            self.words(*words),
            cwd=self.folder, env=self.variables(), capture_output=True, text=True, check=False,
            timeout=60,
        )  # fmt: skip

    def say(self, *words: str) -> str:
        done = self.envc(*words)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return done.stdout

    def submit(self, run: str, site: str = "here", *words: str) -> str:
        said = self.say("submit", "probe.envc", run, "--site", site, "--quiet", *words)
        return said.splitlines()[-1]

    def state(self, job: str) -> str:
        """The words behind its id, its run and its site."""
        return self.say("status", job).split(maxsplit=3)[3].strip()

    def becomes(self, job: str, state: str, seconds: int = 20) -> None:
        end = time.monotonic() + seconds
        while not (found := self.state(job)).startswith(state):
            assert time.monotonic() < end, found
            time.sleep(0.1)

    def plays(self, program: str, script: str) -> None:
        path = self.programs / program
        path.write_text(f"#!/bin/sh\n{script}")
        path.chmod(0o755)

    def job(self, job: str) -> Path:
        return self.home / ".envc" / "jobs" / job


@pytest.fixture(scope="session")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("locked")
    (folder / "src").mkdir()
    (folder / "src" / "probe.sh").write_text("exit 0\n")
    (folder / "probe.envc").write_text(SPEC)
    (folder / "data").write_text("data of the spec\n")
    desk = Desk(folder, folder, folder)
    desk.say("lock", "probe.envc")
    return folder


@pytest.fixture
def desk(locked: Path, tmp_path: Path) -> Desk:
    for name in ("home", "programs"):
        (tmp_path / name).mkdir()
    copytree(locked, tmp_path / "spec")
    return Desk(tmp_path / "spec", tmp_path / "home", tmp_path / "programs")


@pytest.fixture
def another(desk: Desk) -> Callable[[str], Desk]:
    """The same folder, and the home of another machine."""

    def make(home: str) -> Desk:
        path = desk.home.parent / home
        path.mkdir()
        return replace(desk, home=path)

    return make
