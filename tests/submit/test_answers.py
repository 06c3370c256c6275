"""What schedulers answer is understood.

`recorded/` holds what real programs said: in the labs of tests/schedulers, and Docker in a swarm of
one node. The other answers are written down here as the documentation or the sources of their
schedulers have them; no real program has said them.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from envc.facts.problem import Problem
from envc.submit.model import Answer, Order, Report, State, client, together, understood
from envc.vocabulary import SCHEDULERS

RECORDED = Path(__file__).parent / "recorded"
HEARD = ("slurm", "sge", "oar", "htcondor", "compose")
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


def test_a_job_of_oar_that_was_started_again_is_the_later_one() -> None:
    jobs = {
        "7": {"state": "Terminated", "exit_code": 99 << 8, "events": [], "resubmit_job_id": 0},
        "9": {"state": "Running", "resubmit_job_id": 7},
    }
    assert client("oar").report("7", [Answer(0, json.dumps(jobs), "")]) == Report(State.RUNNING)


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


def pod(phase: str, code: int = 0, reason: str = "", **more: Any) -> Any:
    ended = {"state": {"terminated": {"exitCode": code}}}
    status = {
        "phase": phase,
        "containerStatuses": [ended],
        **({"reason": reason} if reason else {}),
    }
    return {"metadata": {"labels": more.pop("labels", {})}, "status": {**status, **more}}


def pods(*found: Any) -> str:
    return json.dumps({"items": found})


def of_mpi(role: str) -> dict[str, Any]:
    return {"labels": {"training.kubeflow.org/job-role": role}}


def nomad(status: str, code: int = 0, **more: object) -> Any:
    events = [{"Type": "Started"}, {"Type": "Terminated", "ExitCode": code}, {"Type": "Killed"}]
    states = {"run": {"Events": events}}
    known = {"Name": "heat.tasks[0]", "CreateIndex": 5, "ClientStatus": status}
    return {**known, "TaskStates": states, **more}


def allocations(*found: Any) -> str:
    return json.dumps(found)


def dirac(state: str, minor: str, job: int = 12) -> str:
    said = f"Status={state}; MinorStatus={minor}; ApplicationStatus=Unknown; Site=LCG.CERN.ch; "
    return f"JobID={job} {said}\n"


def chronos(success: int, error: int, name: str = "12") -> str:
    return json.dumps([{"name": f"{name}0"}, {"name": name, **_counts(success, error)}])


def _counts(success: int, error: int) -> dict[str, int]:
    return {"successCount": success, "errorCount": error}


SUBJOBS = json.dumps({"Jobs": {
    "12[].srv": {"job_state": "F", "Exit_status": 1},
    "12[1].srv": {"job_state": "X", "Exit_status": 0},
    "12[3].srv": {"job_state": "X", "Exit_status": 9},
}})  # fmt: skip
JOB = json.dumps({"Job": {"Stop": False}})
LONG = "Job has exceeded maximum wall clock time"
STOPPED = json.dumps({"Job": {"Stop": True}})
NODES = "link,a,12\nnode,12,{},{}\nnode,120,success,idle\n"
COMPLETE = kubernetes(("Complete", ""))
FAILED = kubernetes(("Failed", "PodFailurePolicy"))
LATE = kubernetes(("Failed", "DeadlineExceeded"))
OF_PODS = kubernetes(("Failed", "BackoffLimitExceeded"))
OF_NUMBERS = kubernetes(("FailureTarget", "FailedIndexes"), ("Failed", "FailedIndexes"))
OF_MPI = kubernetes(("Created", ""), ("Failed", "BackoffLimitExceeded/DeadlineExceeded"))
BROKEN_MPI = kubernetes(("Created", ""), ("Failed", "BackoffLimitExceeded/"))
LATE_POD = pod("Failed", 137, "DeadlineExceeded")
LOST_POD = pod("Failed", 143, conditions=[{"type": "DisruptionTarget", "status": "True"}])
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
        ("kubernetes", (NOTHING, pods(pod("Pending"))), State.WAITING, None),
        ("kubernetes", (NOTHING, pods(pod("Running"))), State.RUNNING, None),
        ("kubernetes", (COMPLETE, pods(pod("Succeeded"))), State.DONE, None),
        ("kubernetes", (FAILED, pods(pod("Failed", 7))), State.FAILED, 7),
        ("kubernetes", (FAILED, pods(LOST_POD, pod("Failed", 7))), State.FAILED, 7),
        ("kubernetes", (LATE, pods(pod("Failed"))), State.TIMED_OUT, None),
        ("kubernetes", (OF_PODS, pods(LATE_POD)), State.TIMED_OUT, None),
        ("kubernetes", (OF_PODS, pods(pod("Failed", 7))), State.FAILED, 7),
        ("kubernetes", (OF_NUMBERS, pods(pod("Succeeded"), LATE_POD)), State.TIMED_OUT, None),
        ("kubernetes", (OF_NUMBERS, pods(LATE_POD, pod("Failed", 7))), State.FAILED, 7),
        (
            "kubernetes",
            (OF_MPI, pods(pod("Failed", 137, "DeadlineExceeded", **of_mpi("launcher")))),
            State.TIMED_OUT,
            None,
        ),
        (
            "kubernetes",
            (
                BROKEN_MPI,
                pods(
                    pod("Failed", 137, "DeadlineExceeded", **of_mpi("worker")),
                    pod("Failed", 1, **of_mpi("launcher")),
                ),
            ),
            State.TIMED_OUT,
            None,
        ),
        (
            "kubernetes",
            (
                BROKEN_MPI,
                pods(
                    pod("Failed", 255, **of_mpi("worker")), pod("Failed", 7, **of_mpi("launcher"))
                ),
            ),
            State.FAILED,
            7,
        ),
        ("nomad", (JOB, "[]"), State.WAITING, None),
        ("nomad", (JOB, allocations(nomad("running"))), State.RUNNING, None),
        ("nomad", (JOB, allocations(nomad("complete"))), State.DONE, None),
        ("nomad", (JOB, allocations(nomad("failed", 7))), State.FAILED, 7),
        ("nomad", (JOB, allocations(nomad("failed", 124))), State.TIMED_OUT, None),
        ("nomad", (JOB, allocations(nomad("failed", 7, FollowupEvalID="a1"))), State.WAITING, None),
        (
            "nomad",
            (JOB, allocations(nomad("complete", CreateIndex=9), nomad("failed", 7))),
            State.DONE,
            None,
        ),
        ("nomad", (STOPPED, allocations(nomad("complete"))), State.CANCELLED, None),
        ("dirac", (dirac("Waiting", "Pilot Agent Submission"),), State.WAITING, None),
        ("dirac", (dirac("Completing", "Uploading Outputs"),), State.RUNNING, None),
        ("dirac", (dirac("Done", "Execution Complete"),), State.DONE, None),
        ("dirac", (dirac("Failed", "Application Finished With Errors"),), State.FAILED, None),
        ("dirac", (dirac("Failed", LONG),), State.TIMED_OUT, None),
        ("dirac", (dirac("Killed", "Marked for termination"),), State.CANCELLED, None),
        (
            "dirac",
            (dirac("Done", "Execution Complete") + dirac("Running", "Application", 13),),
            State.RUNNING,
            None,
        ),
        ("dirac", ("",), State.VANISHED, None),
        ("chronos", (chronos(0, 0), NODES.format("fresh", "queued")), State.WAITING, None),
        ("chronos", (chronos(0, 0), NODES.format("fresh", "1 running")), State.RUNNING, None),
        ("chronos", (chronos(1, 0), NODES.format("success", "idle")), State.DONE, None),
        ("chronos", (chronos(0, 1), NODES.format("failure", "idle")), State.FAILED, None),
        ("chronos", (chronos(0, 1, "1"), ""), State.VANISHED, None),
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
        ("kubernetes", "physics/MPIJob/heat-demo-x7k2q\n", "physics/MPIJob/heat-demo-x7k2q"),
        ("nomad", "plain-0a1b2c\n", "plain-0a1b2c"),
        ("nomad", "physics/plain-0a1b2c\n", "physics/plain-0a1b2c"),
        ("dirac", "JobID = 11\n", "11"),
        ("dirac", "JobID = [11, 12, 13]\n", "11 12 13"),
        ("dirac", "==> Selected 2 jobs with conditions: Date = Today\n11,12\n", "11 12"),
        ("compose", "plain-0a1b2c\n", "plain-0a1b2c"),
        ("chronos", "plain-0a1b2c\n", "plain-0a1b2c"),
        ("local", "plain-0a1b2c.12.3456\n", "plain-0a1b2c.12.3456"),
    ],
)
def test_numbers_of_jobs_are_read(name: str, text: str, number: str) -> None:
    assert client(name).number(text) == number


@pytest.mark.parametrize("name", SCHEDULERS)
def test_garbage_is_a_problem_or_nothing_known(name: str) -> None:
    known = client(name)
    assert isinstance(known.number("Segmentation fault, really"), Problem)
    count = len(known.questions("a-1.2.3" if name != "kubernetes" else "a/Job/b"))
    for code in (0, 1):
        said = Answer(code, "what?", "out of reach")
        report = understood(known, "12", [said] * count)
        assert isinstance(report, Problem) or report.state in {State.VANISHED, State.UNKNOWN}


@pytest.mark.parametrize("name", SCHEDULERS)
def test_a_name_stands_in_the_words(name: str) -> None:
    """By it a job is found again."""
    known = client(name)
    handed = [*known.hand_in(ORDER)]
    assert any(ORDER.id in word for word in handed)
    assert all(any(ORDER.id in word for word in words) for words in known.search(ORDER.id))
    assert known.found([Answer(1, "", "nobody")]) == ""


@pytest.mark.parametrize("name", [name for name in SCHEDULERS if client(name).waits])
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
