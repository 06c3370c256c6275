import shutil
import subprocess
from pathlib import Path

import pytest

EXTENSION = Path(__file__).parents[2] / "grammar" / "editors" / "vscode"


@pytest.fixture(scope="session")
def extension() -> Path:
    """The VS Code extension with what it is tested with."""
    npm = shutil.which("npm")
    assert npm is not None
    if not (EXTENSION / "node_modules").is_dir():
        command = [npm, "install", "--no-package-lock", "--no-audit", "--no-fund"]
        subprocess.run(command, cwd=EXTENSION, check=True, capture_output=True, timeout=500)
    return EXTENSION


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("tool"):
        if shutil.which(mark.args[0]) is None:
            pytest.skip(f"{mark.args[0]} is not installed")
