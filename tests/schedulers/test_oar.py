"""OAR runs the jobs of a spec, and gives each what it asks for."""

import json
import re
from typing import Any

import pytest

from tests.schedulers.lab import Lab

pytestmark = [pytest.mark.tool("mmdebstrap"), pytest.mark.xdist_group("oar")]


def submit(oar: Lab, run: str) -> list[str]:
    """One number for each job of an array."""
    oar.say("chmod", "+x", f"{run}.oar")
    return re.findall(r"^OAR_JOB_ID=(\d+)$", oar.say("oarsub", "-S", f"./{run}.oar"), re.MULTILINE)


def shown(oar: Lab, job: str) -> Any:
    return json.loads(oar.say("oarstat", "-f", "-J", "-j", job))[job]


def end(oar: Lab, job: str, seconds: int = 90) -> Any:
    oar.wait(lambda: shown(oar, job)["state"] in {"Terminated", "Error"}, seconds)
    return shown(oar, job)


@pytest.fixture(scope="module", autouse=True)
def endless(oar: Lab) -> str:
    """Begins before all others, since its end takes a minute."""
    (job,) = submit(oar, "endless")
    return job


def test_a_plain_job(oar: Lab) -> None:
    (job,) = submit(oar, "plain")
    found = end(oar, job)
    assert (found["state"], found["exit_code"]) == ("Terminated", 0)
    assert "walltime=0:5:0" in found["wanted_resources"]
    (text,) = oar.left(f"probe-plain.{job}.out").values()
    assert text == "[one]\n[two  words]\n[$HOME]\n"


def test_an_array(oar: Lab) -> None:
    jobs = submit(oar, "numbers")
    for job in jobs:
        end(oar, job)
    said = "".join(oar.left("probe-numbers.*.out").values())
    assert sorted(re.findall(r"\[(\d)\]", said)) == ["1", "3", "5", "7"]


def test_two_tasks_of_one_program(oar: Lab) -> None:
    (job,) = submit(oar, "ranks")
    found = end(oar, job)
    (text,) = oar.left(f"probe-ranks.{job}.out").values()
    assert "2 tasks, sum 3" in text
    assert len(found["assigned_resources"]) == 2


def test_features_choose_the_node(oar: Lab) -> None:
    (job,) = submit(oar, "chosen")
    assert end(oar, job)["assigned_network_address"] == ["zen3"]


def test_the_code_of_a_program_arrives(oar: Lab) -> None:
    (job,) = submit(oar, "failing")
    assert end(oar, job)["exit_code"] >> 8 == 7


def test_a_job_is_cancelled(oar: Lab) -> None:
    (job,) = submit(oar, "endless")
    oar.wait(lambda: shown(oar, job)["state"] == "Running")
    oar.say("oardel", job)
    assert end(oar, job)["state"] == "Error"


def test_a_job_ends_at_its_time(oar: Lab, endless: str) -> None:
    found = end(oar, endless, 150)
    assert found["state"] == "Error"
    assert any("WALLTIME" in event["type"] for event in found["events"])
