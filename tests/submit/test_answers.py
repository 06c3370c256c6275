"""What schedulers answer is understood.

`recorded/` holds what real programs said in the labs of tests/schedulers. The other answers are
written down here as the documentation of their schedulers has them; no real program has said them.
"""

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from envc.facts.problem import Problem
from envc.jobs.backend import backend
from envc.submit.model import CLIENTS, Answer, Order, Report, State, client, together, understood
from tests.jobs.samples import JOB as HEAT

RECORDED = Path(__file__).parent / "recorded"
HEARD = ("slurm", "sge", "oar", "htcondor")
ORDER = Order("plain-0a1b2c", "plain.job", (), ())


def recorded(kind: str) -> Iterator[Any]:
    for name in HEARD:
        for each in json.loads((RECORDED / f"{name}.json").read_text())[kind]:
            yield pytest.param(name, each, id=f"{name}-{each['about']}-{each.get('state', '')}")


def answer(said: Any) -> Answer:
    return Answer(said["code"], *("\n".join(said[key]) for key in ("text", "error")))


@pytest.mark.parametrize(("name", "case"), [*recorded("handed in")])
def test_the_number_of_a_job_is_heard(name: str, case: Any) -> None:
    said = answer(case["answer"])
    number = client(name).number(said.text)
    assert (number if isinstance(number, str) else "") == case["number"]
    assert bool(said.code) == (case["number"] == "")


@pytest.mark.parametrize(("name", "case"), [*recorded("reports")])
def test_what_became_of_a_job_is_understood(name: str, case: Any) -> None:
    known = client(name)
    report = known.report(case["number"], [answer(each) for each in case["answers"]])
    assert isinstance(report, Report)
    assert (report.state.value, report.code) == (case["state"], case["code"])
    assert len(known.questions(case["number"])) == len(case["answers"])


# ---- from documentation --------------------------------------------------------------------------

FINE = ""


def pbs(state: str, **more: object) -> str:
    return json.dumps({"Jobs": {"12.srv": {"job_state": state, **more}}})


def torque(*fields: str) -> str:
    return "Job Id: 12.srv\n" + "".join(f"    {each}\n" for each in fields)


def lsf(state: str, code: str = "", reason: str = "") -> str:
    record = {"STAT": state, "EXIT_CODE": code, "EXIT_REASON": reason}
    return json.dumps({"COMMAND": "bjobs", "JOBS": 1, "RECORDS": [record]})


def kubernetes(*conditions: tuple[str, str]) -> str:
    said = [{"type": kind, "status": "True", "reason": reason} for kind, reason in conditions]
    return json.dumps({"status": {"conditions": said}})


def pods(phase: str, code: int = 0) -> str:
    ended = {"state": {"terminated": {"exitCode": code}}}
    return json.dumps({"items": [{"status": {"phase": phase, "containerStatuses": [ended]}}]})


def nomad(status: str, code: int = 0) -> str:
    events = [{"Type": "Started"}, {"Type": "Terminated", "ExitCode": code}, {"Type": "Killed"}]
    return json.dumps([{"ClientStatus": status, "TaskStates": {"run": {"Events": events}}}])


SUBJOBS = json.dumps({"Jobs": {
    "12[].srv": {"job_state": "F", "Exit_status": 1},
    "12[1].srv": {"job_state": "X", "Exit_status": 0},
    "12[3].srv": {"job_state": "X", "Exit_status": 9},
}})  # fmt: skip
JOB = json.dumps({"Job": {"Stop": False}})
STOPPED = json.dumps({"Job": {"Stop": True}})
COMPLETE = kubernetes(("Complete", ""))
FAILED = kubernetes(("Failed", "PodFailurePolicy"))
LATE = kubernetes(("Failed", "DeadlineExceeded"))
NOTHING = json.dumps({"status": {}})


@pytest.mark.parametrize(
    ("name", "texts", "state", "code"),
    [
        ("slurm", ("JobState=TIMEOUT ExitCode=0:15 Reason=TimeLimit", FINE), State.TIMED_OUT, None),
        ("slurm", ("JobState=OUT_OF_MEMORY ExitCode=0:125", FINE), State.FAILED, 253),
        ("slurm", ("JobState=NEWER_STATE ExitCode=0:0", FINE), State.UNKNOWN, None),
        ("slurm", ("", "COMPLETED|0:0\n"), State.DONE, None),
        ("slurm", ("", "CANCELLED by 1000|0:0\n"), State.CANCELLED, None),
        ("slurm", ("", "FAILED|7:0\nCOMPLETED|0:0\n"), State.FAILED, 7),
        ("pbspro", (pbs("Q"),), State.WAITING, None),
        ("pbspro", (pbs("R"),), State.RUNNING, None),
        ("pbspro", (pbs("F", Exit_status=0),), State.DONE, None),
        ("pbspro", (pbs("F", Exit_status=7),), State.FAILED, 7),
        ("pbspro", (pbs("F", Exit_status=271),), State.FAILED, 143),
        ("pbspro", (pbs("F", Exit_status=-29),), State.TIMED_OUT, None),
        ("pbspro", (pbs("F"),), State.CANCELLED, None),
        ("pbspro", (SUBJOBS,), State.FAILED, 9),
        ("torque", (torque("job_state = Q"),), State.WAITING, None),
        ("torque", (torque("job_state = R"),), State.RUNNING, None),
        ("torque", (torque("job_state = C", "exit_status = 0"),), State.DONE, None),
        ("torque", (torque("job_state = C", "exit_status = 265"),), State.FAILED, 137),
        ("torque", (torque("job_state = C", "exit_status = -11"),), State.TIMED_OUT, None),
        ("torque", (torque("job_state = C"),), State.CANCELLED, None),
        ("lsf", (lsf("PEND"),), State.WAITING, None),
        ("lsf", (lsf("RUN"),), State.RUNNING, None),
        ("lsf", (lsf("DONE"),), State.DONE, None),
        ("lsf", (lsf("EXIT", "7"),), State.FAILED, 7),
        ("lsf", (lsf("EXIT", "140", "TERM_RUNLIMIT: job killed"),), State.TIMED_OUT, None),
        ("lsf", (lsf("EXIT", "130", "TERM_OWNER: job killed by owner"),), State.CANCELLED, None),
        ("flux", ("SCHED|\n",), State.WAITING, None),
        ("flux", ("RUN|\nCOMPLETED|0\n",), State.RUNNING, None),
        ("flux", ("COMPLETED|0\nFAILED|7\n",), State.FAILED, 7),
        ("flux", ("TIMEOUT|142\n",), State.TIMED_OUT, None),
        ("flux", ("CANCELED|\n",), State.CANCELLED, None),
        ("kubernetes", (NOTHING, pods("Pending")), State.WAITING, None),
        ("kubernetes", (NOTHING, pods("Running")), State.RUNNING, None),
        ("kubernetes", (COMPLETE, pods("Succeeded")), State.DONE, None),
        ("kubernetes", (FAILED, pods("Failed", 7)), State.FAILED, 7),
        ("kubernetes", (LATE, pods("Failed")), State.TIMED_OUT, None),
        ("nomad", (JOB, "[]"), State.WAITING, None),
        ("nomad", (JOB, nomad("running")), State.RUNNING, None),
        ("nomad", (JOB, nomad("complete")), State.DONE, None),
        ("nomad", (JOB, nomad("failed", 7)), State.FAILED, 7),
        ("nomad", (STOPPED, nomad("complete")), State.CANCELLED, None),
    ],
)  # fmt: skip
def test_what_documentation_says_is_understood(
    name: str, texts: tuple[str, ...], state: State, code: int | None
) -> None:
    report = client(name).report("12", [Answer(0, text, "") for text in texts])
    assert isinstance(report, Report)
    assert (report.state, report.code) == (state, code)


@pytest.mark.parametrize(
    ("name", "text", "number"),
    [
        ("slurm", "12;cluster\n", "12"),
        ("pbspro", "12[].srv.example.org\n", "12[].srv.example.org"),
        ("torque", "12.srv\n", "12.srv"),
        ("lsf", "Job <12> is submitted to default queue <normal>.\n", "12"),
        ("flux", "ƒ26D5g\nƒ26D5h\n", "ƒ26D5g ƒ26D5h"),
        ("kubernetes", "physics/Job/heat-demo-x7k2q\n", "physics/Job/heat-demo-x7k2q"),
        ("nomad", "plain-0a1b2c\n", "plain-0a1b2c"),
        ("local", "plain-0a1b2c.12.3456\n", "plain-0a1b2c.12.3456"),
    ],
)
def test_numbers_of_jobs_are_read(name: str, text: str, number: str) -> None:
    assert client(name).number(text) == number


@pytest.mark.parametrize("name", CLIENTS)
def test_garbage_is_a_problem_or_nothing_known(name: str) -> None:
    known = client(name)
    assert isinstance(known.number("Segmentation fault, really"), Problem)
    count = len(known.questions("a-1.2.3" if name != "kubernetes" else "a/Job/b"))
    for code in (0, 1):
        said = Answer(code, "what?", "out of reach")
        report = understood(known, "12", [said] * count)
        assert isinstance(report, Problem) or report.state in {State.VANISHED, State.UNKNOWN}


@pytest.mark.parametrize("name", CLIENTS)
def test_a_name_stands_in_the_words(name: str) -> None:
    """By it a job is found again."""
    known = client(name)
    handed = [*known.hand_in(ORDER)]
    assert any(ORDER.id in word for word in handed)
    assert all(any(ORDER.id in word for word in words) for words in known.search(ORDER.id))
    assert known.found([Answer(1, "", "nobody")]) == ""


@pytest.mark.parametrize("name", [name for name in CLIENTS if client(name).waits])
def test_jobs_before_it_stand_in_the_words(name: str) -> None:
    order = replace(ORDER, before=("12.9.8",))
    words = " ".join(client(name).hand_in(order))
    assert "12" in words
    assert words != " ".join(client(name).hand_in(ORDER))


def test_an_array_is_as_its_jobs_are() -> None:
    done, failed = Report(State.DONE), Report(State.FAILED, 7)
    assert together([done, Report(State.RUNNING), failed]) == Report(
        State.RUNNING, None, "2 of 3 are over"
    )
    assert together([done, failed, done]) == Report(State.FAILED, 7, "2 of 3 are done")
    assert together([done]) == done
    assert together([]).state is State.VANISHED


def test_a_job_of_nomad_takes_its_id(tmp_path: Path) -> None:
    """By a `nomad` that says what it was given."""
    (file,) = backend("nomad").files(HEAT)
    (tmp_path / file.path).write_text(file.text)
    (tmp_path / "nomad").write_text("#!/bin/sh\ncp named.hcl given\n")
    (tmp_path / "nomad").chmod(0o755)
    words = client("nomad").hand_in(replace(ORDER, file=file.path))
    variables = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(words, cwd=tmp_path, env=variables, capture_output=True, check=True)
    assert done.stdout.decode() == f"{ORDER.id}\n"
    given = (tmp_path / "given").read_text()
    assert f'\njob "{ORDER.id}" {{\n' in f"\n{given}"
    assert given.replace(ORDER.id, "heat-demo") == file.text
