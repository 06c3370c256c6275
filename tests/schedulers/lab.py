"""A scheduler that really runs, in a Debian of its own, and a spec whose jobs it is given."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from envc.images import canonical, flatten
from tests.conftest import missing
from tests.debian_suites import STORE
from tests.own_apt import mirror
from tests.schedulers.runs import APART, DATA, Asked

LABS = Path(__file__).parent / "labs"
CHROOTS = Path("/var/tmp/envc-chroots")
SLURM = "slurmctld,slurmd,slurm-client,munge,libpmix-dev"
OTHERS = "charliecloud-runtime,openmpi-bin,libopenmpi-dev,gcc,libc6-dev"
PACKAGES = {
    "bookworm": f"{SLURM},gridengine-master,gridengine-exec,gridengine-client,"
    f"postgresql,oar-server,oar-server-pgsql,oar-node,oar-user,oar-user-pgsql,{OTHERS}",
    "trixie": f"{SLURM},minicondor,{OTHERS}",
}
USER = 1000
TARGETS = ("x86_64", "x86_64_v2")
READY = 120
"""Seconds that a scheduler may take to start on a busy machine."""
PATIENCE = 180
"""And jobs, one behind the other."""

APP = """\
envc 1

app probe@1.0 {{
  summary  "Says what a job was given"
  license  Apache-2.0
  source   dir "src"
  needs {{
    gcc@12:  from debian/bookworm
    openmpi@4.1:
  }}
  targets  {targets}
  build shell {{
    run "mpicc -o probe probe.c"
    install "probe"
  }}
{runs}
}}
"""


@dataclass(frozen=True, slots=True)
class Lab:
    folder: Path
    """`/work` in the lab."""
    process: int
    """The first of the lab's processes."""
    jobs: Path
    """What envc compiled for this scheduler."""

    def run(self, *words: str, user: int = USER) -> "subprocess.CompletedProcess[str]":
        """A program in the lab, in the folder of the jobs."""
        inside = Path("/work") / self.jobs.relative_to(self.folder)
        return subprocess.run(
            [
                "nsenter", f"--target={self.process}",
                "--mount", "--uts", "--ipc", "--net", "--pid",
                "env", "-i", "LANG=C.UTF-8", "HOME=/home/user", "USER=user", "LOGNAME=user",
                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                "SGE_ROOT=/var/lib/gridengine", "SGE_QMASTER_PORT=6444", "SGE_EXECD_PORT=6445",
                "setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups",
                "sh", "-c", 'cd "$1" && shift && exec "$@"', "lab", str(inside), *words,
            ],
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip

    def say(self, *words: str, user: int = USER) -> str:
        done = self.run(*words, user=user)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return done.stdout

    def wait(self, until: Callable[[], bool], every: float = 0.5) -> None:
        end = time.monotonic() + PATIENCE
        while not until():
            assert time.monotonic() < end, "nothing came of it in time"
            time.sleep(every)

    def wait_until_all_are_gone(self) -> None:
        """No program goes on without its job."""
        self.wait(lambda: self.run("pgrep", "--full", "^probe sleep").returncode == 1)

    def left(self, pattern: str) -> dict[str, str]:
        """What jobs wrote, by the names of the files."""
        return {path.name: path.read_text() for path in sorted(self.jobs.glob(pattern))}

    def wait_for_letter(self, pattern: str) -> None:
        """To people: what it was about, and for whom."""
        letters = self.folder / "letters"
        self.wait(lambda: re.search(pattern, letters.read_text()) is not None)


def most_at_once(texts: Iterable[str]) -> int:
    """Of programs that say from when to when they were there."""
    found = [re.search(r"^(\d+) to (\d+)$", text, re.MULTILINE) for text in texts]
    spans = [(int(span[1]), int(span[2])) for span in found if span]
    return max(sum(begin <= moment < end for begin, end in spans) for moment, _ in spans)


@contextmanager
def running(suite: str, scheduler: str, folder: Path, images: Path) -> Iterator[Lab]:
    """A lab with a scheduler that takes jobs, and those of the folder in it."""
    shutil.copytree(LABS, folder / "labs")
    _give(folder)
    words = [str(LABS / "within"), str(root(suite)), str(folder), "/work/labs/begin", scheduler]
    variables = {**os.environ, "IMAGES": str(images)}
    with subprocess.Popen(words, stdin=subprocess.DEVNULL, env=variables) as holder:
        try:
            _wait_until_ready(folder, holder)
            children = Path(f"/proc/{holder.pid}/task/{holder.pid}/children").read_text().split()
            yield Lab(folder, int(children[0]), folder / "out" / "probe" / "jobs" / "lab")
        finally:
            holder.kill()


def _wait_until_ready(folder: Path, holder: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + READY
    while not (folder / "ready").exists():
        if holder.poll() is not None or time.monotonic() > end:
            raise AssertionError((folder / "begin.log").read_text())
        time.sleep(0.2)


def root(suite: str) -> Path:
    folder = CHROOTS / f"schedulers-{suite}"
    folder.parent.mkdir(exist_ok=True)
    able = os.geteuid() == 0 and shutil.which("mmdebstrap") is not None
    words = [str(LABS / "root"), str(folder), suite, PACKAGES[suite]]
    if not able or subprocess.run(words, check=False).returncode:
        missing("a lab of schedulers needs root, mmdebstrap and its mirror")
    return folder


def compile_jobs(folder: Path, asked: Asked) -> None:
    _write_spec(folder, asked.runs, f"\nsite lab {{{asked.site}}}\n")
    envc(folder, "lock", "lab.envc")
    envc(folder, "compile", "--site", "lab", "--out", "out", "lab.envc")
    (folder / "out" / "probe" / "jobs" / "lab" / "data.txt").write_text(DATA)


def compile_apart(folder: Path) -> None:
    """In a lab that runs, a spec of its own."""
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "probe.c").touch()
    (folder / "apart.envc").write_text(APART)
    envc(folder, "lock", "apart.envc")
    envc(folder, "compile", "--site", "apart", "--out", "out", "apart.envc")
    (folder / "out" / "brought" / "jobs" / "apart" / "data.txt").write_text(DATA)
    _give(folder)


def _give(folder: Path) -> None:
    """To the user of the lab."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, USER, USER, follow_symlinks=False)


def _write_spec(folder: Path, runs: str, site: str) -> None:
    (folder / "src").mkdir()
    shutil.copy(LABS / "probe.c", folder / "src")
    app = APP.format(targets=", ".join(TARGETS), runs=runs)
    (folder / "lab.envc").write_text(app + site)


def built(folder: Path) -> Path:
    """The images that envc builds of the app, unpacked for the user of the labs, once for all."""
    _write_spec(folder, "", "")
    envc(folder, "lock", "lab.envc")
    envc(folder, "build", "--out", "out", "lab.envc")
    layouts = {target: folder / "out" / "probe" / target / "image" for target in TARGETS}
    digests = " ".join(str(flatten.digest(str(layout))) for layout in layouts.values())
    kept = CHROOTS / f"probe-{hashlib.sha256(digests.encode()).hexdigest()}"
    if not kept.exists():
        _unpack(layouts, kept)
    return kept


def _unpack(layouts: Mapping[str, Path], kept: Path) -> None:
    new = kept.with_suffix(".new")
    shutil.rmtree(new, ignore_errors=True)
    for target, layout in layouts.items():
        image = new / f"probe-1.0-{target}"
        image.mkdir(parents=True)
        with flatten.tree(str(layout)) as tree, tempfile.TemporaryFile() as file:
            canonical.write(tree, file, 0)
            file.seek(0)
            with tarfile.open(fileobj=file) as tar:
                tar.extractall(image, filter="tar")
    subprocess.run(["chown", "--recursive", "--no-dereference", f"{USER}:{USER}", new], check=True)
    new.rename(kept)


def envc(folder: Path, *words: str) -> None:
    variables = {**os.environ, "ENVC_STORE": str(STORE), "ENVC_DEBIAN_MIRROR": mirror()}
    done = subprocess.run(
        [sys.executable, "-m", "envc", *words],
        cwd=folder, env=variables, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
