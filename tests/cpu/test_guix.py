"""The tuning names, asked of a real Guix."""

import importlib.util
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from envc.cpu import lattice
from envc.cpu.tables.guix import tune

Chroot = Callable[[str, str, str], list[str]]

TOOLS = Path(__file__).parents[1] / "tools"
SHIPPED = Path(__file__).parents[2] / "envc" / "cpu" / "tables" / "guix_tune.json"


def load(name: str) -> ModuleType:
    found = importlib.util.spec_from_file_location(name, TOOLS / f"{name}.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


guix_tune = load("guix_tune")


@pytest.mark.tool("mmdebstrap")
@pytest.mark.slow
def test_the_table_is_what_guix_says(chroot: Chroot) -> None:
    asked = ["guile-3.0", "--no-auto-compile", "-c", script()]
    said = subprocess.run(
        [*chroot("guix", "sid", "guix,guile-3.0"), *asked],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found = guix_tune.dump(guix_tune.table(said.splitlines()))
    assert found == SHIPPED.read_text(encoding="utf-8")


def script() -> str:
    # -c reads one expression; the file is several.
    return f"(begin {(TOOLS / 'guix-tune.scm').read_text(encoding='utf-8')})"


def test_the_table_is_made_from_what_guix_prints() -> None:
    lines = [
        "guix 1.5.0 14.3.0",
        "gcc 14.3.0 x86_64 znver4 core2",
        "gcc 14.3.0 x86_64 znver4 core2",
        "gcc 14.3.0 armhf armv7",
        "gcc 2.95.3 x86_64 k8",
        "go 1.25.3 x86_64 x86-64",
    ]
    assert guix_tune.table(lines) == {
        "guix": "1.5.0",
        "default": "14.3.0",
        "names": {
            "gcc": {"14.3.0": {"x86_64": ["core2", "znver4"]}},
            "go": {"1.25.3": {"x86_64": ["x86-64"]}},
        },
    }


def test_every_name_is_in_guixs_own_list() -> None:
    table = json.loads(SHIPPED.read_text(encoding="utf-8"))
    known = table["names"]["gcc"][table["default"]]
    listed = {name for names in known.values() for name in names}
    given = {tuned.name for each in lattice.names() if (tuned := tune(each)).name}
    assert given <= listed
    assert len(given) > 35
