"""Which formats of which apps are written: what the spec says, narrowed by what is asked for."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from envc.facts.problem import Problem
from envc.facts.words import close, listed
from envc.lock.asked import formats, label
from envc.plan.model import Plan
from envc.spec import App, Site, Spec
from envc.vocabulary import EMITS, IMAGES, SCHEDULERS

MADE_OF = {"guix": "guix", "dockerfile": "debian", "apptainer": "debian"}
"""Whose packages each format is made from: the first part of an origin's name."""


class Job(NamedTuple):
    format: str
    plan: Plan


def jobs(
    spec: Spec,
    plans: Sequence[Plan],
    asked: Collection[str],
    targets: Collection[str],
) -> tuple[Job, ...] | Problem:
    """Empty collections ask for everything."""
    apps = spec.apps
    emitted = {label(app): formats(app)[0] for app in apps}
    every = tuple(
        Job(format_, plan)
        for format_ in IMAGES
        for plan in plans
        if format_ in emitted.get(plan.app, ()) and made_of(plan) == MADE_OF[format_]
    )
    scheduled = [*(schedulers(app, asked) for app in apps)]
    scheduled += [(site.scheduler,) for site in campaigned(spec, asked)]
    used = {job.format for job in every}.union(*scheduled)
    wrong = _unknown("backend", asked, used, EMITS) or _unknown(
        "target", targets, {job.plan.target for job in every}, ()
    )
    if wrong:
        return wrong
    return tuple(
        job
        for job in every
        if (not asked or job.format in asked) and (not targets or job.plan.target in targets)
    )


def schedulers(app: App, asked: Collection[str]) -> tuple[str, ...]:
    """Those that its `emit` names."""
    return tuple(each for each in app.emits if each in SCHEDULERS and (not asked or each in asked))


def campaigned(spec: Spec, asked: Collection[str]) -> tuple[Site, ...]:
    """The sites of its campaigns, in the order in which they are named."""
    sites = {site.name: site for site in reversed(spec.sites)}
    named = dict.fromkeys(name for campaign in spec.campaigns for name in campaign.sites)
    found = (sites[name] for name in named)
    return tuple(site for site in found if not asked or site.scheduler in asked)


def made_of(plan: Plan) -> str:
    return plan.origin.partition("/")[0]


def _unknown(
    what: str, asked: Collection[str], used: Collection[str], known: Collection[str]
) -> Problem | None:
    for name in asked:
        if name in used:
            continue
        here = f"here are {listed(sorted(used), 'and')}" if used else "there is none here"
        if name in known:
            return Problem(f"the spec and its lock have nothing for `{name}`", here)
        near = close(name, {*used, *known})
        help_ = f"did you mean {listed(near)}?" if near else here
        return Problem(f"unknown {what} `{name}`", help_)
    return None
