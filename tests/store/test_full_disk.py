"""A real disk that is full, on which nothing half may stay; and one that can only be read."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import missing
from tests.store.conftest import Server

FETCH = """
import os, sys
from envc.store import content
from envc.store.fetch import Wanted, fetch
from envc.store.objects import Store
from envc.store.progress import Silent
from envc.store.trouble import NotStoredError
folder, url, size = sys.argv[1:]
store = Store(folder + "/store")
data = b"x" * int(size)
wanted = Wanted("heat 1.0", content.of_bytes(data).digest, len(data), (url,))
for problem in fetch(store, [wanted], offline=False, show=Silent()):
    print(problem.message, "|", problem.help)
try:
    store.add(data)
except NotStoredError as error:
    print(error.problem.message)
print(sum(len(files) for _, _, files in os.walk(folder)))
"""


def on_a_small_disk(tmp_path: Path, options: str, url: str, size: int) -> list[str]:
    """What is said where the disk is mounted for this alone, by nobody else seen."""
    if os.geteuid() != 0:
        missing("mounting a disk needs root")
    mount = f'mount -t tmpfs -o {options} tmpfs "$1" && shift && exec "$@"'
    disk = tmp_path / "disk"
    disk.mkdir()
    words = ["unshare", "-m", "sh", "-c", mount, "sh", str(disk), sys.executable, "-c", FETCH]
    done = subprocess.run(
        [*words, str(disk), url, str(size)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.replace(str(disk), "DISK").splitlines()


@pytest.mark.tool("unshare")
@pytest.mark.tool("mount")
def test_a_full_disk_is_told_and_nothing_half_stays(tmp_path: Path, server: Server) -> None:
    url = server.serve("/heat", b"x" * 500_000)
    told, added, files = on_a_small_disk(tmp_path, "size=256k", url, 500_000)
    assert told == (
        "the disk of `DISK/store` is full: heat 1.0 needs 488.3 KiB, and 256.0 KiB are free "
        "| make room on it, or name another folder with `ENVC_STORE`"
    )
    assert added.startswith("the disk of `DISK/store` is full: an object of 488.3 KiB needs")
    assert files == "0"


@pytest.mark.tool("unshare")
@pytest.mark.tool("mount")
def test_a_disk_that_is_read_only_is_told(tmp_path: Path, server: Server) -> None:
    url = server.serve("/heat", b"x" * 500)
    told, added, files = on_a_small_disk(tmp_path, "ro", url, 500)
    assert told == (
        "`DISK/store` can only be read: heat 1.0 cannot be kept there "
        "| name another folder with `ENVC_STORE`"
    )
    assert added == "`DISK/store` can only be read: an object of 500 bytes cannot be kept there"
    assert files == "0"


@pytest.mark.tool("unshare")
@pytest.mark.tool("mount")
def test_a_disk_without_room_for_folders_is_told(tmp_path: Path, server: Server) -> None:
    url = server.serve("/heat", b"x" * 500)
    told, _, files = on_a_small_disk(tmp_path, "size=256k,nr_inodes=3", url, 500)
    assert told.startswith("the disk of `DISK/store` is full: heat 1.0 needs 500 bytes")
    assert files == "0"
