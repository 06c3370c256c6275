"""What a script does, under the shells of nodes: each step seen from outside."""

import os
import shutil
import signal
import subprocess
import time
from dataclasses import replace as changed
from pathlib import Path
from typing import Any

import pytest

from envc.jobs.backend import backend
from envc.jobs.model import Amount, Checkpoint, Environment, Job, Launch, Per
from tests.jobs.samples import WHERE, at, command, image, job, said

SHELLS = [words for words in (["dash"], ["busybox", "sh"], ["bash"]) if shutil.which(words[0])]
each_shell = pytest.mark.parametrize("shell", SHELLS, ids=lambda words: words[0])
V2 = "lm mmx sse sse2 cx16 lahf_lm popcnt pni ssse3 sse4_1 sse4_2"
OLD = f"vendor_id : GenuineIntel\nflags : {V2}\n"
NEW = f"vendor_id : GenuineIntel\nflags : {V2} avx avx2 bmi1 bmi2 f16c fma abm movbe\n"


def start(
    found: Job,
    folder: Path,
    *,
    shell: list[str] | None = None,
    name: str = "slurm",
    **variables: str,
) -> "subprocess.Popen[str]":
    refused = backend(name).refusals(at(name, found))
    assert refused == (), refused
    files = backend(name).files(at(name, found))
    script = folder / files[0].path
    script.write_text(files[0].text)
    tools = folder / "tools"
    tools.mkdir(exist_ok=True)
    return subprocess.Popen(
        [*(shell or ["sh"]), str(script)],
        cwd=folder,
        env={"PATH": f"{tools}:{os.environ['PATH']}", "HOME": str(folder), **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def done(found: Job, folder: Path, **options: Any) -> tuple[int, str, str]:
    process = start(found, folder, **options)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def tool(folder: Path, name: str, text: str) -> None:
    path = folder / "tools" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def sh(text: str, *words: str, **changes: Any) -> Job:
    """A job whose program is a line of sh."""
    return job(command=command("sh", "-c", text, "sh", *words), **changes)


# ---- the program ---------------------------------------------------------------------------------


@each_shell
@pytest.mark.parametrize("code", [0, 1, 77, 255])
def test_its_exit_code_is_that_of_the_program(tmp_path: Path, shell: list[str], code: int) -> None:
    for outputs in ((), (said("heat.h5"),)):
        found = sh(f"exit {code}", outputs=outputs)
        assert done(found, tmp_path, shell=shell)[0] == code


@each_shell
def test_it_knows_the_shape_of_its_job(tmp_path: Path, shell: list[str]) -> None:
    text = "echo $ENVC_NODES $ENVC_TASKS $ENVC_CPUS $ENVC_GPUS $ENVC_INDEX $OMP_NUM_THREADS"
    found = sh(text, cpus=said(Amount(6, Per.TASK)))
    assert done(found, tmp_path, shell=shell)[1] == "1 1 6 0 0 6\n"


def test_a_scheduler_that_decides_says_how_many_nodes(tmp_path: Path) -> None:
    tool(tmp_path, "srun", 'while [ "$1" != sh ]; do shift; done; exec "$@"')
    found = sh("echo $ENVC_NODES", tasks=said(Amount(4, Per.JOB)))
    assert done(found, tmp_path, SLURM_JOB_NUM_NODES="3")[1] == "3\n"
    assert done(found, tmp_path)[1] == "1\n"


# ---- files ---------------------------------------------------------------------------------------


@each_shell
def test_a_missing_input_is_told_before_anything_runs(tmp_path: Path, shell: list[str]) -> None:
    found = sh("echo ran", inputs=(said("grid.h5"),))
    code, out, err = done(found, tmp_path, shell=shell)
    assert (code, out) == (66, "")
    assert err == f"envc: the input grid.h5 is not in {tmp_path}\n"
    (tmp_path / "grid.h5").touch()
    assert done(found, tmp_path, shell=shell)[:2] == (0, "ran\n")


@each_shell
def test_a_missing_output_is_a_warning(tmp_path: Path, shell: list[str]) -> None:
    found = sh("touch there", outputs=(said("there"), said("not there")))
    code, _, err = done(found, tmp_path, shell=shell)
    assert code == 0
    assert err == f"envc: warning: the program has not left not there in {tmp_path}\n"


@each_shell
def test_files_go_to_scratch_and_back(tmp_path: Path, shell: list[str]) -> None:
    scratch = tmp_path / "large"
    place = tmp_path / "in"
    place.mkdir()
    (place / "grid.h5").write_text("grid")
    text = 'cp "$1/in/grid.h5" "$1/out.h5"; echo "$1"; exit "${CODE:-0}"'
    found = sh(
        text,
        "{scratch}",
        inputs=(said("in/grid.h5"),),
        outputs=(said("out.h5"),),
        where=changed(WHERE, scratch=str(scratch)),
    )
    code, out, err = done(found, tmp_path, shell=shell, SLURM_JOB_ID="12")
    assert (code, err) == (0, "")
    assert out == f"{scratch}/envc-{os.getuid()}-12-0\n"
    assert (tmp_path / "out.h5").read_text() == "grid"
    assert list(scratch.iterdir()) == []


@each_shell
def test_what_failed_keeps_its_scratch(tmp_path: Path, shell: list[str]) -> None:
    found = sh('touch "$1/half"; exit 3', "{scratch}")
    code, _, _ = done(found, tmp_path, shell=shell, SLURM_JOB_ID="12", TMPDIR=str(tmp_path))
    assert code == 3
    assert (tmp_path / f"envc-{os.getuid()}-12-0" / "half").exists()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    found = sh("echo ran", workdir=said("not there"))
    code, out, err = done(found, tmp_path)
    assert (code, out) == (66, "")
    assert err.endswith("envc: the folder to start in is not there\n")


# ---- the image -----------------------------------------------------------------------------------


def in_image(**changes: Any) -> Job:
    images = (image("x86_64_v3"), image("x86_64_v2"))
    changes = {"images": images, "is_chosen": False, **changes}
    return job(runtime="apptainer", command=command("heat", "{index}"), **changes)


def fake_apptainer(folder: Path) -> None:
    tool(folder, "apptainer", 'for word; do case $word in *.sif) echo "${word##*/}" ;; esac; done')
    images = folder / ".envc" / "images"
    images.mkdir(parents=True)
    for target in ("x86_64_v3", "x86_64_v2"):
        (images / f"heat-1.0-{target}.sif").touch()


@each_shell
def test_the_best_image_for_the_node_is_taken(tmp_path: Path, shell: list[str]) -> None:
    fake_apptainer(tmp_path)
    for cpu, target in ((OLD, "x86_64_v2"), (NEW, "x86_64_v3")):
        (tmp_path / "cpuinfo").write_text(cpu)
        variables = {"ENVC_CPUINFO": str(tmp_path / "cpuinfo")}
        code, out, err = done(in_image(), tmp_path, shell=shell, **variables)
        assert (code, out) == (0, f"heat-1.0-{target}.sif\n"), err


@each_shell
def test_a_node_that_runs_none_is_told(tmp_path: Path, shell: list[str]) -> None:
    fake_apptainer(tmp_path)
    (tmp_path / "cpuinfo").write_text("flags : fpu lm sse sse2\n")
    code, out, err = done(in_image(), tmp_path, shell=shell, ENVC_CPUINFO=str(tmp_path / "cpuinfo"))
    assert (code, out) == (3, "")
    assert "no target fits this CPU" in err


def test_a_missing_image_is_named(tmp_path: Path) -> None:
    fake_apptainer(tmp_path)
    folder = tmp_path / "mine"
    folder.mkdir()
    found = in_image(is_chosen=True, where=changed(WHERE, images=str(folder)))
    code, out, err = done(found, tmp_path)
    assert (code, out) == (66, "")
    assert f"envc: the image {folder}/heat-1.0-x86_64_v3.sif is not on this node" in err


def test_nodes_that_differ_run_one_image(tmp_path: Path) -> None:
    """The launcher stands for two nodes, of which the second is older."""
    fake_apptainer(tmp_path)
    for name, cpu in (("new", NEW), ("old", OLD)):
        (tmp_path / name).write_text(cpu)
    tool(
        tmp_path,
        "srun",
        f"""while [ "$1" != sh ] && [ "$1" != apptainer ]; do shift; done
[ "$1" != apptainer ] || exec "$@"
for node in new old; do ENVC_CPUINFO="{tmp_path}/$node" "$@"; done""",
    )
    found = in_image(
        nodes=said(2),
        tasks=said(Amount(2, Per.JOB)),
        launch=Launch.MPI_HYBRID,
        environment=said(Environment.INHERIT),
    )
    code, out, err = done(found, tmp_path)
    assert (code, out) == (0, "heat-1.0-x86_64_v2.sif\n"), err


# ---- time ----------------------------------------------------------------------------------------

SAVES = "trap 'echo saved; exit 4' USR1; echo ready; while :; do sleep 0.05; done"


@each_shell
def test_the_signal_to_save_by_reaches_the_program(tmp_path: Path, shell: list[str]) -> None:
    found = sh(SAVES, walltime=said(600), checkpoint=said(Checkpoint("USR1", 60)))
    process = start(found, tmp_path, shell=shell)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(0.1)
    process.send_signal(signal.SIGUSR1)
    out, _ = process.communicate(timeout=30)
    assert (process.returncode, out) == (4, "saved\n")


def test_without_a_scheduler_time_is_up_by_itself(tmp_path: Path) -> None:
    found = sh("sleep 30", walltime=said(1))
    assert done(found, tmp_path, name="local")[0] == 124
    saving = sh(SAVES, walltime=said(3), checkpoint=said(Checkpoint("USR1", 2)))
    code, out, _ = done(saving, tmp_path, name="local")
    assert (code, out) == (124, "ready\nsaved\n")


# ---- modules -------------------------------------------------------------------------------------


@pytest.mark.tool("bash")
def test_modules_are_loaded_by_a_login_shell(tmp_path: Path) -> None:
    (tmp_path / ".bash_profile").write_text(
        'module() { echo "$1 $2"; [ "$2" != gone ] && : "$not_set"; }\n'
    )
    found = sh("echo ran", where=changed(WHERE, modules=("mpi/4",)))
    assert done(found, tmp_path)[:2] == (0, "load mpi/4\nran\n")
    gone = sh("echo ran", where=changed(WHERE, modules=("gone",)))
    code, out, err = done(gone, tmp_path)
    assert (code, out) == (69, "load gone\n")
    assert err == "envc: the module gone cannot be loaded\n"
