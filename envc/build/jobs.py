"""What is built of a spec, and where it goes: below a folder, as `envc compile` has it."""

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from envc.compile import names, tags
from envc.compile.tree import RECORD
from envc.facts.problem import Problem
from envc.facts.words import close, listed
from envc.plan.model import Plan

INDEX = "index"
"""What the folder with the images of all targets is called."""


class Job(NamedTuple):
    plan: Plan
    out: str
    """The folder of all images."""
    folder: str
    """Below it."""
    choices: str
    """What tells it from the app's other choices; empty where there is nothing to tell."""

    def mark(self) -> None:
        """As envc's own: the code of an app is packed without what was made of it."""
        os.makedirs(self.out, exist_ok=True)
        with open(os.path.join(self.out, RECORD), "a"):
            pass

    @property
    def tag(self) -> str:
        return tags.tag(self.plan, self.choices)


class Group(NamedTuple):
    """One app in one choice: its targets go into one index."""

    folder: str
    tag: str
    jobs: tuple[Job, ...]


def jobs(
    plans: Sequence[Plan], targets: Collection[str], out: str, *, origin: str
) -> tuple[Job, ...] | Problem:
    """Of the plans whose packages have that origin: the first part of its name."""
    known = sorted({plan.target for plan in plans})
    for name in targets:
        if name not in known:
            near = close(name, known)
            help_ = f"did you mean {listed(near)}?" if near else f"here are {listed(known, 'and')}"
            return Problem(f"unknown target `{name}`", help_)
    folders, choices = names.folders(plans), names.choices(plans)
    found = tuple(
        _job(plan, out, folders[names.build(plan)], choices[plan.app, plan.choices])
        for plan in plans
        if plan.origin.partition("/")[0] == origin and (not targets or plan.target in targets)
    )
    if not found:
        message = f"nothing here is made of packages of {origin}"
        return Problem(message, "`envc compile` writes recipes of what the lock has")
    return found


def groups(every: Iterable[Job]) -> tuple[Group, ...]:
    """Only those of more than one target."""
    found: dict[tuple[str, str], list[Job]] = {}
    for job in every:
        found.setdefault((job.plan.app, job.choices), []).append(job)
    return tuple(
        Group(
            os.path.join(os.path.dirname(made[0].folder), INDEX),
            str(tags.index([job.plan for job in made], made[0].choices)["tag"]),
            tuple(made),
        )
        for made in found.values()
        if len(made) > 1
    )


def _job(plan: Plan, out: str, path: str, choices: str) -> Job:
    named = replace(plan, image=tags.image(plan, choices))
    return Job(named, out, os.path.join(out, path), choices)
