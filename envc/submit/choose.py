"""Which jobs are handed in: a run by its name, and first those that it comes after."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from envc.check import Checked
from envc.diagnostics.model import Diagnostic
from envc.facts.problem import Problem
from envc.facts.words import close, listed
from envc.jobs.backend import backend
from envc.jobs.make import jobs
from envc.jobs.model import Job
from envc.jobs.order import before
from envc.lock.model import Lock
from envc.plan.model import Plan
from envc.spec import App, Site


class Wanted(NamedTuple):
    """What was asked for, in words of the command line."""

    run: str
    """`demo`, or `heat2d/demo` where several apps have one."""
    choices: Sequence[str] = ()
    """`precision=float`, where an app is built in several ways."""
    targets: Sequence[str] = ()


class Chosen(NamedTuple):
    """In the order in which they are handed in: the one that was asked for is the last."""

    jobs: tuple[Job, ...]
    told: tuple[Diagnostic, ...] = ()


def choose(
    checked: Checked, lock: Lock, plans: Sequence[Plan], site: Site, wanted: Wanted
) -> Chosen | Problem:
    app = _app(checked.spec.apps, wanted.run)
    if isinstance(app, Problem):
        return app
    runs = before(app, _name(wanted.run))
    narrowed = dataclasses.replace(app, runs=runs)
    spec = dataclasses.replace(checked.spec, apps=(narrowed,))
    fit = [each for each in plans if not wanted.targets or each.target in wanted.targets]
    made = jobs(checked._replace(spec=spec), lock, fit, [site])
    told = dict.fromkeys((*made.diagnostics, *_refusals(made.jobs)))
    if any(each.rule.severity == "error" for each in told):
        return Chosen((), tuple(told))
    one = _one(made.jobs, wanted)
    return one if isinstance(one, Problem) else Chosen(one, tuple(told))


def _refusals(jobs: Sequence[Job]) -> Iterator[Diagnostic]:
    for job in jobs:
        yield from backend(job.where.scheduler).refusals(job)


# ---- the app and its runs ------------------------------------------------------------------------


def _app(apps: Sequence[App], asked: str) -> App | Problem:
    of_app, name = asked.rpartition("/")[0], _name(asked)
    found = [
        app
        for app in apps
        if of_app in {"", app.name} and any(run.name == name for run in app.runs)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        names = listed((f"{app.name}/{name}" for app in found), "and")
        return Problem(f"several apps have a run `{name}`", f"say which: {names}")
    known = [run.name for app in apps for run in app.runs]
    near = close(name, known)
    if near:
        return Problem(f"there is no run `{asked}`", f"did you mean {listed(near)}?")
    here = f"here are {listed(known, 'and')}" if known else "the spec has none: write `run` into it"
    return Problem(f"there is no run `{asked}`", here)


def _name(asked: str) -> str:
    return asked.rpartition("/")[2]


def _one(jobs: Sequence[Job], wanted: Wanted) -> tuple[Job, ...] | Problem:
    """Of one choice of the app's variants."""
    made: Mapping[tuple[str, ...], list[Job]] = {}
    made = {job.choices: [each for each in jobs if each.choices == job.choices] for job in jobs}
    fit = [choices for choices in made if set(wanted.choices) <= set(choices)]
    if len(fit) == 1:
        return tuple(made[fit[0]])
    if not made:
        return Problem(
            f"there is nothing to run for `{wanted.run}`", "name another target, or none"
        )
    known = listed((" ".join(choices) or "no variants" for choices in made), "and")
    if fit:
        return Problem("the app is built in several ways", f"say which by `-c`: {known}")
    return Problem(f"no way of building it has {listed(wanted.choices)}", f"here are {known}")
