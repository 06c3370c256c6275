"""A store of its own for each test, and a git that knows nobody."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from envc.sources.asking import World
from envc.sources.pypi.index import PUBLIC
from envc.store.objects import Store
from envc.store.progress import Silent
from tests.conftest import missing

Repository = Callable[..., str]
Pip = Callable[..., str]


@pytest.fixture
def world(tmp_path: Path) -> World:
    folder = tmp_path / "store"
    folder.mkdir(mode=0o700)
    base = tmp_path / "spec"
    base.mkdir()
    return World(str(base), Store(str(folder)), offline=False, show=Silent())


@pytest.fixture
def git() -> Repository:
    """Runs git in a folder, with nothing of this machine's settings."""
    environ = {
        "PATH": os.environ["PATH"],
        "HOME": "/nonexistent",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "protocol.file.allow",
        "GIT_CONFIG_VALUE_0": "always",
        **{
            f"GIT_{who}_{what}": value
            for who in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", "A"), ("EMAIL", "a@b.c"), ("DATE", "1700000000 +0000"))
        },
    }

    def run(folder: Path, *words: str) -> str:
        done = subprocess.run(
            ["git", *words], cwd=folder, env=environ, capture_output=True, check=True
        )
        return done.stdout.decode("utf-8", "surrogateescape").strip()

    return run


@pytest.fixture
def pip() -> Pip:
    """Runs pip as this machine has set it up."""

    def run(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "pip", *words], capture_output=True, text=True, check=False
        )
        if done.returncode:
            missing(f"pip reaches no index: {done.stderr}")
        return done.stdout

    return run


@pytest.fixture
def real_index(pip: Pip) -> tuple[str, ...]:
    """The index that pip itself is set to."""
    found = re.search(r"(?m)^\S*\.index-url='([^']+)'", pip("config", "list"))
    return (found[1] if found else PUBLIC,)
