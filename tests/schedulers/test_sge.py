"""Grid Engine runs the jobs of a spec, and gives each what it asks for."""

import re
from collections.abc import Mapping

import pytest

from tests.schedulers.lab import Lab, most_at_once
from tests.schedulers.runs import DATA

pytestmark = [pytest.mark.tool("mmdebstrap"), pytest.mark.xdist_group("sge")]
BEGUN = ("saving", "late", "together", "ranks", "whole", "plain", "high", "chosen", "failing")

Jobs = Mapping[str, str]


def submit(sge: Lab, run: str) -> str:
    """An array's answer is `3.1-7:2`."""
    return sge.say("qsub", "-terse", f"{run}.sge").strip().partition(".")[0]


def is_over(sge: Lab, job: str) -> bool:
    return sge.run("qstat", "-j", job).returncode != 0


def end(sge: Lab, job: str) -> Mapping[str, str]:
    """What the accounts have of it."""
    sge.wait(lambda: is_over(sge, job))
    sge.wait(lambda: sge.run("qacct", "-j", job).returncode == 0)
    return dict(re.findall(r"^(\w+) +(.*?) *$", sge.say("qacct", "-j", job), re.MULTILINE))


def begin(sge: Lab, run: str) -> str:
    job = submit(sge, run)
    sge.wait(lambda: f" {job} " in f" {sge.say('qstat', '-s', 'r')} ")
    return job


def said(sge: Lab, run: str, job: str) -> str:
    (text,) = sge.left(f"probe-{run}.o{job}").values()
    return text


@pytest.fixture(scope="module", autouse=True)
def jobs(sge: Lab) -> Jobs:
    """All at once, those that take longest before all others."""
    return {run: submit(sge, run) for run in BEGUN}


def test_a_plain_job(sge: Lab, jobs: Jobs) -> None:
    found = end(sge, jobs["plain"])
    assert (found["exit_status"], found["failed"], found["slots"]) == ("0", "0", "1")
    assert "[one]\n[two  words]\n[$HOME]\n" in said(sge, "plain", jobs["plain"])


def test_an_array_of_high_numbers(sge: Lab, jobs: Jobs) -> None:
    sge.wait(lambda: is_over(sge, jobs["high"]))
    texts = sge.left(f"probe-high.o{jobs['high']}.*").values()
    assert sorted(re.findall(r"\[(\d+)\]", "".join(texts))) == ["5000", "5003", "5006", "5009"]
    assert most_at_once(texts) <= 2
    sge.say("qsub", "-h", "-N", "held", "high.sge")
    assert re.search(r"^maximum concurrency: +2$", sge.say("qstat", "-j", "held"), re.MULTILINE)
    sge.say("qdel", "held")


def test_two_tasks_of_one_program(sge: Lab, jobs: Jobs) -> None:
    found = end(sge, jobs["ranks"])
    assert "2 tasks, sum 3" in said(sge, "ranks", jobs["ranks"])
    assert (found["slots"], found["granted_pe"]) == ("2", "smp")


def test_tasks_on_unlike_nodes_run_one_image(sge: Lab, jobs: Jobs) -> None:
    found = end(sge, jobs["together"])
    text = said(sge, "together", jobs["together"])
    assert (found["slots"], found["granted_pe"], found["exit_status"]) == ("2", "mpi", "0"), text
    assert set(re.findall(r"task \d on (\w+)", text)) == {"lab", "nocona"}
    assert "[x86_64]" in text
    assert "2 tasks, sum 3, built for x86_64\n" in text


def test_features_choose_the_node(sge: Lab, jobs: Jobs) -> None:
    found = end(sge, jobs["chosen"])
    assert (found["qname"], found["exit_status"]) == ("zen3", "0")


def test_the_code_of_a_program_arrives(sge: Lab, jobs: Jobs) -> None:
    assert end(sge, jobs["failing"])["exit_status"] == "7"


def test_what_is_asked_is_given(sge: Lab, jobs: Jobs) -> None:
    """Memory is asked for each of two slots, and the program may use it all."""
    found = end(sge, jobs["whole"])
    assert (found["slots"], found["account"], found["project"]) == ("2", "physics", "heat")
    assert "h_vmem=150M" in found["category"]
    assert "\n[2]\n300 MiB\n" in said(sge, "whole", jobs["whole"])


def test_files_go_to_scratch_and_back(sge: Lab, jobs: Jobs) -> None:
    assert end(sge, jobs["whole"])["exit_status"] == "0"
    assert sge.left("result.txt") == {"result.txt": DATA}
    (scratch,) = re.findall(r"\[(/scratch/.*)/data.txt\]", said(sge, "whole", jobs["whole"]))
    assert sge.run("test", "-e", scratch).returncode == 1


def test_letters_tell_of_a_job(sge: Lab, jobs: Jobs) -> None:
    for event in ("Started", "Complete"):
        sge.wait_for_letter(rf"Job {jobs['whole']} \(probe-whole\) {event} ada@example\.org")


def test_a_job_is_started_again(sge: Lab) -> None:
    again, once = begin(sge, "again"), begin(sge, "once")
    sge.wait((sge.jobs / "again.mark").exists)
    sge.say("qmod", "-rj", again)
    answer = sge.run("qmod", "-rj", once)
    assert "not restartable" in answer.stdout + answer.stderr
    sge.say("qdel", once)
    assert end(sge, again)["exit_status"] == "0"
    assert "started again" in said(sge, "again", again)


def test_a_job_is_cancelled(sge: Lab) -> None:
    job = begin(sge, "endless")
    sge.say("qdel", job)
    assert end(sge, job)["failed"].startswith("100")


def test_a_program_saves_before_its_time_is_up(sge: Lab, jobs: Jobs) -> None:
    assert end(sge, jobs["saving"])["exit_status"] == "4"
    assert "[save]\nsaved\n" in said(sge, "saving", jobs["saving"])


def test_a_job_ends_at_its_time(sge: Lab, jobs: Jobs) -> None:
    found = end(sge, jobs["late"])
    assert "enforced h_rt" in found["failed"]
    assert float(found["ru_wallclock"].removesuffix("s")) < 40
    sge.wait_until_all_are_gone()
