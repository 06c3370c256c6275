"""The runs of a spec: what is known is filled in, and what a job says never becomes code."""

import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from envc.plan import runs
from envc.plan.model import OfJob, Plan, Run, RunWord
from tests.compile.plans import PLACE
from tests.plan.worlds import app

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
law = settings(deadline=None, max_examples=60)


def plan(body: str) -> Plan:
    planned = app(f"targets zen4\nbuild make\n{body}").planned()
    assert not planned.diagnostics
    (found,) = planned.plans
    return found


def test_what_is_known_is_filled_in_and_the_rest_is_left_to_the_job() -> None:
    found = plan(
        'run demo {\narray 1..3\ncommand "{prefix}/bin/heat {{x}} --for={target}-{index}"\n}\n'
        'run other { command "heat {tasks}" }'
    )
    assert [(run.name, run.words) for run in found.runs] == [
        ("demo", (("/opt/heat/bin/heat",), ("{x}",), ("--for=zen4-", OfJob("index")))),
        ("other", (("heat",), (OfJob("tasks"),))),
    ]
    assert found.command == ("/opt/heat/bin/heat",)


def test_a_run_has_the_command_that_holds_for_its_target() -> None:
    found = plan('run demo {\ncommand "heat"\ncommand "heat --wide" on zen4\n}')
    assert [run.words for run in found.runs] == [(("heat",), ("--wide",))]


def test_a_program_that_only_a_job_knows_is_not_started_by_the_image() -> None:
    found = plan('run one { command "heat-{tasks}" }\nrun two { command "cool" }')
    assert found.command == ("cool",)
    assert plan("").command == ("/bin/sh",)


def test_another_word_of_a_run_is_another_image() -> None:
    one, other = (plan(f'run demo {{ command "heat {size}" }}') for size in (1, 2))
    assert one.closure != other.closure


def printed(word: RunWord, variables: dict[str, str]) -> "subprocess.CompletedProcess[bytes]":
    run = Run("demo", (("printf",), ("%s\\0",), word), PLACE)
    script = f'exec {runs.started(run)} "$@"'
    words = ["sh", "-euc", script, "sh", "more"]
    return subprocess.run(words, env=variables, capture_output=True, check=False)


@law
@given(texts, texts, texts)
def test_what_a_job_says_reaches_the_program_as_it_is(before: str, said: str, after: str) -> None:
    word = (before, OfJob("scratch"), after)
    done = printed(word, {"ENVC_SCRATCH": said})
    if said:
        assert done.returncode == 0, done.stderr
        assert done.stdout == f"{before}{said}{after}\0more\0".encode()
    else:
        assert (done.returncode, done.stdout) == (2, b"")


@pytest.mark.parametrize("name", ["index", "nodes", "tasks", "cpus", "gpus", "scratch"])
def test_what_a_job_has_not_said_is_told(name: str) -> None:
    done = printed((OfJob(name),), {})
    assert done.returncode == 2
    assert f"ENVC_{name.upper()}: is set by the job" in done.stderr.decode()
