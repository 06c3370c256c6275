"""Slurm runs the jobs of a spec, of two releases, and gives each what it asks for."""

import re
from collections.abc import Mapping

import pytest

from tests.schedulers.lab import Lab

pytestmark = [
    pytest.mark.tool("mmdebstrap"),
    pytest.mark.parametrize(
        "slurm",
        [
            pytest.param(suite, marks=pytest.mark.xdist_group(f"slurm-{suite}"))
            for suite in ("bookworm", "trixie")
        ],
        indirect=True,
    ),
]


def submit(slurm: Lab, run: str, *words: str) -> str:
    return slurm.say("sbatch", "--parsable", *words, f"{run}.slurm").strip()


def shown(slurm: Lab, job: str) -> Mapping[str, str]:
    """Of an array, the last number's."""
    text = slurm.say("scontrol", "show", "job", "--oneliner", job)
    return dict(re.findall(r"(\S+?)=(\S*)", text.splitlines()[-1]))


def end(slurm: Lab, job: str, seconds: int = 60) -> Mapping[str, str]:
    over = {"COMPLETED", "FAILED", "TIMEOUT", "CANCELLED", "NODE_FAIL"}
    slurm.wait(lambda: shown(slurm, job)["JobState"] in over, seconds)
    return shown(slurm, job)


@pytest.fixture(scope="module", autouse=True)
def endless(slurm: Lab) -> str:
    """Begins before all others, since its end takes a minute."""
    return submit(slurm, "endless")


def test_a_plain_job(slurm: Lab) -> None:
    found = end(slurm, submit(slurm, "plain"))
    assert (found["JobState"], found["ExitCode"]) == ("COMPLETED", "0:0")
    assert (found["NumNodes"], found["NumCPUs"], found["TimeLimit"]) == ("1", "1", "00:05:00")
    (text,) = slurm.left(f"probe-plain-{found['JobId']}.out").values()
    assert text == "[one]\n[two  words]\n[$HOME]\n"


def test_an_array(slurm: Lab) -> None:
    job = submit(slurm, "numbers")
    assert shown(slurm, job)["ArrayTaskThrottle"] == "2"
    slurm.wait(lambda: len(slurm.left("probe-numbers-*.out")) == 4)
    slurm.wait(lambda: not slurm.say("squeue", "--noheader", f"--jobs={job}"))
    said = "".join(slurm.left("probe-numbers-*.out").values())
    assert sorted(re.findall(r"\[(\d)\]", said)) == ["1", "3", "5", "7"]


def test_two_tasks_of_one_program(slurm: Lab) -> None:
    found = end(slurm, submit(slurm, "ranks"))
    (text,) = slurm.left(f"probe-ranks-{found['JobId']}.out").values()
    assert "2 tasks, sum 3" in text
    assert (found["NumTasks"], found["NumCPUs"]) == ("2", "2")


def test_features_choose_the_node(slurm: Lab) -> None:
    found = end(slurm, submit(slurm, "chosen"))
    assert found["NodeList"] == "zen3"
    assert set(found["Features"].split("&")) == {"fast", "infiniband"}


def test_the_code_of_a_program_arrives(slurm: Lab) -> None:
    found = end(slurm, submit(slurm, "failing"))
    assert (found["JobState"], found["ExitCode"]) == ("FAILED", "7:0")


def test_a_job_is_cancelled(slurm: Lab) -> None:
    job = submit(slurm, "endless")
    slurm.wait(lambda: shown(slurm, job)["JobState"] == "RUNNING")
    slurm.say("scancel", job)
    assert end(slurm, job)["JobState"] == "CANCELLED"


def test_a_job_waits_for_another(slurm: Lab) -> None:
    before = submit(slurm, "failing")
    after = submit(slurm, "later", f"--dependency=afterok:{before}")
    end(slurm, before)
    slurm.wait(lambda: shown(slurm, after)["Reason"] == "DependencyNeverSatisfied")
    good = submit(slurm, "plain")
    later = submit(slurm, "later", f"--dependency=afterok:{good}")
    assert end(slurm, later)["JobState"] == "COMPLETED"


def test_a_job_ends_at_its_time(slurm: Lab, endless: str) -> None:
    assert end(slurm, endless, 120)["JobState"] == "TIMEOUT"
