"""Schedulers that hang, refuse and talk nonsense, and an envc that is killed at a bad moment."""

import os
import signal
import subprocess
import time

import pytest

from tests.submit.conftest import Desk

pytestmark = pytest.mark.xdist_group("submit")
SLOW = ("submit", "probe.envc", "slow", "--site", "cluster")
SHOWN = 'echo "JobId=12 JobState={} Reason=None ExitCode=0:0"\n'
NO_ACCOUNTS = "echo Slurm accounting storage is disabled >&2; exit 1\n"


def only(desk: Desk) -> str:
    """The id of the one job in the record."""
    done = desk.envc("status")
    (line,) = done.stdout.splitlines()
    return line.split()[0]


def test_a_scheduler_that_is_not_there(desk: Desk) -> None:
    done = desk.envc(*SLOW)
    assert done.returncode == 5
    assert "this machine has no program of Slurm" in done.stderr
    assert desk.say("status") == ""
    assert not list((desk.home / ".envc" / "jobs").iterdir())


def test_a_scheduler_that_refuses(desk: Desk) -> None:
    desk.plays("sbatch", "echo sbatch: error: invalid partition >&2; exit 1\n")
    done = desk.envc(*SLOW)
    assert done.returncode == 5
    assert done.stderr == "envc submit: Slurm refused `slow`: sbatch: error: invalid partition\n"
    assert desk.say("status") == ""


def test_a_job_before_it_stays_in_the_record(desk: Desk) -> None:
    """The first is in the queue, though the second was refused."""
    desk.plays("sbatch", "case $* in *later*) echo full >&2; exit 1 ;; esac; echo 12\n")
    done = desk.envc("submit", "probe.envc", "later", "--site", "cluster")
    assert done.returncode == 5
    assert "job 12" in done.stdout
    desk.plays("scontrol", SHOWN.format("RUNNING"))
    desk.plays("sacct", NO_ACCOUNTS)
    assert desk.state(only(desk)) == "running"


def test_a_scheduler_that_hangs_after_it_took_the_job(desk: Desk) -> None:
    desk.plays("sbatch", "sleep 30\n")
    done = desk.envc(*SLOW, "--patience", "1")
    assert done.returncode == 5
    assert "Slurm did not answer within 1 s; whether it has job" in done.stderr
    desk.plays("squeue", "echo 12\n")
    desk.plays("sacct", NO_ACCOUNTS)
    desk.plays("scontrol", SHOWN.format("PENDING"))
    assert desk.state(only(desk)) == "waiting"


def test_a_scheduler_that_is_down_is_not_said_to_have_no_job(desk: Desk) -> None:
    desk.plays("sbatch", "echo begun >begun; sleep 20; echo 12\n")
    kill_while_it_hands_in(desk, whole=True)
    desk.plays("squeue", "echo slurm_load_jobs error: Unable to contact >&2; exit 1\n")
    desk.plays("sacct", NO_ACCOUNTS)
    done = desk.envc("status")
    assert done.returncode == 5
    assert "unknown  Slurm does not say whether it has job" in done.stdout
    assert "Unable to contact" in done.stderr
    logs = desk.envc("logs", only(desk))
    assert logs.returncode == 5


ONCE_BROKEN = """\
while [ "$1" != -- ]; do shift; done
cd || exit
echo >>calls
[ "$(wc -l <calls)" -eq 2 ] || exec sh -c "$3"
sh -c "$3" >/dev/null
echo client_loop: send disconnect: Broken pipe >&2
exit 255
"""


def test_a_connection_that_breaks_while_a_job_is_handed_in(desk: Desk) -> None:
    """The job is there, and its answer did not come home."""
    desk.plays("ssh", ONCE_BROKEN)
    done = desk.envc("submit", "probe.envc", "slow", "--site", "far")
    assert done.returncode == 5
    assert "ssh did not reach `far`: client_loop: send disconnect: Broken pipe" in done.stderr
    assert "is not known yet" in done.stderr
    job = only(desk)
    assert f"`envc status {job}` asks again" in done.stderr
    assert desk.state(job) == "running"
    desk.say("cancel", job)
    assert desk.state(job) == "cancelled"


def test_nonsense_of_a_scheduler_is_no_answer(desk: Desk) -> None:
    desk.plays("sbatch", "echo Hello\n")
    done = desk.envc(*SLOW)
    assert done.returncode == 5
    assert "its answer has no number of a job: 'Hello'" in done.stderr


def test_a_scheduler_that_does_not_say_what_became_of_a_job(desk: Desk) -> None:
    desk.plays("sbatch", "echo 12\n")
    desk.plays("sacct", NO_ACCOUNTS)
    job = desk.submit("slow", "cluster")
    for script, said in (
        ("sleep 30\n", "Slurm did not answer in time"),
        ("echo slurm_load_jobs error: Unable to contact >&2; exit 1\n", "Unable to contact"),
        ("echo JobState=; exit 0\n", "its answer is not understood"),
    ):
        desk.plays("scontrol", script)
        done = desk.envc("status", job, "--patience", "1")
        assert done.returncode == 5
        assert "unknown" in done.stdout
        assert said in done.stderr
    desk.plays("scontrol", "echo Invalid job id specified >&2; exit 1\n")
    assert desk.state(job).startswith("vanished")
    desk.plays("scontrol", SHOWN.format("COMPLETED"))
    assert desk.state(job) == "done"
    desk.plays("scontrol", "exit 1\n")
    assert desk.state(job) == "done"


def test_what_cannot_be_cancelled_is_told(desk: Desk) -> None:
    desk.plays("sbatch", "echo 12\n")
    desk.plays("sacct", NO_ACCOUNTS)
    desk.plays("scontrol", SHOWN.format("RUNNING"))
    job = desk.submit("slow", "cluster")
    desk.plays("scancel", "echo Access denied >&2; exit 1\n")
    done = desk.envc("cancel", job)
    assert done.returncode == 5
    assert done.stderr == f"envc cancel: Slurm does not end job `{job}`: Access denied\n"
    assert desk.state(job) == "running"
    desk.plays("scancel", "exit 0\n")
    desk.say("cancel", job)
    desk.plays("scontrol", "echo Invalid job id specified >&2; exit 1\n")
    assert desk.state(job) == "cancelled"


def test_a_killed_submit_leaves_no_orphan(desk: Desk) -> None:
    """The scheduler answers when envc is gone: the answer lies in the job's folder."""
    desk.plays("sbatch", "echo begun >begun; sleep 2; echo 12\n")
    kill_while_it_hands_in(desk, whole=False)
    desk.plays("squeue", "exit 0\n")
    desk.plays("sacct", NO_ACCOUNTS)
    desk.plays("scontrol", SHOWN.format("RUNNING"))
    job = only(desk)
    end = time.monotonic() + 20
    while not (desk.job(job) / "handed-in").exists():
        assert time.monotonic() < end
        time.sleep(0.1)
    assert desk.state(job) == "running"


def test_a_submit_that_is_killed_with_all_around_it(desk: Desk) -> None:
    """Nobody wrote the answer down: the scheduler is asked for the job by its name."""
    desk.plays("sbatch", "echo begun >begun; sleep 20; echo 12\n")
    kill_while_it_hands_in(desk, whole=True)
    desk.plays("squeue", "exit 0\n")
    desk.plays("sacct", NO_ACCOUNTS)
    job = only(desk)
    assert desk.state(job) == "vanished  envc was ended before it was handed in"
    desk.plays("squeue", f"case $* in *--name={job}*) echo 12 ;; esac\n")
    desk.plays("scontrol", SHOWN.format("RUNNING"))
    assert desk.state(job) == "running"


def kill_while_it_hands_in(desk: Desk, *, whole: bool) -> None:
    with subprocess.Popen(
        desk.words(*SLOW), cwd=desk.folder, env=desk.variables(), start_new_session=True
    ) as process:
        end = time.monotonic() + 20
        while not list(desk.home.glob(".envc/jobs/*/begun")):
            assert time.monotonic() < end
            time.sleep(0.05)
        if whole:
            subprocess.run(["pkill", "-KILL", "-s", str(process.pid)], check=True)
        else:
            os.kill(process.pid, signal.SIGKILL)
