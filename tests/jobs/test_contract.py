"""What every scheduler's format is held to, whoever wrote it: a new one is tested here for nothing.

Each thing that a run may ask for is set alone: what a format cannot say is refused with the spec's
line, what it says changes its text, and read back as the scheduler reads it, it is what was asked.
"""

import re
import subprocess
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from envc.compile.tree import is_safe
from envc.facts.problem import Problem
from envc.jobs.backend import Answer, JobBackend, Told, backend
from envc.jobs.model import FIELDS, Job
from envc.plan.backend import File
from envc.vocabulary import SCHEDULERS
from tests.jobs.samples import ASKED, JOB, WITHOUT, at, command, job, said

NAMES = [name for name in SCHEDULERS if find_spec(f"envc_backends.{name}") is not None]
CASES = [(name, field) for name in NAMES for field in FIELDS]
each_case = pytest.mark.parametrize(("name", "field"), CASES)
each_scheduler = pytest.mark.parametrize("name", NAMES)


def answer(name: str, field: str) -> Answer:
    return backend(name).fields[field].answer


@cache
def asking(name: str, field: str) -> Job:
    return at(name, job(**ASKED[field]))


@cache
def without(name: str, field: str) -> Job:
    return at(name, job(**WITHOUT.get(field, {})))


def text(name: str, found: Job) -> str:
    """All that a format says of a job, but for what people alone read."""
    files = files_of(backend(name), found)
    lines = [line for file in files for line in file.text.splitlines()]
    said = [line for line in lines if not re.match(r"\s*(#|//)( (?!flux:)|$)", line)]
    return "\n".join((*said, *(file.use for file in files)))


def files_of(found: JobBackend, of: Job) -> tuple[File, ...]:
    assert found.refusals(of) == ()
    return found.files(of)


# ---- what is asked for ---------------------------------------------------------------------------


@each_scheduler
def test_it_says_of_each_field_what_becomes_of_it(name: str) -> None:
    found = backend(name)
    assert found.name == name
    assert set(found.fields) == set(FIELDS)
    for support in found.fields.values():
        assert not support.note or not support.note.endswith(".")


@each_scheduler
def test_it_can_say_a_job_that_asks_for_nothing(name: str) -> None:
    files = files_of(backend(name), at(name, JOB))
    assert files[0].path.startswith("demo")


@each_case
def test_what_it_refuses_has_its_line(name: str, field: str) -> None:
    refused = backend(name).refusals(asking(name, field))
    assert bool(refused) == (answer(name, field) is Answer.REFUSED)
    for told in refused:
        assert told.rule.code.startswith("E06")
        assert told.message
        assert told.labels[0].source is JOB.place.source


@each_case
def test_what_it_says_is_in_its_text(name: str, field: str) -> None:
    if answer(name, field) in (Answer.SAID, Answer.EMULATED):
        is_there = text(name, asking(name, field)) != text(name, without(name, field))
        assert is_there


@each_case
def test_what_has_no_meaning_changes_nothing(name: str, field: str) -> None:
    if answer(name, field) is Answer.MEANINGLESS:
        is_there = text(name, asking(name, field)) != text(name, without(name, field))
        assert not is_there


# ---- what is understood --------------------------------------------------------------------------


@each_case
def test_it_is_understood_as_it_was_asked_for(name: str, field: str) -> None:
    if answer(name, field) is not Answer.SAID:
        return
    found = asking(name, field)
    told = backend(name).read(files_of(backend(name), found)[0].text)
    assert not isinstance(told, Problem), told
    wanted = numbers(found)
    for key in told.keys() & wanted.keys():
        got, least = told[key], wanted[key]
        if isinstance(least, int) and isinstance(got, int):
            # What cannot be said exactly is more, never less, and by less than one of its units.
            assert least <= got <= least + slack(key, least), (key, told)
        else:
            assert got == least, (key, told)


def numbers(found: Job) -> Told:
    """What a job asks for, in the words of `read`."""
    shape, array = found.shape, found.array
    asked: dict[str, int | str | None] = {
        "nodes": shape.nodes,
        "tasks": shape.tasks,
        "cpus": shape.tasks * shape.cpus_per_task,
        "gpus": shape.gpus_per_node * shape.nodes,
        "memory": shape.memory_per_node * shape.nodes if shape.memory_per_node else None,
        "walltime": found.walltime.value if found.walltime else None,
        "array": len(array.value.numbers) if array else None,
        "limit": array.value.limit if array else None,
        **{
            key: said.value
            for key in ("gpu", "account", "project", "qos", "mail")
            if (said := getattr(found, key)) is not None
        },
    }
    return {key: value for key, value in asked.items() if value is not None}


def slack(key: str, least: int) -> int:
    """A minute of time; memory that is counted per CPU is a little more in all."""
    return {"walltime": 59, "memory": least // 10 + 1023}.get(key, 0)


@each_scheduler
def test_how_many_numbers_run_at_once_is_never_lost(name: str) -> None:
    array = ASKED["array"]["array"]
    limited = said(replace(array.value, limit=2))
    found = at(name, job(array=limited, command=command("heat", "{index}")))
    if answer(name, "array") is Answer.REFUSED or backend(name).refusals(found):
        return
    told = backend(name).read(files_of(backend(name), found)[0].text)
    assert not isinstance(told, Problem), told
    assert told.get("limit") == 2 or text(name, found) != text(name, asking(name, "array"))


# ---- files ---------------------------------------------------------------------------------------


@each_case
def test_files_are_safe_explained_and_the_same_each_time(name: str, field: str) -> None:
    if answer(name, field) is Answer.REFUSED:
        return
    files = files_of(backend(name), asking(name, field))
    assert files == backend(name).files(asking(name, field))
    paths = [file.path for file in files]
    assert all(map(is_safe, paths)), paths
    assert len(set(paths)) == len(paths)
    assert files[0].use
    for file in files:
        assert file.about.endswith(".")
        assert "\n" not in file.about + file.use
        assert file.text.endswith("\n")
        assert not set(file.text) & {"\r", "\0"}
        assert "/tmp" not in file.text.replace("${TMPDIR:-/tmp}", "")


@pytest.mark.tool("shellcheck")
@each_scheduler
def test_scripts_are_shellcheck_clean(name: str, tmp_path: Path) -> None:
    paths = []
    for field in FIELDS:
        if answer(name, field) is Answer.REFUSED:
            continue
        for file in files_of(backend(name), asking(name, field)):
            if file.text.startswith("#!"):
                paths.append(tmp_path / f"{field}-{file.path}")
                paths[-1].write_text(file.text)
                assert "shellcheck disable" not in file.text.split("selector() {")[0]
    if paths:
        words = ["shellcheck", *map(str, paths)]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
