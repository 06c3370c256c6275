"""What jobs that are over have left is removed, and nothing of those that go on."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from envc.facts.problem import Problem
from envc.submit.forget import forget, over
from envc.submit.model import Answer, Words
from envc.submit.place import Place
from tests.submit.conftest import Desk
from tests.submit.test_record import ENTRY, opened

pytestmark = pytest.mark.xdist_group("submit")


def made(desk: Desk, job: str, moment: str) -> None:
    with closing(sqlite3.connect(desk.folder / "envc.jobs")) as base, base:
        base.execute("update jobs set made = ? where id = ?", (moment, job))


def test_what_is_over_is_removed_and_what_runs_stays(desk: Desk) -> None:
    runs, done, old = desk.submit("slow"), desk.submit("failing"), desk.submit("failing")
    desk.becomes(done, "failed")
    desk.becomes(old, "failed")
    made(desk, old, "2020-01-01T00:00:00+00:00")
    refused = desk.envc("forget", runs)
    assert refused.returncode == 1
    assert f"job `{runs}` is not over: it is running" in refused.stderr
    shown = desk.say("forget", "all", "--dry-run")
    assert shown.splitlines() == [
        f"{each}: failing at here, ~/.envc/jobs/{each}" for each in (done, old)
    ]
    said = desk.envc("forget", "all", "--older", "30d")
    assert (said.returncode, said.stderr) == (0, f"{old}: forgotten\n")
    assert desk.job(done).exists()
    assert not desk.job(old).exists()
    assert desk.envc("forget", "all").stderr == f"{done}: forgotten\n"
    assert [each.name for each in desk.job(runs).parent.iterdir()] == [runs]
    assert desk.say("status").startswith(runs)
    desk.say("cancel", runs)
    desk.say("forget", runs)
    assert desk.say("status") == ""


@pytest.mark.parametrize("name", ["../../precious", ".", "*", "plain-0a1b2c/../.."])
def test_only_folders_of_jobs_are_removed(tmp_path: Path, name: str) -> None:
    """Whoever wrote the record."""
    entry = replace(ENTRY, id=name, number="12", state="done")
    (found,) = over([entry], opened(tmp_path), Place, 5)
    assert found.problem is not None
    assert "is no name that envc gives to a job" in found.problem.message


def test_what_another_job_may_wait_for_stays(tmp_path: Path) -> None:
    """Without a scheduler, it waits for what stands in the folder."""
    kept = opened(tmp_path)
    done = replace(ENTRY, id="plain-0a1b2c", scheduler="local", state="done")
    for each in (done, replace(done, id="later-0a1b2d", state="waiting")):
        kept.add(each)
    (found,) = over([done], kept, Place, 5)
    assert found.problem is not None
    assert "may be waited for" in found.problem.message


@dataclass(frozen=True, slots=True)
class Asked:
    """A site that says the same to all that it is asked."""

    answer: Answer | Problem
    heard: list[Words]

    def ask(self, questions: Sequence[Words], patience: int) -> tuple[Answer, ...] | Problem:
        del patience
        self.heard.extend(questions)
        return self.answer if isinstance(self.answer, Problem) else (self.answer,) * len(questions)


@pytest.mark.parametrize(
    ("state", "program"), [("done", "kubectl"), ("cancelled", "sh"), ("vanished", "sh")]
)
def test_a_scheduler_that_keeps_jobs_is_told(tmp_path: Path, state: str, program: str) -> None:
    kept = opened(tmp_path)
    entry = replace(ENTRY, id="plain-0a1b2c", scheduler="kubernetes", number="a/Job/b", state=state)
    kept.add(entry)
    heard: list[Words] = []
    (done,) = forget([entry], kept, lambda _: Asked(Answer(0, "", ""), heard), 5)
    assert (done.problem, kept.entries()) == (None, ())
    assert [heard[0][0], heard[-1][-1]] == [program, ".envc/jobs/plain-0a1b2c"]


@pytest.mark.parametrize("answer", [Answer(1, "", "busy"), Problem("nobody answers")])
def test_what_is_not_removed_stays_in_the_record(tmp_path: Path, answer: Answer | Problem) -> None:
    kept = opened(tmp_path)
    entry = replace(ENTRY, id="plain-0a1b2c", state="done")
    kept.add(entry)
    (done,) = forget([entry], kept, lambda _: Asked(answer, []), 5)
    assert done.problem is not None
    assert kept.entries() == (entry,)
