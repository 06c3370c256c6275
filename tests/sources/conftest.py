"""A store of its own for each test, and a git that knows nobody."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from envc.sources.asking import World
from envc.store.objects import Store
from envc.store.progress import Silent

Repository = Callable[..., str]


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
