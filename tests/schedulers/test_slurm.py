"""Slurm runs the jobs of a spec, of two releases, and gives each what it asks for."""

import re
from collections.abc import Mapping

import pytest

from tests.schedulers.lab import Lab, most_at_once
from tests.schedulers.runs import DATA

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
BEGUN = ("late", "saving", "together", "ranks", "whole", "plain", "high", "chosen", "failing")
OVER = {"COMPLETED", "FAILED", "TIMEOUT", "CANCELLED", "NODE_FAIL"}

Jobs = Mapping[str, str]


def submit(slurm: Lab, run: str, *words: str) -> str:
    return slurm.say("sbatch", "--parsable", *words, f"{run}.slurm").strip()


def shown(slurm: Lab, job: str) -> Mapping[str, str]:
    """Of an array, the last number's."""
    text = slurm.say("scontrol", "show", "job", "--oneliner", job)
    return dict(re.findall(r"(\S+?)=(\S*)", text.splitlines()[-1]))


def end(slurm: Lab, job: str) -> Mapping[str, str]:
    slurm.wait(lambda: shown(slurm, job)["JobState"] in OVER)
    return shown(slurm, job)


def begin(slurm: Lab, run: str) -> str:
    job = submit(slurm, run)
    slurm.wait(lambda: shown(slurm, job)["JobState"] == "RUNNING")
    return job


def said(slurm: Lab, run: str, job: str) -> str:
    (text,) = slurm.left(f"probe-{run}-{job}.out").values()
    return text


@pytest.fixture(scope="module", autouse=True)
def jobs(slurm: Lab) -> Jobs:
    """All at once, those that take a minute before all others."""
    return {run: submit(slurm, run) for run in BEGUN}


def test_a_plain_job(slurm: Lab, jobs: Jobs) -> None:
    found = end(slurm, jobs["plain"])
    assert (found["JobState"], found["ExitCode"]) == ("COMPLETED", "0:0")
    assert (found["NumNodes"], found["NumCPUs"], found["TimeLimit"]) == ("1", "1", "00:05:00")
    assert "[one]\n[two  words]\n[$HOME]\n" in said(slurm, "plain", jobs["plain"])


def test_an_array_of_high_numbers(slurm: Lab, jobs: Jobs) -> None:
    slurm.wait(lambda: not slurm.say("squeue", "--noheader", f"--jobs={jobs['high']}"))
    assert shown(slurm, jobs["high"])["ArrayTaskThrottle"] == "2"
    texts = slurm.left(f"probe-high-{jobs['high']}_*.out").values()
    assert sorted(re.findall(r"\[(\d+)\]", "".join(texts))) == ["5000", "5003", "5006", "5009"]
    assert most_at_once(texts) <= 2


def test_two_tasks_of_one_program(slurm: Lab, jobs: Jobs) -> None:
    found = end(slurm, jobs["ranks"])
    assert "2 tasks, sum 3" in said(slurm, "ranks", jobs["ranks"])
    assert (found["NumTasks"], found["NumCPUs"]) == ("2", "2")


def test_tasks_on_unlike_nodes_run_one_image(slurm: Lab, jobs: Jobs) -> None:
    found = end(slurm, jobs["together"])
    assert (found["NumNodes"], found["NodeList"]) == ("2", "haswell,nocona")
    text = said(slurm, "together", jobs["together"])
    assert set(re.findall(r"task \d on (\w+)", text)) == {"haswell", "nocona"}
    assert "[x86_64]" in text
    assert "2 tasks, sum 3, built for x86_64\n" in text


def test_features_choose_the_node(slurm: Lab, jobs: Jobs) -> None:
    found = end(slurm, jobs["chosen"])
    assert found["NodeList"] == "zen3"
    assert set(found["Features"].split("&")) == {"fast", "infiniband"}
    assert "[x86_64_v2]" in said(slurm, "chosen", jobs["chosen"])


def test_the_code_of_a_program_arrives(slurm: Lab, jobs: Jobs) -> None:
    found = end(slurm, jobs["failing"])
    assert (found["JobState"], found["ExitCode"]) == ("FAILED", "7:0")


def test_what_is_asked_is_given(slurm: Lab, jobs: Jobs) -> None:
    found = end(slurm, jobs["whole"])
    assert found["JobState"] == "COMPLETED"
    # 24.11 has it as `AllocTRES`.
    assert {"cpu=2", "mem=300M"} < set(found.get("AllocTRES", found.get("TRES", "")).split(","))
    assert (found["MinMemoryNode"], found["CPUs/Task"], found["Account"]) == (
        "300M",
        "2",
        "physics",
    )


def test_files_go_to_scratch_and_back(slurm: Lab, jobs: Jobs) -> None:
    end(slurm, jobs["whole"])
    assert slurm.left("result.txt") == {"result.txt": DATA}
    (scratch,) = re.findall(r"\[(/scratch/.*)/data.txt\]", said(slurm, "whole", jobs["whole"]))
    assert slurm.run("test", "-e", scratch).returncode == 1


def test_letters_tell_of_a_job(slurm: Lab, jobs: Jobs) -> None:
    for event in ("Began", "Ended"):
        slurm.wait_for_letter(rf"Job_id={jobs['whole']} .* {event}.* ada@example\.org")


def test_a_job_is_started_again(slurm: Lab) -> None:
    again, once = begin(slurm, "again"), begin(slurm, "once")
    slurm.wait((slurm.jobs / "again.mark").exists)
    slurm.say("scontrol", "requeue", again)
    assert "disabled for job" in slurm.run("scontrol", "requeue", once).stderr
    slurm.say("scancel", once)
    found = end(slurm, again)
    assert (found["JobState"], found["Restarts"]) == ("COMPLETED", "1")
    assert "started again" in said(slurm, "again", again)


def test_a_job_is_cancelled(slurm: Lab) -> None:
    job = begin(slurm, "endless")
    slurm.say("scancel", job)
    assert end(slurm, job)["JobState"] == "CANCELLED"


def test_a_job_waits_for_another(slurm: Lab, jobs: Jobs) -> None:
    after = submit(slurm, "later", f"--dependency=afterok:{jobs['failing']}")
    later = submit(slurm, "later", f"--dependency=afterok:{jobs['plain']}")
    slurm.wait(lambda: shown(slurm, after)["Reason"] == "DependencyNeverSatisfied")
    assert end(slurm, later)["JobState"] == "COMPLETED"


def test_a_program_saves_before_its_time_is_up(slurm: Lab, jobs: Jobs) -> None:
    found = end(slurm, jobs["saving"])
    assert (found["JobState"], found["ExitCode"]) == ("FAILED", "4:0")
    assert "[save]\nsaved\n" in said(slurm, "saving", jobs["saving"])


def test_a_job_ends_at_its_time(slurm: Lab, jobs: Jobs) -> None:
    assert end(slurm, jobs["late"])["JobState"] == "TIMEOUT"
    slurm.wait_until_all_are_gone()
