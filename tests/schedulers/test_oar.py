"""OAR runs the jobs of a spec, and gives each what it asks for."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from envc.facts.problem import Problem
from envc.submit.model import Answer, Report, State, client
from tests.schedulers.lab import Lab
from tests.schedulers.runs import DATA

pytestmark = [pytest.mark.tool("mmdebstrap"), pytest.mark.xdist_group("oar")]
BEGUN = ("again", "saving", "late", "together", "ranks", "whole", "plain", "chosen", "failing")

Jobs = Mapping[str, str]


def submit(oar: Lab, run: str) -> list[str]:
    """One number for each job of an array."""
    return re.findall(r"^OAR_JOB_ID=(\d+)$", oar.say("oarsub", "-S", f"./{run}.oar"), re.MULTILINE)


def shown(oar: Lab, job: str) -> Any:
    return json.loads(oar.say("oarstat", "-f", "-J", "-j", job))[job]


def end(oar: Lab, job: str) -> Any:
    oar.wait(lambda: shown(oar, job)["state"] in {"Terminated", "Error"}, every=1)
    return shown(oar, job)


def said(oar: Lab, run: str, job: str) -> str:
    (text,) = oar.left(f"probe-{run}.{job}.out").values()
    return text


@pytest.fixture(scope="module", autouse=True)
def jobs(oar: Lab) -> Jobs:
    """All at once, those that take longest before all others."""
    return {run: submit(oar, run)[0] for run in BEGUN}


def test_a_plain_job(oar: Lab, jobs: Jobs) -> None:
    found = end(oar, jobs["plain"])
    assert (found["state"], found["exit_code"]) == ("Terminated", 0)
    assert "walltime=0:5:0" in found["wanted_resources"]
    assert "[one]\n[two  words]\n[$HOME]\n" in said(oar, "plain", jobs["plain"])


def test_an_array_of_high_numbers(oar: Lab) -> None:
    for job in submit(oar, "high"):
        end(oar, job)
    texts = oar.left("probe-high.*.out").values()
    assert sorted(re.findall(r"\[(\d+)\]", "".join(texts))) == ["5000", "5003", "5006", "5009"]


def test_two_tasks_of_one_program(oar: Lab, jobs: Jobs) -> None:
    found = end(oar, jobs["ranks"])
    assert "2 tasks, sum 3" in said(oar, "ranks", jobs["ranks"])
    assert len(found["assigned_resources"]) == 2


def test_tasks_on_unlike_nodes_run_one_image(oar: Lab, jobs: Jobs) -> None:
    found = end(oar, jobs["together"])
    assert set(found["assigned_network_address"]) == {"haswell", "nocona"}
    text = said(oar, "together", jobs["together"])
    assert set(re.findall(r"task \d on (\w+)", text)) == {"lab", "nocona"}
    assert "[x86_64]" in text
    assert "2 tasks, sum 3, built for x86_64\n" in text


def test_features_choose_the_node(oar: Lab, jobs: Jobs) -> None:
    assert end(oar, jobs["chosen"])["assigned_network_address"] == ["zen3"]


def test_the_code_of_a_program_arrives(oar: Lab, jobs: Jobs) -> None:
    assert end(oar, jobs["failing"])["exit_code"] >> 8 == 7


def test_what_is_asked_is_given(oar: Lab, jobs: Jobs) -> None:
    """Whoever asks for memory has a node alone."""
    found = end(oar, jobs["whole"])
    assert (found["exit_code"], found["project"]) == (0, "physics")
    assert (len(found["assigned_resources"]), len(found["assigned_network_address"])) == (2, 1)


def test_files_go_to_scratch_and_back(oar: Lab, jobs: Jobs) -> None:
    end(oar, jobs["whole"])
    assert oar.left("result.txt") == {"result.txt": DATA}
    (scratch,) = re.findall(r"\[(/scratch/.*)/data.txt\]", said(oar, "whole", jobs["whole"]))
    assert oar.run("test", "-e", scratch).returncode == 1


def test_letters_tell_of_a_job(oar: Lab, jobs: Jobs) -> None:
    for event in ("RUNNING", "END"):
        about = rf"\[{event}\]: {jobs['whole']} \(probe-whole\)"
        oar.wait_for_letter(rf"{about} on lab ada@example\.org")


def test_a_job_is_cancelled(oar: Lab) -> None:
    (job,) = submit(oar, "endless")
    oar.wait(lambda: shown(oar, job)["state"] == "Running", every=1)
    oar.say("oardel", job)
    assert end(oar, job)["state"] == "Error"


def test_a_program_saves_before_its_time_is_up(oar: Lab, jobs: Jobs) -> None:
    assert end(oar, jobs["saving"])["exit_code"] >> 8 == 4
    assert "[save]\nsaved\n" in said(oar, "saving", jobs["saving"])


def test_a_job_ends_at_its_time(oar: Lab, jobs: Jobs) -> None:
    found = end(oar, jobs["late"])
    assert found["state"] == "Error"
    assert any("WALLTIME" in event["type"] for event in found["events"])
    oar.wait_until_all_are_gone()


def test_a_job_is_started_again(oar: Lab, jobs: Jobs) -> None:
    """Where it ends with 99 after a minute, as another job, which counts."""
    first = jobs["again"]
    assert end(oar, first)["exit_code"] >> 8 == 99

    def report() -> Report | Problem:
        text = oar.say("oarstat", "-f", "-J", "--array", first)
        return client("oar").report(first, [Answer(0, text, "")])

    oar.wait(lambda: report() == Report(State.DONE), every=1)
    assert "started again" in "".join(oar.left("probe-again.*.out").values())
