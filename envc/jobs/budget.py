"""Whether the jobs of a campaign stay within the CPU time that it may take."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Label
from envc.jobs.limits import lasting
from envc.jobs.model import Job
from envc.spec import Campaign, Place, Quantity


class Counted(NamedTuple):
    job: Job
    campaigns: Sequence[Campaign]
    """That have it made."""


def beyond(counted: Iterable[Counted]) -> Iterator[Diagnostic]:
    by_campaign: dict[Place, tuple[Campaign, list[Job]]] = {}
    for job, campaigns in counted:
        for campaign in campaigns:
            by_campaign.setdefault(campaign.place, (campaign, []))[1].append(job)
    for campaign, jobs in by_campaign.values():
        for each in campaign.settings:
            if each.key == "budget" and isinstance(each.value, Quantity):
                yield from _beyond(campaign, each.value.amount, each.place, jobs)


def _beyond(
    campaign: Campaign, budget: int, place: Place, jobs: Sequence[Job]
) -> Iterator[Diagnostic]:
    endless: Mapping[Place, Job] = {job.place: job for job in jobs if job.walltime is None}
    for job in endless.values():
        yield Diagnostic(
            rules.TOO_MUCH_FOR_SITE,
            f"run `{job.run}` says no `walltime`, and campaign `{campaign.name}` has a budget",
            (_label(job.place), _label(place, "the budget")),
            help="add `walltime …` to the run",
        )
    asked = sum(map(_cpu_time, jobs))
    if asked > budget and not endless:
        yield Diagnostic(
            rules.TOO_MUCH_FOR_SITE,
            f"the jobs of campaign `{campaign.name}` may take {lasting(asked)} of CPU time",
            (_label(place, "the budget"),),
            help="ask for less `walltime`, name fewer `runs` or `sites`, or allow for more",
        )


def _cpu_time(job: Job) -> int:
    """In seconds, if each of them takes as long as it may."""
    count = len(job.array.value.numbers) if job.array is not None else 1
    lasts = job.walltime.value if job.walltime is not None else 0
    return job.shape.tasks * job.shape.cpus_per_task * lasts * count


def _label(place: Place, text: str = "") -> Label:
    return Label(place.source, place.span, text)
