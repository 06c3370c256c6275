"""Jobs for Nomad: python-hcl2 reads what was meant, and so does our own reader."""

import subprocess
from typing import Any

import hcl2
import pytest

from envc.facts.problem import Problem
from envc.jobs.backend import Answer, backend
from envc.jobs.model import FIELDS, Amount, Array, Job, Launch, Per
from envc.quoting.hcl import Attribute, Block
from envc_backends.nomad import reading, specification
from envc_backends.nomad.reading import Found
from tests.jobs.samples import ASKED, JOB, at, command, job, said
from tests.quoting.test_hcl import understood

NOMAD = backend("nomad")
HARD = 'it\'s ${NOMAD_JOB_ID} $HOME %{if} $${node.class} `x` "q"\n\té'
JOBS = {
    "nothing": JOB,
    **{
        field: job(**ASKED[field])
        for field in FIELDS
        if NOMAD.fields[field].answer is not Answer.REFUSED
    },
    "hard": job(command=command("heat", HARD, "{scratch}")),
    "mpi-here": job(tasks=said(Amount(4, Per.JOB)), launch=Launch.MPI_HYBRID),
    "files": job(inputs=(said("/data/grid.h5"),), outputs=(said("/out/heat.h5"),)),
}
each_job = pytest.mark.parametrize("name", JOBS)


def meant(body: tuple[Attribute | Block, ...]) -> dict[str, Any]:
    """Values by name, and a list of blocks by theirs."""
    found: dict[str, Any] = {}
    for each in body:
        if isinstance(each, Block):
            inner = {"": " ".join(each.labels), **meant(tuple(each.body))}
            found.setdefault(each.name, []).append(inner)
        else:
            found[each.name] = each.value
    return found


def by_hcl2(value: Any) -> dict[str, Any]:
    """The same of what python-hcl2 makes of a file, where labels are names between."""
    found: dict[str, Any] = {}
    for name, each in value.items():
        if name in {"__is_block__", "__comments__"}:
            continue
        is_blocks = isinstance(each, list) and each and isinstance(each[0], dict)
        found[name] = [_block(inner) for inner in each] if is_blocks else _plain(each)
    return found


def _block(value: dict[str, Any]) -> dict[str, Any]:
    if "__is_block__" in value:
        return {"": "", **by_hcl2(value)}
    ((label, inner),) = value.items()
    return {"": understood(label), **by_hcl2(inner)}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, str):
        return value[1:-1] if value.startswith('"${') else understood(value)
    return value


def by_us(found: Found) -> dict[str, Any]:
    blocks: dict[str, Any] = {}
    for name, each in found.blocks:
        blocks.setdefault(name, []).append({"": each.label, **by_us(each)})
    return {**found.says, **blocks}


@each_job
def test_both_readers_find_what_was_meant(name: str) -> None:
    asked = at("nomad", JOBS[name])
    assert NOMAD.refusals(asked) == ()
    written = NOMAD.files(asked)[0].text
    wanted = meant((specification.block(asked),))
    assert by_hcl2(hcl2.loads(written)) == wanted
    ours = reading.parse(written)
    assert isinstance(ours, Found)
    assert by_us(ours) == wanted


def test_nomad_finds_nothing_to_replace_in_a_word() -> None:
    words = specification.words(at("nomad", JOBS["hard"]))
    assert not any("${" in word for word in words)
    shown = words[2].replace("exec /opt/envc/entry heat", "printf '%s\\0'")
    done = subprocess.run(["sh", "-c", shown], capture_output=True, check=True)
    assert done.stdout.decode().split("\0")[:-1] == [HARD, "/tmp"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"array": said(Array(1, 9, 1, 3))}, "no word for the `limit`"),
        ({"nodes": said(2), "launch": Launch.MPI_HYBRID}, "starts no MPI over 2 nodes"),
        ({"workdir": said("/a/${node.class}")}, "cannot be told the folder"),
        ({"constraint": said(("a b",))}, "no feature of the name 'a b'"),
        ({"project": said("a.b")}, "cannot be told the `project`"),
    ],
)
def test_what_would_be_lost_is_refused(changes: dict[str, Any], message: str) -> None:
    refused = NOMAD.refusals(at("nomad", job(**changes)))
    assert any(message in each.message for each in refused), refused


def at_job(inside: str) -> str:
    return f'job "a" {{\n  type = "batch"\n{inside}}}\n'


@pytest.mark.parametrize(
    "written",
    [
        "",
        "job {",
        "x = y",
        'job "a" {\n  type = "service"\n}\n',
        at_job(""),
        at_job('  x = "\\q"\n'),
    ],
)
def test_what_is_no_job_is_a_problem(written: str) -> None:
    assert isinstance(NOMAD.read(written), Problem)


def test_a_job_of_one_task_is_easy_to_read() -> None:
    asked: Job = at(
        "nomad", job(cpus=said(Amount(4, Per.TASK)), memory=said(Amount(512, Per.NODE)))
    )
    assert "resources {\n        cores = 4\n        memory = 512\n" in NOMAD.files(asked)[0].text
