"""Jobs without a scheduler, handed in and followed by the commands that people type."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.submit.conftest import Desk

pytestmark = pytest.mark.xdist_group("submit")


def test_a_job_is_done_and_says_what_it_wrote(desk: Desk) -> None:
    job = desk.submit("plain")
    desk.becomes(job, "done")
    folder = desk.job(job)
    assert desk.say("logs", job) == (
        f"==> {job}.out\ndata of the spec\n{folder}\n==> {job}.err\nwrong\n"
    )
    assert folder.stat().st_mode & 0o777 == 0o700


def test_the_code_of_a_program_arrives(desk: Desk) -> None:
    desk.becomes(desk.submit("failing"), "failed (code 7)")


def test_a_job_ends_at_its_time(desk: Desk) -> None:
    desk.becomes(desk.submit("late"), "timed out")


def test_a_job_waits_for_those_before_it(desk: Desk) -> None:
    later = desk.submit("later")
    assert desk.state(later) == "waiting  for jobs before it"
    desk.becomes(later, "done")
    runs = [each["run"] for each in json.loads(desk.say("status", "--json"))["jobs"]]
    assert runs == ["brief", "later"]
    desk.becomes(desk.submit("never"), "cancelled  a job before it did not succeed")


def test_a_job_waits_for_one_that_is_named(desk: Desk) -> None:
    slow = desk.submit("slow")
    plain = desk.submit("plain", "here", "--after", slow)
    assert desk.state(plain).startswith("waiting")
    desk.say("cancel", slow)
    desk.becomes(plain, "cancelled")


def test_an_array_runs_for_each_number(desk: Desk) -> None:
    job = desk.submit("numbers")
    desk.becomes(job, "done")
    assert desk.say("logs", job) == f"==> {job}.out\nnumber 1\nnumber 3\nnumber 5\n"


def test_a_job_is_cancelled_with_all_that_it_started(desk: Desk) -> None:
    job = desk.submit("slow")
    desk.becomes(job, "running")
    desk.say("cancel", job)
    assert desk.state(job) == "cancelled"
    again = desk.envc("cancel", job)
    assert again.returncode == 1
    assert again.stderr == f"envc cancel: job `{job}` is over already: it is cancelled\n"
    process = (desk.job(job) / "process").read_text().split(".")[1]
    said = subprocess.run(
        ["ps", "-s", process, "-o", "stat="], capture_output=True, text=True, check=False
    )
    assert all(state.startswith("Z") for state in said.stdout.split())


def test_a_job_goes_on_when_its_terminal_is_closed(desk: Desk) -> None:
    """All that a terminal can end is ended."""
    words = desk.words("submit", "probe.envc", "brief", "--site", "here", "--quiet")
    with subprocess.Popen(
        words, cwd=desk.folder, env=desk.variables(), stdout=subprocess.PIPE, text=True,
        start_new_session=True,
    ) as shell:  # fmt: skip
        job = shell.communicate()[0].strip()
    with pytest.raises(ProcessLookupError):
        os.killpg(shell.pid, signal.SIGHUP)
    desk.becomes(job, "done")


def test_several_jobs_are_handed_in_at_once(desk: Desk) -> None:
    words = desk.words("submit", "probe.envc", "failing", "--site", "here", "--quiet")
    started = [
        subprocess.Popen(
            words, cwd=desk.folder, env=desk.variables(), stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    jobs = {each.communicate(timeout=60)[0].strip() for each in started}
    assert len(jobs) == 4
    for job in jobs:
        desk.becomes(job, "failed (code 7)")


def test_logs_follow_until_the_end(desk: Desk) -> None:
    job = desk.submit("later")
    assert desk.say("logs", "--follow", job) == f"==> {job}.out\nlater\n"


def test_a_job_that_was_killed_has_vanished(desk: Desk) -> None:
    job = desk.submit("slow")
    desk.becomes(job, "running")
    os.killpg(int((desk.job(job) / "process").read_text().split(".")[1]), signal.SIGKILL)
    assert desk.state(job) == (
        "vanished  this machine knows nothing of it, or not yet how it ended"
    )


def test_inputs_stand_where_the_program_starts(desk: Desk) -> None:
    job = desk.submit("below")
    desk.becomes(job, "done")
    assert "data of the spec" in desk.say("logs", job)


@pytest.mark.parametrize(
    ("run", "message"),
    [
        ("lost", "the input `nothing` of `lost` is not beside the spec: there is no `nothing`"),
        ("outside", "the input `../data` of `outside` lies outside of the job's folder"),
    ],
)
def test_a_missing_input_is_named_before_anything_waits(desk: Desk, run: str, message: str) -> None:
    done = desk.envc("submit", "probe.envc", run, "--site", "here")
    assert done.returncode == 1
    assert message in done.stderr
    assert not list(desk.home.iterdir())


def test_a_missing_image_is_named_or_brought(desk: Desk) -> None:
    words = ("submit", "probe.envc", "slow", "--site", "boxed")
    done = desk.envc(*words)
    assert done.returncode == 1
    assert "boxed has no image `.envc/images/probe-1.0-x86_64.sif`" in done.stderr
    assert "`envc build -t x86_64`" in done.stderr
    built = desk.folder / "envc-out" / "probe" / "x86_64" / "probe.sif"
    built.parent.mkdir(parents=True)
    built.write_bytes(b"an image")
    assert desk.envc(*words).returncode == 0
    brought = desk.home / ".envc" / "images" / "probe-1.0-x86_64.sif"
    assert brought.read_bytes() == b"an image"


def test_a_dry_run_does_nothing(desk: Desk) -> None:
    said = desk.say("submit", "probe.envc", "later", "--site", "cluster", "--dry-run")
    assert "# at this machine: sbatch --parsable --job-name=ID brief.slurm" in said
    assert "--dependency=afterok:ID-OF-brief" in said
    assert said.count("#SBATCH --job-name=") == 2
    assert not (desk.folder / "envc.jobs").exists()


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("plan", "--site", "here"), 2, "did you mean `plain`?"),
        (("probe/plan", "--site", "here"), 2, "did you mean `plain`?"),
        (("plain", "--site", "her"), 2, "did you mean `here`?"),
        (("plain", "--site", "here", "-t", "zen4"), 2, "there is nothing to run"),
        (("plain", "--site", "here", "-c", "+mpi"), 2, "no way of building it has `+mpi`"),
        (("plain", "--site", "here", "-a", "x-1"), 2, "there is no job `x-1`"),
        (("plain", "--site", "here", "--patience", "0"), 2, "no number of seconds"),
        (("slow", "--site", "far"), 5, "ssh did not reach `far`"),
    ],
)
def test_mistakes_are_told(desk: Desk, words: tuple[str, ...], code: int, message: str) -> None:
    done = desk.envc("submit", "probe.envc", *words)
    assert (done.returncode, message in done.stderr) == (code, True), done.stderr
    if (desk.folder / "envc.jobs").exists():
        assert desk.say("status") == ""


@pytest.mark.parametrize("command", ["status", "logs", "cancel"])
def test_a_job_that_nobody_knows(desk: Desk, command: str) -> None:
    done = desk.envc(command, "plain-000000")
    assert (done.returncode, done.stdout) == (1, "")
    assert "there is no `envc.jobs`" in done.stderr
    known = desk.submit("plain")
    done = desk.envc(command, f"{known}0")
    assert done.returncode == 1
    assert f"did you mean `{known}`?" in done.stderr


def test_jobs_are_told_from_another_folder(desk: Desk, tmp_path: Path) -> None:
    job = desk.submit("plain")
    elsewhere = subprocess.run(
        [sys.executable, "-m", "envc", "status", "-d", str(desk.folder)],
        cwd=tmp_path, env=desk.variables(), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert elsewhere.stdout.startswith(job)
