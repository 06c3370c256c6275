"""The client of Chronos before a server that answers as Chronos's documentation has it."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from envc.facts.problem import Problem
from envc.jobs.backend import backend
from envc.submit.model import VANISHED, Report, State
from tests.jobs.samples import JOB, at, job, said
from tests.submit.clients import Site
from tests.submit.loopback import Asked, serving

pytestmark = pytest.mark.tool("curl")


@dataclass
class Chronos:
    jobs: dict[str, dict[str, object]] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    killed: list[str] = field(default_factory=list)

    def answer(self, asked: Asked) -> tuple[int, object]:
        path = asked.path.removeprefix("/v1/scheduler/").split("/")
        match asked.method, *path:
            case "POST", ("iso8601" | "dependency") as kind:
                made = json.loads(asked.body)
                if ("parents" in made) != (kind == "dependency"):
                    return 400, "it has a schedule or parents"
                self.jobs[made["name"]] = {**made, "successCount": 0, "errorCount": 0}
                return 204, ""
            case "GET", "jobs", "search":
                part = asked.about["name"].lower()
                return 200, [each for name, each in self.jobs.items() if part in name.lower()]
            case "GET", "graph", "csv":
                lines = (f"node,{name},fresh,{self.states.get(name, 'idle')}" for name in self.jobs)
                return 200, "\n".join(lines)
            case "DELETE", "task", "kill", name if name in self.jobs:
                self.killed.append(name)
                return 204, ""
            case "DELETE", "job", name if name in self.jobs:
                del self.jobs[name]
                return 204, ""
        return 400, "Job not found"


@pytest.fixture
def chronos() -> Chronos:
    return Chronos()


@pytest.fixture
def site(chronos: Chronos, tmp_path: Path) -> Iterator[Site]:
    with serving(chronos.answer) as address:
        yield Site("chronos", tmp_path, {**os.environ, "CHRONOS": address})


def test_a_job_is_followed_to_its_end(chronos: Chronos, site: Site) -> None:
    text = backend("chronos").files(at("chronos", JOB))[0].text
    number = site.hand_in("heat-0a1b2c", "demo.json", text)
    assert number == site.search("heat-0a1b2c") == "heat-0a1b2c"
    meant = {**json.loads(text), "name": "heat-0a1b2c", "successCount": 0, "errorCount": 0}
    assert chronos.jobs[number] == meant
    assert site.report(number) == Report(State.WAITING)
    chronos.states[number] = "1 running"
    assert site.report(number) == Report(State.RUNNING)
    chronos.jobs[number]["errorCount"] = 1
    assert site.report(number) == Report(State.FAILED)
    assert "Mesos keeps it" in site.speaks(number).error


@pytest.mark.parametrize("is_said", [True, False], ids=["by the run", "by the command"])
def test_a_job_waits_for_others_by_their_names(
    chronos: Chronos, site: Site, *, is_said: bool
) -> None:
    wanted = job(after=said(("grid",))) if is_said else JOB
    text = backend("chronos").files(at("chronos", wanted))[0].text
    before = ("grid-0a1b2c", "mesh-0a1b2d")
    number = site.hand_in("heat-0a1b2e", "demo.json", text, before)
    assert chronos.jobs[number]["parents"] == list(before)
    assert "schedule" not in chronos.jobs[number]


def test_a_job_is_cancelled(chronos: Chronos, site: Site) -> None:
    text = backend("chronos").files(at("chronos", JOB))[0].text
    number = site.hand_in("heat-0a1b2c", "demo.json", text)
    site.cancel(number)
    assert chronos.killed == [number]
    assert site.report(number) == VANISHED
    assert site.search(number) == ""


def test_without_an_address_nothing_is_asked(site: Site) -> None:
    lost = Site("chronos", site.home, {**site.variables, "CHRONOS": ""})
    report = lost.report("heat-0a1b2c")
    assert isinstance(report, Problem)
    assert "CHRONOS: does not say where Chronos is" in report.message
