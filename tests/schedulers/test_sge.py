"""Grid Engine runs the jobs of a spec, and gives each what it asks for."""

import re
from collections.abc import Mapping

import pytest

from tests.schedulers.lab import Lab

pytestmark = [pytest.mark.tool("mmdebstrap"), pytest.mark.xdist_group("sge")]


def submit(sge: Lab, run: str) -> str:
    """An array's answer is `3.1-7:2`."""
    return sge.say("qsub", "-terse", f"{run}.sge").strip().partition(".")[0]


def is_over(sge: Lab, job: str) -> bool:
    return sge.run("qstat", "-j", job).returncode != 0


def end(sge: Lab, job: str, seconds: int = 60) -> Mapping[str, str]:
    """What the accounts have of it."""
    sge.wait(lambda: is_over(sge, job), seconds)
    sge.wait(lambda: sge.run("qacct", "-j", job).returncode == 0, 30)
    return dict(re.findall(r"^(\w+) +(.*?) *$", sge.say("qacct", "-j", job), re.MULTILINE))


@pytest.fixture(scope="module", autouse=True)
def endless(sge: Lab) -> str:
    """Begins before all others, since its end takes a minute."""
    return submit(sge, "endless")


def test_a_plain_job(sge: Lab) -> None:
    job = submit(sge, "plain")
    found = end(sge, job)
    assert (found["exit_status"], found["failed"], found["slots"]) == ("0", "0", "1")
    (text,) = sge.left(f"probe-plain.o{job}").values()
    assert text == "[one]\n[two  words]\n[$HOME]\n"


def test_an_array(sge: Lab) -> None:
    job = submit(sge, "numbers")
    assert re.search(r"^maximum concurrency: +2$", sge.say("qstat", "-j", job), re.MULTILINE)
    sge.wait(lambda: is_over(sge, job))
    said = "".join(sge.left(f"probe-numbers.o{job}.*").values())
    assert sorted(re.findall(r"\[(\d)\]", said)) == ["1", "3", "5", "7"]


def test_two_tasks_of_one_program(sge: Lab) -> None:
    job = submit(sge, "ranks")
    found = end(sge, job)
    (text,) = sge.left(f"probe-ranks.o{job}").values()
    assert "2 tasks, sum 3" in text
    assert found["slots"] == "2"


def test_the_code_of_a_program_arrives(sge: Lab) -> None:
    assert end(sge, submit(sge, "failing"))["exit_status"] == "7"


def test_a_job_is_cancelled(sge: Lab) -> None:
    job = submit(sge, "endless")
    sge.wait(lambda: f" {job} " in f" {sge.say('qstat', '-s', 'r')} ")
    sge.say("qdel", job)
    assert end(sge, job)["failed"].startswith("100")


def test_a_job_ends_at_its_time(sge: Lab, endless: str) -> None:
    found = end(sge, endless, 120)
    assert "enforced h_rt" in found["failed"]
    assert float(found["ru_wallclock"].removesuffix("s")) < 75


def test_features_choose_the_node(sge: Lab) -> None:
    found = end(sge, submit(sge, "chosen"))
    assert (found["qname"], found["exit_status"]) == ("zen3", "0")
