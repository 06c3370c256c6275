"""Jobs in a swarm of one node, which really runs."""

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Tool
from tests.images.trees import small_root
from tests.submit.conftest import Desk

pytestmark = [pytest.mark.tool("ip"), pytest.mark.xdist_group("submit")]
# What it mounts, its networks and their names go with it.
ALONE = ("unshare", "--mount", "--net", "--propagation=private", "sh", "-c")
START = 'ip link set lo up && exec "$@"'


@pytest.fixture(scope="module")
def swarm(tool: Tool) -> Iterator[Path]:
    """The socket of its daemon."""
    if os.geteuid():
        pytest.skip("a daemon of Docker needs root")
    kept = Path(tempfile.mkdtemp(prefix="envc-swarm-", dir="/var/tmp"))
    words = [
        *(*ALONE, START, "start", tool("dockerd", "docker.io")),
        *(f"--data-root={kept}/kept", f"--exec-root={kept}/run", f"--pidfile={kept}/pid"),
        *(f"--host=unix://{kept}/socket", "--storage-driver=vfs", "--bridge=none"),
        *("--iptables=false", "--ip6tables=false", "--default-ulimit=nofile=1024:1024"),
    ]
    with (kept / "log").open("wb") as log:
        daemon = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        end = time.monotonic() + 60
        while not (kept / "socket").exists():
            assert daemon.poll() is None, (kept / "log").read_text()
            assert time.monotonic() < end
            time.sleep(0.05)
        docker(kept, "swarm", "init", "--advertise-addr", "127.0.0.1")
        bring_image(kept)
        yield kept / "socket"
    finally:
        daemon.terminate()
        daemon.wait(60)
        shutil.rmtree(kept, ignore_errors=True)


def bring_image(kept: Path) -> None:
    root = small_root(kept / "root")
    for name in ("echo", "sleep"):
        (root / "bin" / name).symlink_to("busybox")
    archive = kept / "root.tar"
    subprocess.run(["tar", "-C", root, "-cf", archive, "."], check=True)
    docker(kept, "import", "--change=ENV PATH=/bin", str(archive), "probe:1.0-x86_64")


def docker(kept: Path, *words: str) -> str:
    return subprocess.run(
        ["docker", f"--host=unix://{kept}/socket", *words],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip


def states(desk: Desk) -> dict[str, tuple[str, Any]]:
    found = json.loads(desk.say("status", "--json"))["jobs"]
    return {each["run"]: (each["state"], each["code"]) for each in found}


def test_jobs_of_a_swarm(desk: Desk, swarm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{swarm}")
    slow, _, numbers = (desk.submit(run, "swarm") for run in ("slow", "failing", "numbers"))
    expected = {"slow": ("running", None), "failing": ("failed", 7), "numbers": ("done", None)}
    end = time.monotonic() + 120
    while (found := states(desk)) != expected:
        assert time.monotonic() < end, found
        time.sleep(3)
    assert desk.say("logs", numbers) == "number 1\nnumber 3\nnumber 5\n"
    desk.say("cancel", slow)
    assert states(desk)["slow"] == ("cancelled", None)
    assert docker(swarm.parent, "ps", "--quiet") == ""
    desk.say("forget", "all")
    assert docker(swarm.parent, "stack", "ls", "--format={{.Name}}") == ""
