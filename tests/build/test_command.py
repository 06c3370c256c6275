"""`envc build`, as it is typed."""

import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from envc.build.recorded import unmet
from envc.lock.model import Lock, LockedOutput
from envc.lock.text import read
from tests.build import small
from tests.own_apt import mirror

pytestmark = pytest.mark.xdist_group("builder")

ENVC = [sys.executable, "-m", "envc", "build"]


@pytest.fixture(scope="session")
def moon(spec: Path, built: object, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy to change; what it is made of was built before."""
    folder = tmp_path_factory.mktemp("command") / "moon"
    shutil.copytree(spec.parent, folder)
    return folder


@pytest.fixture
def broken(moon: Path, tmp_path: Path) -> Path:
    """One whose app does not compile."""
    shutil.copytree(moon, tmp_path / "moon", ignore=shutil.ignore_patterns("envc-out"))
    (tmp_path / "moon/moon/moon.c").write_text("int main(void) { return tides; }\n")
    small.envc("lock", str(tmp_path / "moon/moon.envc"))
    return tmp_path / "moon"


def variables(**more: str) -> dict[str, str]:
    return {**os.environ, "ENVC_STORE": small.KEPT.folder, "ENVC_DEBIAN_MIRROR": mirror(), **more}


def envc(folder: Path, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*ENVC, "moon.envc", *words],
        cwd=folder, env=variables(**more), capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="session")
def said(moon: Path) -> str:
    done = envc(moon)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_it_makes_an_image_for_each_target_and_an_index(moon: Path, said: str) -> None:
    assert re.sub(r"[0-9a-f]{64}|[0-9.]+ MiB", "…", said) == (
        "moon:2.0-x86_64, bit-for-bit, … in envc-out/moon/x86_64\n"
        "  oci  sha256:…\n  sif  sha256:…\n  tree sha256:…\n"
        "moon:2.0-x86_64_v2, bit-for-bit, … in envc-out/moon/x86_64_v2\n"
        "  oci  sha256:…\n  sif  sha256:…\n  tree sha256:…\n"
        "moon:2.0 of 2 images in envc-out/moon/index\n"
    )
    for target in ("x86_64", "x86_64_v2"):
        assert sorted(os.listdir(moon / "envc-out/moon" / target)) == [
            "image", "moon.sif", "provenance.json", "reproduced.jsonl", "sbom.cdx.json",
            "sbom.spdx.json",
        ]  # fmt: skip
    # What was made is no part of an app whose code is the folder of its spec.
    assert (moon / "envc-out/.envc-compiled").exists()
    index = json.loads((moon / "envc-out/moon/index/index.json").read_text())
    assert len(index["manifests"]) == 3


def test_a_second_time_all_is_there(moon: Path, said: str) -> None:
    begun = time.monotonic()
    done = envc(moon, "--json", "--offline")
    assert (done.returncode, done.stderr) == (0, "")
    assert time.monotonic() - begun < 60  # 2 s on a machine that does nothing else
    images = json.loads(done.stdout)["images"]
    assert [each["target"] for each in images] == ["x86_64", "x86_64_v2"]
    assert {each["grade"] for each in images} == {"bit-for-bit"}
    for each in images:
        assert all(each[kind] in said for kind in ("tree", "oci", "sif"))


def test_what_is_recorded_has_to_come_out_again(moon: Path, said: str, tmp_path: Path) -> None:
    shutil.copytree(moon, tmp_path / "moon", symlinks=True)
    folder = tmp_path / "moon"
    before = (folder / "envc.lock").read_text()
    assert envc(folder, "--record", "-t", "x86_64").returncode == 0
    text = (folder / "envc.lock").read_text()
    lock = read(text)
    assert isinstance(lock, Lock)
    assert [each.kind for each in lock.outputs] == ["oci", "sif", "tree"]
    assert text.startswith(before.rstrip())
    assert envc(folder, "-t", "x86_64").returncode == 0

    tree = lock.outputs[2].digest
    (folder / "envc.lock").write_text(text.replace(tree, f"sha256:{'0' * 64}"))
    done = envc(folder, "-t", "x86_64")
    assert done.returncode == 6
    assert done.stderr == (
        f"envc build: the tree of moon@2.0 for x86_64 is {tree}, and sha256:{'0' * 64} is recorded "
        "of the same inputs\n  help: `envc verify moon.envc` shows what differs\n"
    )


def test_another_closure_owes_nothing_to_what_is_recorded() -> None:
    known = LockedOutput("moon@2.0", "x86_64", (), "tree", "sha256:c", "sha256:1", 1)
    lock = Lock("0", "sha256:0", outputs=(known,))
    other = replace(known, digest="sha256:2")
    assert list(unmet(lock, [known, replace(other, closure="sha256:d")])) == []
    assert list(unmet(lock, [other])) == [(known, other)]


def test_a_registry_has_each_image_and_the_index(moon: Path, said: str, registry: str) -> None:
    done = envc(moon, "--push", f"{registry}/tides/moon", "--offline")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(said)
    pushed = dict(re.findall(r"^(\S+) is (sha256:\S+)$", done.stdout, re.MULTILINE))
    names = [f"{registry}/tides/moon:2.0{tag}" for tag in ("-x86_64", "-x86_64_v2", "")]
    assert list(pushed) == names
    assert set(re.findall(r"oci  (\S+)", said)) == {pushed[name] for name in names[:2]}
    for name in names:
        host, _, rest = name.partition("/")
        repository, _, tag = rest.partition(":")
        asked = urllib.request.Request(f"http://{host}/v2/{repository}/manifests/{tag}")
        kind = "index" if name == names[2] else "manifest"
        asked.add_header("Accept", f"application/vnd.oci.image.{kind}.v1+json")
        with urllib.request.urlopen(asked, timeout=20) as answer:
            assert answer.headers["Docker-Content-Digest"] == pushed[name]


def test_what_is_stale_missing_or_unknown(moon: Path, tmp_path: Path) -> None:
    shutil.copytree(moon, tmp_path / "moon", ignore=shutil.ignore_patterns("envc-out"))
    folder = tmp_path / "moon"
    done = envc(folder, "--target", "zen4")
    assert (done.returncode, done.stderr) == (
        2, "envc build: unknown target `zen4`\n  help: here are `x86_64` and `x86_64_v2`\n",
    )  # fmt: skip
    assert envc(folder, "--push", "localhost:1/moon:2").returncode == 2
    assert envc(folder, "--load", "dokcer").returncode == 2
    done = envc(folder, "--offline", ENVC_STORE=str(tmp_path / "empty"))
    assert done.returncode == 4
    assert "is not in the store, and no place was asked" in done.stderr
    spec = folder / "moon.envc"
    spec.write_text(spec.read_text().replace("gcc@12:", "gcc@13:"))
    assert envc(folder).returncode == 3
    (folder / "envc.lock").unlink()
    assert envc(folder).returncode == 3
    spec.write_text("envc 1\napp moon {")
    assert envc(folder).returncode in (1, 3)


def test_a_step_that_fails_is_shown(broken: Path) -> None:
    done = envc(broken, "-t", "x86_64")
    assert done.returncode == 5
    assert "undeclared (first use in this function)" in done.stderr
    assert "moon.envc:19:12: building moon failed: `make --jobs=4 moon` ended with 2" in done.stderr
    assert not (broken / "envc-out").exists()


def test_a_shell_in_the_place_of_a_step_that_failed(broken: Path) -> None:
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(broken)
        os.execve(sys.executable, [*ENVC, "moon.envc", "-t", "x86_64", "--debug"], variables())
    text = seen(terminal, "a shell where it failed")
    os.write(terminal, b"pwd; ls; echo CC is $CC\n")
    text += seen(terminal, "CC is cc")
    os.write(terminal, b"exit 0\n")
    text += seen(terminal, None)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 5
    assert "/src/moon" in text
    assert "Makefile  moon.c" in text


def seen(terminal: int, what: str | None) -> str:
    """All that is printed until then, or until nothing more comes."""
    text = ""
    while what is None or what not in text:
        try:
            text += os.read(terminal, 4096).decode()
        except OSError:  # how Linux says that nobody else has the terminal
            break
    return text


def test_ctrl_c_ends_it(broken: Path) -> None:
    (broken / "moon/Makefile").write_text("moon:\n\techo here >&2; sleep 100\n")
    small.envc("lock", str(broken / "moon.envc"))
    words = [*ENVC, "moon.envc", "-t", "x86_64"]
    started = subprocess.Popen(words, cwd=broken, env=variables(), stderr=subprocess.PIPE)
    until(lambda: sleeping("100"))
    started.send_signal(signal.SIGINT)
    assert started.communicate()[1] == b""
    assert started.returncode == 130
    until(lambda: not sleeping("100"))


def sleeping(seconds: str) -> bool:
    words = ["pgrep", "-f", f"^sleep {seconds}"]
    return not subprocess.run(words, check=False, capture_output=True).returncode


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)
