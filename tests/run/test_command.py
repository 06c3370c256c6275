"""`envc run`, as it is typed, by envc itself and by what else is here."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.build import small
from tests.conftest import missing
from tests.own_apt import mirror

pytestmark = pytest.mark.xdist_group("builder")

RUNS = """\
run demo { command "moon" }
  run words { command "sh -c 'pwd; id -u; for word; do echo \\"[$word]\\"; done' sh one" }
  run numbers {
    after    demo
    array    2..6 step 2 limit 2
    command  "sh -c 'echo $1 >>numbers' sh {index}"
  }
  run failing { command "sh -c 'exit 9'" }
  run last {
    after    failing
    command  "moon"
  }
  run big {
    nodes    4
    memory   64 GiB
    account  plates
    command  "moon"
  }
  run bare {
    runtime  none
    command  "sh -c 'echo $ENVC_TARGET $1' sh {target}"
  }
"""


@pytest.fixture(scope="session")
def moon(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a spec whose images are built."""
    if os.geteuid():
        missing("packages of Debian are installed by root here")
    folder = tmp_path_factory.mktemp("run") / "it's a, b"
    small.project(folder)
    spec = folder / "moon.envc"
    spec.write_text(small.SPEC.replace('run demo { command "moon" }\n', RUNS))
    small.envc("lock", str(spec))
    return folder


def variables(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "USER"}
    return {**kept, "ENVC_STORE": small.KEPT.folder, "ENVC_DEBIAN_MIRROR": mirror(), **more}


def envc(folder: Path, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "envc", "run", "moon.envc", *words],
        cwd=folder,
        env=variables(**more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def built(moon: Path) -> Path:
    done = envc(moon, "demo", "--build", "--runtime", "embedded")
    assert (done.returncode, done.stdout) == (0, "high water\n"), done.stderr
    assert "bit-for-bit" in done.stderr
    return moon


def test_an_image_that_is_not_built_is_named(moon: Path, tmp_path: Path) -> None:
    done = envc(moon, "demo", "--out", str(tmp_path))
    assert done.returncode == 5
    assert "is not built" in done.stderr
    assert "`envc build moon.envc -t x86_64" in done.stderr


@pytest.mark.parametrize("runtime", ["embedded", "charliecloud"])
def test_words_behind_a_run_are_more_of_its_arguments(built: Path, runtime: str) -> None:
    if runtime == "charliecloud" and not shutil.which("ch-run"):
        missing("ch-run is missing: apt-get install charliecloud")
    done = envc(built, "words", "--runtime", runtime, "--", "a b", "", "--", "it's $HOME")
    assert done.stderr == ""
    seen = [str(built), str(os.getuid()), "[one]", "[a b]", "[]", "[--]", "[it's $HOME]"]
    assert done.stdout.splitlines() == seen


def test_without_a_run_words_are_a_program_of_the_image(built: Path) -> None:
    text = 'echo "$LC_ALL|$HOME|${SECRET-nothing}|$ENVC_INDEX"; touch /opt/moon/mine; exit 4'
    done = envc(built, "--runtime", "embedded", "--", "sh", "-c", text, SECRET="told")
    assert done.stdout == "C.UTF-8|/home/envc|nothing|0\n"
    assert "Read-only file system" in done.stderr
    assert done.returncode == 4


def test_at_a_terminal_a_program_is_at_it(built: Path) -> None:
    near, far = os.openpty()
    with os.fdopen(near, "rb", 0) as seen, os.fdopen(far, "wb", 0) as terminal:
        words = (
            "run",
            "moon.envc",
            "-q",
            "-r",
            "embedded",
            "--",
            "sh",
            "-c",
            "test -t 0; echo $?$TERM",
        )
        done = subprocess.run(
            [sys.executable, "-m", "envc", *words],
            cwd=built,
            env=variables(TERM="vt100"),
            stdin=terminal,
            stdout=terminal,
            stderr=subprocess.PIPE,
            check=False,
        )
        assert (done.returncode, seen.read(64)) == (0, b"0vt100\r\n"), done.stderr


def test_what_it_waits_for_comes_first_and_an_array_runs_whole(built: Path) -> None:
    done = envc(built, "numbers", "--runtime", "embedded")
    assert (done.returncode, done.stdout) == (0, "high water\n"), done.stderr
    numbers = built / "numbers"
    assert sorted(numbers.read_text().split()) == ["2", "4", "6"]
    numbers.unlink()


def test_nothing_is_started_after_a_failure(built: Path) -> None:
    done = envc(built, "last", "--runtime", "embedded")
    assert (done.returncode, done.stdout) == (9, "")


def test_what_a_scheduler_would_be_asked_is_said(built: Path) -> None:
    done = envc(built, "big", "--runtime", "embedded")
    assert (done.returncode, done.stdout) == (0, "high water\n")
    assert "run `big` is started without `nodes`, `memory` and `account`" in done.stderr
    assert envc(built, "big", "-q", "--runtime", "embedded").stderr == ""


def test_without_an_image_the_machine_s_own_programs_run(built: Path) -> None:
    done = envc(built, "bare")
    assert done.returncode == 0, done.stderr
    named, word = done.stdout.split()
    assert named == word
    assert named.startswith("x86_64")


def test_a_dry_run_prints_and_starts_nothing(built: Path) -> None:
    done = envc(built, "demo", "--dry-run", "--runtime", "embedded")
    assert done.returncode == 0
    (line,) = done.stdout.splitlines()
    again = subprocess.run(
        ["sh", "-c", line], cwd=built, env=variables(), capture_output=True, text=True, check=False
    )
    assert again.stdout == "high water\n", (line, again.stderr)


def test_a_dry_run_as_json(built: Path) -> None:
    said = envc(
        built, "numbers", "-n", "--json", "-t", "x86_64", "--runtime", "embedded", "--build"
    )
    assert said.returncode == 0, said.stderr
    document = json.loads(said.stdout)
    assert [each["run"] for each in document["runs"]] == ["demo", "numbers"]
    last = document["runs"][1]
    assert (last["target"], last["runtime"], last["ignored"]) == ("x86_64", "embedded", [])
    assert [line[-1] for line in last["lines"]] == ["2", "4", "6"]


def test_a_signal_reaches_the_program(built: Path, tmp_path: Path) -> None:
    text = f'trap "exit 3" TERM; touch {tmp_path}/ready; while :; do sleep 0.1; done'
    words = ["run", "moon.envc", "-r", "embedded", "--", "sh", "-c", text]
    process = subprocess.Popen(
        [sys.executable, "-m", "envc", *words],
        cwd=built, env=variables(), stdin=subprocess.DEVNULL,
    )  # fmt: skip
    end = time.monotonic() + 60
    while not (tmp_path / "ready").exists():
        assert process.poll() is None
        assert time.monotonic() < end
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 3


@pytest.mark.parametrize(
    ("words", "said", "help_"),
    [
        (["dmo"], "the spec has no run `dmo`", "did you mean `demo`?"),
        ([], "`moon` has more than one run", "here are `demo`"),
        (["demo", "--app", "sun"], "the spec has no app `sun`", ""),
        (
            ["demo", "-r", "podmn"],
            "`podmn` is no runtime that envc knows",
            "did you mean `podman`?",
        ),
        (["demo", "-t", "zen9"], "the lock has nothing for `zen9`", "here are `x86_64`"),
        (["demo", "-r", "sarus"], "`sarus` is not installed here", ""),
    ],
)
def test_what_is_wrong_is_said(built: Path, words: list[str], said: str, help_: str) -> None:
    done = envc(built, *words)
    assert done.returncode in (2, 5)
    assert said in done.stderr
    assert help_ in done.stderr
    assert done.stdout == ""


def test_an_image_of_another_lock_is_not_run(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built, tmp_path / "moon")
    (tmp_path / "moon/moon/moon.c").write_text("int main(void) { return 0; }\n")
    small.envc("lock", str(tmp_path / "moon/moon.envc"))
    done = envc(tmp_path / "moon", "demo")
    assert done.returncode == 5
    assert "was built from another lock" in done.stderr
