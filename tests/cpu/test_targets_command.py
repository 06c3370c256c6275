"""`envc targets`, as it is typed."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from envc.cpu import lattice


def envc(*words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "envc", "targets", *words],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def document(*words: str, **environment: str) -> Any:
    done = envc(*words, "--json", **environment)
    assert done.returncode == 0
    return json.loads(done.stdout)


def test_list_names_every_target_once() -> None:
    done = envc("list")
    assert done.returncode == 0
    assert done.stderr == ""
    listed = [line.split()[0] for line in done.stdout.splitlines() if line.startswith("  ")]
    assert listed == list(lattice.names())
    assert envc().stdout == done.stdout


def test_list_of_one_family() -> None:
    assert envc("list", "arm64").stdout.startswith("aarch64  (24)\n")
    done = envc("list", "vax")
    assert done.returncode == 1
    assert "error[E0253]: `vax` is not a family of targets" in done.stderr


def test_list_as_json() -> None:
    found = document("list")
    assert found["archspec"] == "0.2.7"
    assert found["digest"] == lattice.data_digest()
    assert len(found["targets"]) == 80
    zen4 = next(each for each in found["targets"] if each["name"] == "zen4")
    assert zen4["parents"] == ["zen3", "x86_64_v4"]


def test_show_explains_a_target() -> None:
    done = envc("show", "zen4")
    assert done.returncode == 0
    assert done.stderr == ""
    for line in (
        "zen4: AuthenticAMD, family x86_64",
        "  parents           zen3 x86_64_v4",
        "  its code runs on  zen4 zen5 zen6",
        "  gcc 14.2          -march=znver4 -mtune=znver4",
        "  clang 16.0        -march=znver4 -mtune=znver4",
        "  oneapi 2025.0     none: oneapi 2025.0 has no flags for `zen4`",
        "  link              -Wl,-z,x86-64-v4",
        "  OCI platform      linux/amd64/v4",
        "  Guix              x86_64-linux --tune=znver4",
    ):
        assert line in done.stdout.splitlines()
    assert max(map(len, done.stdout.splitlines())) <= 98


def test_show_takes_other_names_with_a_note() -> None:
    done = envc("show", "genoa")
    assert done.stdout == envc("show", "zen4").stdout
    assert done.stderr == "envc: note[W0250]: `genoa` is archspec's `zen4`\n"


def test_show_of_a_typing_mistake() -> None:
    done = envc("show", "zne4")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "envc: error[E0250]: there is no target `zne4`\n  help: did you mean `zen4`?\n"
    )


@pytest.mark.parametrize("name", lattice.names())
def test_every_target_can_be_shown(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    from argparse import Namespace

    from envc.commands import targets

    assert targets.run(Namespace(asked="show", name=name, json=True)) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["name"] == name
    assert found["runs"][-1] == name
    assert targets.run(Namespace(asked="show", name=name, json=False)) == 0
    assert capsys.readouterr().out.startswith(f"{name}: ")


def test_archspecs_variables_are_refused(tmp_path: Path) -> None:
    done = envc("list", ARCHSPEC_EXTENSION_CPU_DIR=str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert "error[E0258]: ARCHSPEC_EXTENSION_CPU_DIR is set" in done.stderr


def fixture(folder: Path, name: str) -> str:
    return str(folder / "json" / "tests" / "targets" / name)


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="the selector asks for x86-64")
def test_host_says_what_it_runs_and_why_no_more(archspec_folder: Path) -> None:
    cpuinfo = fixture(archspec_folder, "linux-centos7-cascadelake")
    found = document("host", ENVC_CPUINFO=cpuinfo)
    assert found["best"] == "cascadelake"
    assert {"x86_64_v4", "skylake_avx512"} <= set(found["runs"])
    said = envc("host", ENVC_CPUINFO=cpuinfo)
    assert "  best              cascadelake\n" in said.stdout
    assert "not icelake: this CPU does not show" in said.stdout


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="the selector asks for x86-64")
def test_host_is_not_fooled_by_a_virtual_machine(archspec_folder: Path, tmp_path: Path) -> None:
    real = Path(fixture(archspec_folder, "linux-rocky8.5-zen4")).read_text(encoding="utf-8")
    hidden = tmp_path / "cpuinfo"
    hidden.write_text(real.replace(" pku", "").replace(" flush_l1d", ""), encoding="utf-8")
    assert document("host", ENVC_CPUINFO=str(hidden))["best"] == "zen4"


def test_host_without_a_cpuinfo_says_so() -> None:
    done = envc("host", ENVC_CPUINFO="/nonexistent")
    assert done.returncode == 1
    assert "`envc targets list` names them all" in done.stderr


def test_host_looks_at_the_machine_and_not_at_a_forced_target() -> None:
    assert envc("host", ENVC_TARGET="x86_64").stdout == envc("host").stdout
