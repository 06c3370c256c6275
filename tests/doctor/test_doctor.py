"""`envc doctor`, on this machine, on one with nothing, and beside programs that only pretend."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from envc.vocabulary import RUNTIMES, SCHEDULERS
from tests.engines.fakes import program, says

TEXT = {"type": "string"}
FINDING = {
    "type": "object",
    "properties": {
        "name": TEXT,
        "state": {"enum": ["ok", "broken", "missing"]},
        "version": TEXT,
        "path": TEXT,
        "about": TEXT,
        "message": TEXT,
        "help": TEXT,
    },
    "required": ["name", "state", "version", "path", "about", "message", "help"],
    "additionalProperties": False,
}
GROUP = {
    "type": "object",
    "properties": {"group": TEXT, "findings": {"type": "array", "items": FINDING}},
    "required": ["group", "findings"],
    "additionalProperties": False,
}
DOCUMENT = {
    "type": "object",
    "properties": {
        "schema": {"const": 1},
        "builds": {"type": "boolean"},
        "groups": {"type": "array", "items": GROUP},
    },
    "required": ["schema", "builds", "groups"],
    "additionalProperties": False,
}

Said = dict[tuple[str, str], dict[str, str]]
"""By group and name."""


def doctor(folder: Path, *words: str, path: str, before: tuple[str, ...] = ()) -> "Ran":
    variables = {"PATH": path, "HOME": str(folder), "USER": "somebody", "PYTHONPATH": _PYTHONPATH}
    done = subprocess.run(
        [*before, sys.executable, "-m", "envc", "doctor", *words],
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr
    return done


Ran = subprocess.CompletedProcess[str]
_PYTHONPATH = os.environ.get("PYTHONPATH", "")


def findings(folder: Path, path: str) -> tuple[dict[str, Any], Said]:
    done = doctor(folder, "--json", path=path)
    document = json.loads(done.stdout)
    jsonschema.validate(document, DOCUMENT)
    assert (done.returncode == 0) is document["builds"]
    return document, {
        (group["group"], each["name"]): each
        for group in document["groups"]
        for each in group["findings"]
    }


# ---- here ----------------------------------------------------------------------------------------


def test_on_this_machine_it_finds_what_is_on_it(tmp_path: Path) -> None:
    _, found = findings(tmp_path, os.environ["PATH"])
    for name, called in (("git", "git"), ("squashfs", "mksquashfs"), ("ssh-keygen", "ssh-keygen")):
        here = found["tools", name]
        path = shutil.which(called)
        assert here["state"] == ("ok" if path else "missing"), here
        assert here["path"] == (path or "")
    git = found["tools", "git"]["version"]
    assert (
        git
        in subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout
    )


def test_it_asks_about_each_scheduler_that_somebody_submits_to_here(tmp_path: Path) -> None:
    _, found = findings(tmp_path, str(tmp_path))
    schedulers = {name for group, name in found if group == "schedulers"}
    # The others are no programs of a machine: a service far away, a file, or nothing at all.
    assert set(SCHEDULERS) - schedulers == {"dirac", "compose", "chronos", "local"}
    runtimes = {name for group, name in found if group == "runtimes"}
    assert set(RUNTIMES) - runtimes == {"guix", "none"}


# ---- nothing -------------------------------------------------------------------------------------


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder of programs that has none."""
    folder = tmp_path / "programs"
    folder.mkdir()
    return folder


def test_where_nothing_is_everything_is_missing_with_the_way_to_it(
    tmp_path: Path, bare: Path
) -> None:
    _, found = findings(tmp_path, str(bare))
    for (group, name), each in found.items():
        if group in ("engines", "runtimes", "tools") and each["path"].startswith("/usr/sbin"):
            continue  # an administrator's programs are looked for in any case
        if group in ("engines", "runtimes", "tools"):
            assert each["state"] == "missing", each
            assert each["help"], name


def test_the_builder_needs_no_program_of_the_machine(tmp_path: Path, bare: Path) -> None:
    """As root; somebody else needs `newuidmap`."""
    document, found = findings(tmp_path, str(bare))
    assert document["builds"] is (found["embedded builder", "namespaces"]["state"] == "ok")
    if os.geteuid() == 0:
        assert document["builds"]


@pytest.mark.tool("newuidmap")
def test_somebody_without_a_range_of_numbers_cannot_build_and_is_told(tmp_path: Path) -> None:
    # In a namespace without a map everybody is nobody.
    done = doctor(tmp_path, path=os.environ["PATH"], before=("unshare", "--user"))
    assert done.returncode == 5
    assert "broken   users and groups" in done.stdout
    assert "`nobody` has no numbers in `/etc/subuid`" in done.stdout
    assert "usermod --add-subuids" in done.stdout


# ---- pretence ------------------------------------------------------------------------------------


def test_a_program_that_hangs_is_not_waited_for(tmp_path: Path, bare: Path) -> None:
    for name in ("docker", "podman", "sbatch"):
        program(bare, name, "sleep 300")
    before = time.monotonic()
    _, found = findings(tmp_path, f"{bare}:/usr/bin:/bin")
    assert time.monotonic() - before < 100
    for key in (("engines", "docker"), ("engines", "podman"), ("schedulers", "slurm")):
        assert found[key]["state"] == "broken"
        assert found[key]["message"].endswith("does not answer")


QSUBS = {
    # As the real ones say: Grid Engine 8.1.9 was run here; of PBS and Torque, see docs/engines.md.
    "pbspro": ('echo "pbs_version = 23.06.06"', "23.06.06"),
    "torque": ("printf 'Version: 6.1.3\\nCommit: 0a1b2c\\n'", "6.1.3"),
    "sge": (
        """case $1 in
-help) echo 'SGE 8.1.9'; echo 'usage: qsub [options]';;
*) echo 'qsub: invalid option argument "--version"' >&2; exit 1;; esac""",
        "8.1.9",
    ),
}


@pytest.mark.parametrize("name", QSUBS)
def test_three_families_have_a_qsub_and_are_told_apart(
    name: str, tmp_path: Path, bare: Path
) -> None:
    script, version = QSUBS[name]
    program(bare, "qsub", script)
    _, found = findings(tmp_path, f"{bare}:/usr/bin:/bin")
    here = {each: found["schedulers", each] for each in QSUBS}
    assert here[name]["version"] == version
    assert {each for each, said in here.items() if said["state"] == "ok"} == {name}
    assert all(said["state"] != "broken" for said in here.values())


def test_a_qsub_that_does_not_work_is_told_of_its_family_alone(tmp_path: Path, bare: Path) -> None:
    reason = 'error: cell directory "/var/lib/gridengine/default" does not exist'
    program(bare, "qsub", says(reason, 1))
    _, found = findings(tmp_path, f"{bare}:/usr/bin:/bin")
    states = {name: found["schedulers", name]["state"] for name in QSUBS}
    assert states == {"pbspro": "missing", "torque": "missing", "sge": "broken"}
    assert reason in found["schedulers", "sge"]["message"]


OTHERS = {
    "slurm": ("sbatch", "slurm-wlm 22.05.8", "22.05.8"),
    "oar": ("oarsub", "OAR version : 2.5.9 (Canicule)", "2.5.9"),
    "lsf": ("bsub", "IBM Spectrum LSF Standard 10.1.0.13, Apr 15 2022", "10.1.0.13"),
    "htcondor": ("condor_submit", "$CondorVersion: 23.4.0 2024-02-08 $", "23.4.0"),
    "flux": ("flux", "commands:    \t\t0.66.0\nlibflux-core:\t\t0.66.0", "0.66.0"),
    "nomad": ("nomad", "Nomad v1.5.6\nBuildDate 2023-05-19T18:26:13Z", "1.5.6"),
}


def test_the_others_tell_their_versions(tmp_path: Path, bare: Path) -> None:
    for called, text, _ in OTHERS.values():
        program(bare, called, says(text))
    _, found = findings(tmp_path, f"{bare}:/usr/bin:/bin")
    for name, (called, _, version) in OTHERS.items():
        here = found["schedulers", name]
        assert (here["state"], here["version"]) == ("ok", version)
        assert here["path"] == str(bare / called)


# ---- the page ------------------------------------------------------------------------------------


def test_the_page_says_what_is_broken_and_what_to_do(tmp_path: Path, bare: Path) -> None:
    program(bare, "ch-image", says("ModuleNotFoundError: No module named 'lark'", 1))
    program(bare, "buildah", says("buildah version 1.19.6"))
    done = doctor(tmp_path, path=f"{bare}:/usr/bin:/bin")
    assert "broken   charliecloud" in done.stdout
    assert "No module named 'lark'" in done.stdout
    assert "buildah 1.19.6 is too old: 1.28 or later is needed" in done.stdout
    assert "help: the embedded builder needs none" in done.stdout


def test_quiet_says_nothing_and_ends_as_it_would(tmp_path: Path, bare: Path) -> None:
    quiet = doctor(tmp_path, "--quiet", path=str(bare))
    assert not quiet.stdout
    assert quiet.returncode == doctor(tmp_path, path=str(bare)).returncode
