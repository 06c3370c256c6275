"""What the audit's tests share: compilers, and a file built as a user would build it."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Tool

Build = Callable[..., str]


@pytest.fixture(scope="session", autouse=True)
def _decoder() -> None:
    """The audit of x86 needs iced-x86, which the development group installs."""
    if os.environ.get("CI") != "true":
        pytest.importorskip("iced_x86")


@pytest.fixture
def build(tool: Tool, tmp_path: Path) -> Build:
    """Compiles a text for a target with gcc and gives the file's path."""

    def go(text: str, *words: str, name: str = "lib.so", gcc: str = "gcc") -> str:
        package = "gcc libc6-dev" if gcc == "gcc" else "gcc-aarch64-linux-gnu"
        source, out = tmp_path / "source.c", tmp_path / name
        source.write_text(text)
        shared = () if "-c" in words or "-static" in words else ("-shared", "-fPIC", "-nostdlib")
        subprocess.run([tool(gcc, package), "-O2", *shared, *words, "-o", out, source], check=True)
        return str(out)

    return go
