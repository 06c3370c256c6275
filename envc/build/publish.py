"""Images on their way to who uses them: engines of this machine, and registries."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace

from envc.build.jobs import Group, Job
from envc.engines import known, loading
from envc.engines.model import Failed
from envc.facts.problem import Problem
from envc.images.make import LAYOUT
from envc.registry import push as registry
from envc.registry.documents import entries
from envc.registry.push import Pushed
from envc.registry.reference import Reference, read
from envc.store.progress import Show


def unusable(push: str | None, load: str | None) -> Problem | None:
    """What can be known to be wrong before anything is built."""
    asked = (_repository(push) if push else None, known.engine(load) if load else None)
    return next((each for each in asked if isinstance(each, Problem)), None)


def load(name: str, jobs: Sequence[Job], show: Show) -> Problem | None:
    engine = known.engine(name)
    if isinstance(engine, Problem):
        return engine
    for job in jobs:
        layout = os.path.abspath(os.path.join(job.folder, LAYOUT))
        failed = loading.load(engine, layout, job.plan.image, show)
        if isinstance(failed, Failed):
            show.tells(failed.end)
            return Problem(f"{name} did not take {job.plan.image}: it ended with {failed.code}")
        if failed is not None:
            return failed
    return None


def push(name: str, jobs: Sequence[Job], indexes: Sequence[Group]) -> Iterator[Pushed | Problem]:
    """Each image, and what leads from an app to the image of a platform."""
    where = _repository(name)
    if isinstance(where, Problem):
        yield where
        return
    for job in jobs:
        yield registry.push(os.path.join(job.folder, LAYOUT), replace(where, tag=job.tag))
    for group in indexes:
        index = _first(group.folder)
        yield registry.push(group.folder, replace(where, tag=group.tag), of=index)


def _repository(name: str) -> Reference | Problem:
    """Where images go, each under a tag of its own."""
    found = read(name)
    if isinstance(found, Reference) and (found.digest or f":{found.tag}" in name):
        return Problem(
            f"`{name}` says more than a repository", "leave the tag out: each image has its own"
        )
    return found


def _first(layout: str) -> str:
    """Which stands first in it: the index of all others."""
    with open(os.path.join(layout, "index.json"), "rb") as file:
        return entries(file.read())[0].digest
