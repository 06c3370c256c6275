"""Stacks before Docker's own client, which prints what it has understood."""

import subprocess
from typing import Any

import pytest
import yaml

from envc.facts.problem import Problem
from envc.jobs.backend import Answer, backend
from envc.jobs.model import FIELDS, Amount, Array, Launch, Per
from tests.conftest import Chroot
from tests.jobs.samples import ASKED, JOB, at, command, job, said

COMPOSE = backend("compose")
HARD = "it's $HOME ${HOME} $$ {{.Task.Slot}} `x`\n\té: #"
JOBS = {
    "nothing": JOB,
    **{
        field: job(**ASKED[field])
        for field in FIELDS
        if COMPOSE.fields[field].answer is not Answer.REFUSED
    },
    "hard": job(command=command("heat", HARD, "", "no", "1e3"), workdir=said("/a $HOME")),
    "mpi-here": job(tasks=said(Amount(4, Per.JOB)), launch=Launch.MPI_HYBRID),
    "files": job(inputs=(said("/data/$x/grid.h5"),), outputs=(said("/out/heat.h5"),)),
}
OF_MUCH = """\
services:
  a:
    deploy: {mode: replicated-job, resources: {reservations: {memory: 4GiB}}}
"""
pytestmark = pytest.mark.xdist_group("orchestrators")


def understood(chroot: Chroot, text: str) -> dict[str, Any]:
    """Its services."""
    words = chroot("orchestrators", "trixie", "kubernetes-client,docker-cli")
    done = subprocess.run(
        [*words, "docker", "stack", "config", "-c", "-"],
        input=text.encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    found: dict[str, Any] = yaml.safe_load(done.stdout)["services"]
    return found


def text(name: str) -> str:
    asked = at("compose", JOBS[name])
    assert COMPOSE.refusals(asked) == ()
    return COMPOSE.files(asked)[0].text


@pytest.mark.parametrize("name", JOBS)
def test_its_own_client_understands_what_was_meant(chroot: Chroot, name: str) -> None:
    written = text(name)
    meant = yaml.safe_load(written.replace("$$", "$"))["services"]
    for service in meant.values():
        for amounts in service["deploy"].get("resources", {}).values():
            if "memory" in amounts:
                amounts["memory"] = str(int(amounts["memory"].removesuffix("M")) * 2**20)
    assert understood(chroot, written) == meant


def test_words_are_what_they_were(chroot: Chroot) -> None:
    found = understood(chroot, text("hard"))["main"]
    assert found["command"] == ["heat", HARD, "", "no", "1e3"]
    assert found["working_dir"] == "/a $HOME"


def test_each_number_of_an_array_is_a_service(chroot: Chroot) -> None:
    """A swarm would start a task of several again that has failed, and knows no first number."""
    found = understood(chroot, text("array"))
    numbers = {name: each["environment"]["ENVC_INDEX"] for name, each in found.items()}
    assert numbers == {f"number-{number}": str(number) for number in range(3, 12, 2)}
    assert not any("replicas" in each["deploy"] for each in found.values())


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"array": said(Array(1, 9, 1, 3))}, "no word for the `limit`"),
        ({"constraint": said(("a b",))}, "no node of the name 'a b'"),
        ({"nodes": said(2)}, "`nodes` cannot be said"),
    ],
)
def test_what_would_be_lost_is_refused(changes: dict[str, Any], message: str) -> None:
    refused = COMPOSE.refusals(at("compose", job(**changes)))
    assert any(message in each.message for each in refused), refused


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("a: [", "no YAML"),
        ("services: {}", "with a service"),
        ("services: {a: {image: b}}", "never ends"),
        (
            OF_MUCH,
            "no amount",
        ),
    ],
)
def test_what_is_no_job_is_a_problem(written: str, message: str) -> None:
    found = COMPOSE.read(written)
    assert isinstance(found, Problem)
    assert message in found.message
