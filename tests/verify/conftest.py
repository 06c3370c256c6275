"""Specs in which something is planted, and what two worlds make of them."""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from envc.build.bench import Bench, bench
from envc.build.jobs import Job, jobs
from envc.build.tools import Tools
from envc.check import Checked, check_path
from envc.library import standard
from envc.lock.model import Lock
from envc.plan.make import plans
from envc.resolve.fresh import fresh
from envc.store.progress import Silent
from envc.verify import conditions, rebuild
from envc.verify.report import Verdict
from tests.build import small
from tests.conftest import missing

CONTROLS = Path(__file__).parent / "controls"
Verify = Callable[..., Verdict]


@pytest.fixture(scope="session")
def controls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All in one spec: they share a lock, and the file systems that are made of its packages."""
    if os.geteuid():
        missing("packages of Debian are installed by root here")
    folder = tmp_path_factory.mktemp("controls") / "here"
    shutil.copytree(CONTROLS, folder)
    spec = folder / "controls.envc"
    small.envc("lock", str(spec))
    small.envc("fetch", str(spec))
    return spec


class Planned(NamedTuple):
    lock: Lock
    jobs: dict[str, Job]


@pytest.fixture(scope="session")
def planned(controls: Path) -> Planned:
    checked = check_path(str(controls))
    assert isinstance(checked, Checked)
    lock = fresh(str(controls), checked)
    assert isinstance(lock, Lock)
    found = jobs(plans(checked, lock, standard()).plans, (), "", origin="debian")
    assert isinstance(found, tuple)
    return Planned(lock, {job.plan.name: job for job in found})


@pytest.fixture(scope="session")
def table() -> Iterator[Bench]:
    with bench(small.KEPT, Silent()) as there:
        assert isinstance(there, Bench), there
        yield there


@pytest.fixture(scope="session")
def verify(planned: Planned, table: Bench) -> Verify:
    """Builds one of them in two worlds, once."""
    tools = Tools(table, next(iter(planned.jobs.values())).plan)

    @cache
    def run(name: str, *, unprotected: bool = False, rounds: int = 2) -> Verdict:
        job = planned.jobs[name]
        machine = conditions.machine(job.plan.architecture, table.scratch)
        worlds = conditions.worlds(job.plan, machine, rounds, unprotected=unprotected, quick=True)
        found = rebuild.verify(tools, job, planned.lock, machine, worlds)
        assert isinstance(found, Verdict), found
        return found

    return run
