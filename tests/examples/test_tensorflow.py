"""The page of TensorFlow says what its spec says; nothing of 1.5 GiB is built here."""

import os
import subprocess
from pathlib import Path

from tests.engines.fakes import program
from tests.examples.programs import EXAMPLES, checked

HERE = EXAMPLES / "tensorflow"
FAKE = """\
case $TF_ENABLE_ONEDNN_OPTS in 1) digit=b ;; *) digit=a ;; esac
[ "${1-}" != --jit ] || exit 1
echo "80 epochs: largest error 0.0032"
echo "weights sha256:${digit}123456789abcdef"
"""


def page() -> str:
    return (HERE / "README.md").read_text()


def test_the_test_of_the_spec_is_what_the_page_measured() -> None:
    [app] = checked(HERE / "pendulum.envc").spec.apps
    [test] = app.tests
    assert test.expect is not None
    digest = test.expect.removeprefix("weights sha256:")[:12]
    assert f"{digest}  as in the image\n" in page()


def test_pins_tells_which_variable_changes_the_digest(tmp_path: Path) -> None:
    program(tmp_path, "pendulum", FAKE)
    environ = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "TF_ENABLE_ONEDNN_OPTS": "0"}
    words = ["sh", str(HERE / "pins.sh"), "env"]
    told = subprocess.run(words, env=environ, capture_output=True, text=True, check=True).stdout

    shown = dict(line.split("  ", 1)[::-1] for line in told.splitlines())
    assert all(f"  {name.strip()}\n" in page() for name in shown)
    assert shown.pop("TF_ENABLE_ONEDNN_OPTS=1") == "b123456789ab"
    assert {each for name, each in shown.items() if "--jit" not in name} == {"a123456789ab"}
