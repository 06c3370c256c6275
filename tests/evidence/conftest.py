"""Keys of ssh, and lists of who may sign what."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.conftest import Tool

CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For properties: a machine that does much else is slow, and nothing is wrong."""
Allowed = Callable[..., str]


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory, tool: Tool) -> Path:
    """Two people's: `ana`, `bo`, with `.pub` beside."""
    folder = tmp_path_factory.mktemp("keys")
    program = tool("ssh-keygen", "openssh-client")
    for name, kind in (("ana", "ed25519"), ("bo", "ecdsa")):
        words = [program, "-q", "-t", kind, "-N", "", "-C", name, "-f", str(folder / name)]
        subprocess.run(words, check=True)
    return folder


@pytest.fixture
def allowed(keys: Path, tmp_path: Path) -> Allowed:
    """The path of a list with a line for each name and the key that it has."""

    def write(*names: str, key: str = "ana", options: str = "", name: str = "signers") -> str:
        public = (keys / f"{key}.pub").read_text().strip()
        path = tmp_path / name
        path.write_text("".join(f"{each} {options} {public}\n" for each in names), "utf-8")
        return str(path)

    return write
