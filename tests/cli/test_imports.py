"""What each command imports. Time varies from machine to machine; this does not."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from envc.cli import _MODULES, COMMANDS

SLOW = {
    "archspec", "asyncio", "importlib.metadata", "importlib.resources", "jsonschema", "lark",
    "networkx", "packaging", "pathlib", "pydantic", "pygls", "pygments", "rich", "ssl", "tempfile",
    "urllib3",
}  # fmt: skip
FOR_HELP = SLOW | {
    "argparse",
    "dataclasses",
    "enum",
    "inspect",
    "json",
    "re",
    "traceback",
    "typing",
}

PROBE = """
import json, sys
before = set(sys.modules)
from envc.cli import main
code = main(sys.argv[1:])
print(json.dumps([code, sorted(set(sys.modules) - before)]), file=sys.stderr)
"""

SPEC = """\
envc 1

app heat2d@1.4.0 {
  summary "2-D heat equation"
  license MIT
  source dir "."
  needs gcc@12:, openmpi@4.1:, fftw@3.3: +mpi
  targets x86_64_v2, x86_64_v3
  build cmake
}
"""


def imported(*argv: str, cwd: Path) -> tuple[int, set[str]]:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *argv], cwd=cwd, capture_output=True, timeout=60, check=True
    )
    code, modules = json.loads(done.stderr.splitlines()[-1])
    return code, set(modules)


@pytest.mark.parametrize("argv", [["--help"], ["--version"], []])
def test_help_imports_nothing(argv: list[str], tmp_path: Path) -> None:
    _, modules = imported(*argv, cwd=tmp_path)
    assert not modules & FOR_HELP
    assert {name for name in modules if name.startswith("envc")} <= {
        "envc", "envc.cli", "envc.exits",
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_imports_no_other_command(name: str, tmp_path: Path) -> None:
    _, modules = imported(name, "--help", cwd=tmp_path)
    loaded = {module for module in modules if module.startswith("envc.commands.")}
    assert loaded == {f"envc.commands.{_MODULES.get(name, name)}"}
    assert not modules & SLOW - {"pathlib"}


def test_check_of_a_spec_imports_nothing_slow(tmp_path: Path) -> None:
    (tmp_path / "a.envc").write_text(SPEC.replace("  targets x86_64_v2, x86_64_v3\n", ""))
    code, modules = imported("check", "a.envc", cwd=tmp_path)
    assert code == 0
    assert not modules & SLOW
    jobs = ("envc.jobs", "envc.runtimes", "envc_backends")
    assert not [name for name in modules if name.startswith(jobs)]


def test_check_of_a_spec_with_targets_reads_their_data_alone(tmp_path: Path) -> None:
    (tmp_path / "a.envc").write_text(SPEC)
    code, modules = imported("check", "a.envc", cwd=tmp_path)
    assert code == 0
    # The package itself, to find its data; `archspec.cpu` is what costs.
    assert modules & SLOW <= {"archspec"}
    assert not any(name.startswith("archspec.") for name in modules)


@pytest.mark.parametrize("argv", [["explain"], ["explain", "E0101"], ["init"]])
def test_small_commands_import_nothing_slow(argv: list[str], tmp_path: Path) -> None:
    code, modules = imported(*argv, cwd=tmp_path)
    assert code == 0
    assert not modules & (SLOW | {"json", "envc.check", "envc.syntax"})
