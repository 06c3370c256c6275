"""What tests of real programs share: where a program is, and what to do where there is none."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import hypothesis
import pytest

# Of what a law says nothing is about time, and a machine that does other work is slow.
hypothesis.settings.register_profile("laws", deadline=None)
hypothesis.settings.load_profile("laws")

Tool = Callable[..., str]
Chroot = Callable[[str, str, str], list[str]]

_DEBIAN_CHROOT = Path(__file__).parent / "tools" / "debian-chroot"


def missing(what: str) -> NoReturn:
    """CI installs every program, so there a missing one is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """`@pytest.mark.tool("vim")` says which program a test cannot do without."""
    for mark in item.iter_markers("tool"):
        if shutil.which(mark.args[0]) is None:
            missing(f"{mark.args[0]} is missing: apt-packages.txt should bring it")


@pytest.fixture(scope="session")
def tool() -> Tool:
    """The path of a program, by its name and the package that brings it."""

    def find(name: str, package: str = "") -> str:
        return shutil.which(name) or missing(
            f"{name} is missing: apt-get install {package or name}"
        )

    return find


@pytest.fixture(scope="session")
def chroot() -> Chroot:
    """What a program's words begin with that runs among packages of another Debian."""

    def make(name: str, suite: str, packages: str) -> list[str]:
        folder = Path("/var/tmp/envc-chroots") / f"{name}-{suite}"
        folder.parent.mkdir(exist_ok=True)
        able = os.geteuid() == 0 and shutil.which("mmdebstrap") is not None
        words = [str(_DEBIAN_CHROOT), str(folder)]
        if not able or subprocess.run([*words, suite, packages], check=False).returncode:
            missing("unpacking a Debian needs root, mmdebstrap and its mirror")
        return [*words, "--"]

    return make
