"""HTCondor runs the jobs of a spec, and gives each what it asks for."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from tests.schedulers.lab import Lab, most_at_once
from tests.schedulers.runs import DATA

pytestmark = [pytest.mark.tool("mmdebstrap"), pytest.mark.xdist_group("htcondor")]
BEGUN = ("saving", "late", "ranks", "whole", "plain", "high", "chosen", "failing")

Jobs = Mapping[str, str]


def submit(htcondor: Lab, run: str) -> str:
    """Its cluster; the answer is its first and last job."""
    return htcondor.say("condor_submit", "-terse", f"{run}.sub").partition(".")[0]


def over(htcondor: Lab, cluster: str) -> list[Any]:
    """Of its jobs those that are."""
    text = htcondor.say("condor_history", "-json", cluster).strip()
    found: list[Any] = json.loads(text) if text else []
    return found


def end(htcondor: Lab, cluster: str, number: int = 1) -> list[Any]:
    htcondor.wait(lambda: len(over(htcondor, cluster)) == number)
    return over(htcondor, cluster)


def begin(htcondor: Lab, run: str) -> str:
    cluster = submit(htcondor, run)
    asked = ("condor_q", cluster, "-af", "JobStatus")
    htcondor.wait(lambda: htcondor.say(*asked).strip() == "2")
    return cluster


def said(htcondor: Lab, run: str, cluster: str) -> str:
    (text,) = htcondor.left(f"probe-{run}.{cluster}.*.out").values()
    return text


@pytest.fixture(scope="module", autouse=True)
def jobs(htcondor: Lab) -> Jobs:
    """All at once, those that take longest before all others."""
    return {run: submit(htcondor, run) for run in BEGUN}


def test_a_plain_job(htcondor: Lab, jobs: Jobs) -> None:
    (found,) = end(htcondor, jobs["plain"])
    assert (found["JobStatus"], found["ExitCode"], found["RequestCpus"]) == (4, 0, 1)
    assert said(htcondor, "plain", jobs["plain"]) == "[one]\n[two  words]\n[$HOME]\n"


def test_an_array_of_high_numbers(htcondor: Lab, jobs: Jobs) -> None:
    first, *_ = end(htcondor, jobs["high"], 4)
    assert first["JobMaterializeLimit"] == 2
    texts = htcondor.left(f"probe-high.{jobs['high']}.*.out").values()
    assert sorted(re.findall(r"\[(\d+)\]", "".join(texts))) == ["5000", "5003", "5006", "5009"]
    assert most_at_once(texts) <= 2


def test_two_tasks_of_one_program(htcondor: Lab, jobs: Jobs) -> None:
    (found,) = end(htcondor, jobs["ranks"])
    assert "2 tasks, sum 3" in said(htcondor, "ranks", jobs["ranks"])
    assert found["CpusProvisioned"] == 2


def test_features_choose_the_node(htcondor: Lab, jobs: Jobs) -> None:
    (found,) = end(htcondor, jobs["chosen"])
    assert found["ExitCode"] == 0
    assert found["LastRemoteHost"].startswith("slot2")


def test_the_code_of_a_program_arrives(htcondor: Lab, jobs: Jobs) -> None:
    (found,) = end(htcondor, jobs["failing"])
    assert found["ExitCode"] == 7


def test_what_is_asked_is_given(htcondor: Lab, jobs: Jobs) -> None:
    (found,) = end(htcondor, jobs["whole"])
    assert (found["RequestMemory"], found["CpusProvisioned"]) == (300, 2)
    # A machine hands memory out in pieces.
    assert 300 <= found["MemoryProvisioned"] <= 384
    assert (found["AcctGroup"], found["ProjectName"]) == ("physics", "heat")


def test_files_go_to_scratch_and_back(htcondor: Lab, jobs: Jobs) -> None:
    (found,) = end(htcondor, jobs["whole"])
    assert found["ExitCode"] == 0
    assert htcondor.left("result.txt") == {"result.txt": DATA}
    text = said(htcondor, "whole", jobs["whole"])
    (scratch,) = re.findall(r"\[(/scratch/.*)/data.txt\]", text)
    assert htcondor.run("test", "-e", scratch).returncode == 1


def test_files_are_brought_to_a_machine_and_fetched(apart: Lab) -> None:
    cluster = submit(apart, "brought")
    (found,) = end(apart, cluster)
    assert (found["ExitCode"], found["TransferInput"]) == (0, "data.txt")
    assert apart.left("deep/result.txt") == {"result.txt": DATA}
    (text,) = apart.left(f"brought-brought.{cluster}.*.out").values()
    assert text.startswith("/srv/condor/execute/")


def test_letters_tell_of_a_job(htcondor: Lab, jobs: Jobs) -> None:
    htcondor.wait_for_letter(rf"Condor Job {jobs['whole']}\.0 ada@example\.org")


def test_a_job_is_started_again(htcondor: Lab) -> None:
    """Or removed, where it may not be."""
    again, once = begin(htcondor, "again"), begin(htcondor, "once")
    htcondor.wait((htcondor.jobs / "again.mark").exists)
    for cluster in (again, once):
        htcondor.say("condor_vacate_job", "-fast", cluster)
    (found,) = end(htcondor, again)
    assert (found["ExitCode"], found["NumJobStarts"]) == (0, 2)
    assert "started again" in said(htcondor, "again", again)
    (found,) = end(htcondor, once)
    assert (found["JobStatus"], found["NumJobStarts"]) == (3, 1)


def test_a_job_is_cancelled(htcondor: Lab) -> None:
    cluster = begin(htcondor, "endless")
    htcondor.say("condor_rm", cluster)
    (found,) = end(htcondor, cluster)
    assert found["JobStatus"] == 3


def test_a_program_saves_before_its_time_is_up(htcondor: Lab, jobs: Jobs) -> None:
    (found,) = end(htcondor, jobs["saving"])
    assert found["ExitCode"] == 4
    assert said(htcondor, "saving", jobs["saving"]) == "[save]\nsaved\n"


def test_a_job_ends_at_its_time(htcondor: Lab, jobs: Jobs) -> None:
    (found,) = end(htcondor, jobs["late"])
    assert (found["JobStatus"], found["LastHoldReasonCode"]) == (3, 46)
    htcondor.wait_until_all_are_gone()
