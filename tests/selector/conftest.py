"""What the selector's tests share: the shells, the tools and the CPUs that archspec ships."""

import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.conftest import Tool

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(params=["dash", "bash", "busybox"])
def shell(request: pytest.FixtureRequest, tool: Tool) -> list[str]:
    name = str(request.param)
    found = tool(name, name)
    return [found, "sh"] if name == "busybox" else [found]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a script in a shell without PATH: a program that it started would not be found."""

    def go(
        shell: list[str],
        text: str,
        *words: str,
        cpuinfo: str | Path = "",
        answers: str = "",
        variables: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        script = tmp_path / "selector.sh"
        script.write_text(text)
        if isinstance(cpuinfo, str):
            (tmp_path / "cpuinfo").write_text(cpuinfo)
            cpuinfo = tmp_path / "cpuinfo"
        return subprocess.run(
            [shutil.which(shell[0]) or shell[0], *shell[1:], str(script), *words],
            input=answers,
            env={"PATH": "/nonexistent", "ENVC_CPUINFO": str(cpuinfo), **(variables or {})},
            capture_output=True,
            text=True,
            check=False,
        )

    return go


@pytest.fixture(scope="session")
def machines() -> Path:
    """The folder of /proc/cpuinfo files, each with the right answer in its name."""
    import archspec  # type: ignore[import-untyped]

    return Path(archspec.__file__).parent / "json" / "tests" / "targets"
