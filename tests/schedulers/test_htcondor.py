"""HTCondor runs the jobs of a spec, and gives each what it asks for."""

import json
import re
from typing import Any

import pytest

from tests.schedulers.lab import Lab

pytestmark = [pytest.mark.tool("mmdebstrap"), pytest.mark.xdist_group("htcondor")]


def submit(htcondor: Lab, run: str) -> str:
    """Its cluster; the answer is its first and last job."""
    return htcondor.say("condor_submit", "-terse", f"{run}.sub").partition(".")[0]


def jobs(htcondor: Lab, cluster: str) -> list[Any]:
    """Of those that are over."""
    text = htcondor.say("condor_history", "-json", cluster).strip()
    found: list[Any] = json.loads(text) if text else []
    return found


def end(htcondor: Lab, cluster: str, number: int = 1, seconds: int = 90) -> list[Any]:
    htcondor.wait(lambda: len(jobs(htcondor, cluster)) == number, seconds)
    return jobs(htcondor, cluster)


@pytest.fixture(scope="module", autouse=True)
def endless(htcondor: Lab) -> str:
    """Begins before all others, since its end takes a minute."""
    return submit(htcondor, "endless")


def test_a_plain_job(htcondor: Lab) -> None:
    cluster = submit(htcondor, "plain")
    (found,) = end(htcondor, cluster)
    assert (found["JobStatus"], found["ExitCode"], found["RequestCpus"]) == (4, 0, 1)
    (text,) = htcondor.left(f"probe-plain.{cluster}.*.out").values()
    assert text == "[one]\n[two  words]\n[$HOME]\n"


def test_an_array(htcondor: Lab) -> None:
    cluster = submit(htcondor, "numbers")
    first, *_ = end(htcondor, cluster, 4)
    assert first["JobMaterializeLimit"] == 2
    said = "".join(htcondor.left(f"probe-numbers.{cluster}.*.out").values())
    assert sorted(re.findall(r"\[(\d)\]", said)) == ["1", "3", "5", "7"]


def test_two_tasks_of_one_program(htcondor: Lab) -> None:
    cluster = submit(htcondor, "ranks")
    (found,) = end(htcondor, cluster)
    (text,) = htcondor.left(f"probe-ranks.{cluster}.*.out").values()
    assert "2 tasks, sum 3" in text
    assert found["CpusProvisioned"] == 2


def test_features_choose_the_machine(htcondor: Lab) -> None:
    cluster = submit(htcondor, "chosen")
    (found,) = end(htcondor, cluster)
    assert found["ExitCode"] == 0
    assert found["LastRemoteHost"].startswith("slot2")


def test_the_code_of_a_program_arrives(htcondor: Lab) -> None:
    (found,) = end(htcondor, submit(htcondor, "failing"))
    assert found["ExitCode"] == 7


def test_a_job_is_cancelled(htcondor: Lab) -> None:
    cluster = submit(htcondor, "endless")
    running = ("condor_q", cluster, "-af", "JobStatus")
    htcondor.wait(lambda: htcondor.say(*running).strip() == "2")
    htcondor.say("condor_rm", cluster)
    (found,) = end(htcondor, cluster)
    assert found["JobStatus"] == 3


def test_a_job_ends_at_its_time(htcondor: Lab, endless: str) -> None:
    (found,) = end(htcondor, endless, seconds=150)
    assert found["JobStatus"] == 3
    assert found["LastHoldReasonCode"] == 46
