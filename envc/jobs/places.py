"""Where jobs of an app are for: a site that is named, one of a campaign, a scheduler alone."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from envc.campaigns import Part
from envc.choices import Choices
from envc.jobs.order import before
from envc.lock.asked import PLAIN
from envc.spec import App, Campaign, Run, Setting, Site

CHARGED = ("account", "project", "qos")
"""What differs from site to site, so that a campaign may say it."""


class Place(NamedTuple):
    site: Site | None
    scheduler: str
    targets: frozenset[str] | None = None
    """What campaigns take of the app for the site; None where they have no say."""
    runs: frozenset[str] | None = None
    charged: tuple[Setting, ...] = ()
    """What campaigns say of who pays."""
    campaigns: tuple[Campaign, ...] = ()
    """Whose jobs these are; none's where somebody asked for the site by its name."""

    @property
    def is_of_campaign(self) -> bool:
        return self.targets is not None

    def has_target(self, name: str) -> bool:
        return self.targets is None or name in self.targets

    def has_run(self, run: Run) -> bool:
        return self.runs is None or run.name in self.runs


def places(
    app: App, chosen: Choices, asked: Sequence[Site], of_campaigns: Iterable[Site]
) -> Iterator[Place]:
    """A site that is asked for by its name is there for all runs, and others for a campaign's."""
    for site in asked:
        if (found := _at(app, chosen, site)) is not None:
            yield found._replace(runs=None, campaigns=())
    for site in of_campaigns:
        found = _at(app, chosen, site) if site not in asked else None
        if found is not None and found.is_of_campaign:
            yield found


def _at(app: App, chosen: Choices, site: Site) -> Place | None:
    """None where campaigns take other choices for the site."""
    there = [
        (part, choices, target)
        for part in app.parts
        for choices, target in part.of(app)
        if site.name in part.words("sites", choices, target)
    ]
    if not there:
        return Place(site, site.scheduler)
    own = [(part, target) for part, choices, target in there if choices == chosen]
    if not own:
        return None
    parts = tuple(dict.fromkeys(part for part, _ in own))
    return Place(
        site,
        site.scheduler,
        frozenset(target or PLAIN for _, target in own),
        _runs(app, chosen, parts),
        tuple(_charged(chosen, parts)),
        tuple(dict.fromkeys(part.campaign for part in parts)),
    )


def _runs(app: App, chosen: Choices, parts: Sequence[Part]) -> frozenset[str] | None:
    """With those that they come after; None where one of the campaigns names none."""
    known = {run.name for run in app.runs}
    named = [part.words("runs", chosen) for part in parts]
    if not all(named):
        return None
    return frozenset(
        run.name for names in named for name in names if name in known for run in before(app, name)
    )


def _charged(chosen: Choices, parts: Sequence[Part]) -> Iterator[Setting]:
    for key in CHARGED:
        said = (part.setting(key, chosen) for part in parts)
        yield from [each for each in said if each is not None][:1]
