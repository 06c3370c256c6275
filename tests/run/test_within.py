"""A program of an unpacked image, started by envc itself for somebody who is not root."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import missing
from tests.images.trees import small_root

pytestmark = [pytest.mark.tool("busybox"), pytest.mark.tool("setpriv")]
REPOSITORY = Path(__file__).parents[2]
SOMEBODY = 1000


@dataclass(frozen=True, slots=True)
class Place:
    folder: Path
    tree: Path
    work: Path

    def run(
        self, *program: str, before: tuple[str, ...] = (), bind: tuple[str, ...] = ()
    ) -> "subprocess.CompletedProcess[str]":
        start = ["setpriv", f"--reuid={SOMEBODY}", f"--regid={SOMEBODY}", "--clear-groups"]
        given = [str(self.tree), str(self.work), str(self.work), *bind, "--", *program]
        return subprocess.run(
            [*before, *start, "/usr/bin/python3", "-m", "envc.run.within", *given],
            cwd="/",
            env={
                "PATH": "/usr/bin:/bin",
                "PYTHONPATH": str(self.folder),
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    """Where anybody may read, with an envc for Debian's own Python."""
    if os.geteuid():
        missing("only root becomes somebody else")
    folder = Path(f"/var/tmp/envc-within-{os.getpid()}")
    shutil.copytree(
        REPOSITORY / "envc", folder / "envc", ignore=shutil.ignore_patterns("__pycache__")
    )
    tree, work = folder / "tree", folder / "a b, c"
    tree.mkdir()
    work.mkdir()
    small_root(tree)
    subprocess.run(["chown", "-hR", f"{SOMEBODY}:{SOMEBODY}", tree, work], check=True)
    yield Place(folder, tree, work)
    shutil.rmtree(folder)


def test_it_is_who_it_was_and_where_it_was(place: Place) -> None:
    done = place.run("/bin/sh", "-c", 'id -u; id -g; pwd; : >"$1"; exit 7', "sh", "it's $HOME")
    assert (done.returncode, done.stderr) == (7, "")
    assert done.stdout.splitlines() == [str(SOMEBODY), str(SOMEBODY), str(place.work)]
    made = place.work / "it's $HOME"
    assert made.stat().st_uid == SOMEBODY


def test_nothing_of_the_image_is_changed(place: Place) -> None:
    done = place.run("/bin/sh", "-c", ": >/opt/heat/mine")
    assert done.returncode != 0
    assert "Read-only file system" in done.stderr
    assert not (place.tree / "opt/heat/mine").exists()


def test_it_sees_what_is_bound_and_no_more_of_the_machine(place: Place, tmp_path: Path) -> None:
    other = place.folder / "data"
    other.mkdir()
    (other / "in").write_text("42\n")
    seen = place.run("/bin/cat", f"{other}/in", bind=(str(other),))
    assert (seen.returncode, seen.stdout) == (0, "42\n")
    assert place.run("/bin/ls", str(place.folder / "envc")).returncode != 0


def test_a_program_that_is_not_there(place: Place) -> None:
    done = place.run("/bin/frobnicate")
    assert done.returncode == 125
    assert done.stderr.startswith("envc run: ")
    assert "cannot be started: no such file or directory" in done.stderr


def test_a_folder_that_is_not_there(place: Place) -> None:
    done = place.run("/bin/pwd", bind=("/nowhere/at/all",))
    assert done.returncode == 125
    assert done.stderr == "envc run: there is no folder `/nowhere/at/all`\n"


def test_a_machine_that_allows_no_namespaces(place: Place) -> None:
    """As one inside of which there is no room for another."""
    limited = (
        *("unshare", "--user", "--map-root-user", "--mount", "--propagation=private", "sh", "-c"),
        'echo 0 >/proc/sys/user/max_user_namespaces; exec "$@"',
        "sh",
    )
    done = subprocess.run([*limited, "true"], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("the limit of namespaces cannot be changed here")
    start = ["/usr/bin/python3", "-m", "envc.run.within"]
    given = [str(place.tree), "/", "--", "/bin/pwd"]
    code = "import os; os.geteuid = lambda: 1000; import sys; from envc.run import within; "
    done = subprocess.run(
        [*limited, start[0], "-c", f"{code}sys.exit(within.main(sys.argv[1:]))", *given],
        env={"PATH": "/usr/bin:/bin:/usr/sbin", "PYTHONPATH": str(place.folder)},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 125
    assert "may not make namespaces" in done.stderr
