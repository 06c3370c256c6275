"""What a site asks of every job: a value that it has itself, or one that only the user knows."""

from collections.abc import Iterator
from typing import Any

from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Label
from envc.jobs.fields import Fields
from envc.jobs.model import Said
from envc.jobs.places import CHARGED, Place
from envc.spec import Place as Written
from envc.spec import Required, Run, Site

_KEYS = (*CHARGED, "queue", "constraint")


def usual(fields: Fields, place: Place) -> Fields:
    """With what a campaign or the site says where the run says nothing.

    A campaign says it for the sites that ask, and before what a site has for everybody.
    """
    found: dict[str, Any] = dict(fields)
    charged = {each.key: each for each in place.charged}
    for each in place.site.scheduler_facts if place.site is not None else ():
        said = charged.get(each.key, each)
        if each.key in CHARGED and isinstance(said.value, str):
            found.setdefault(each.key, Said(said.value, said.place))
    return found


def missing(fields: Fields, place: Place, run: Run) -> Iterator[Diagnostic]:
    site = place.site
    for each in site.scheduler_facts if site is not None else ():
        if each.key in _KEYS and isinstance(each.value, Required) and each.key not in fields:
            may_say = place.is_of_campaign and each.key in CHARGED
            yield Diagnostic(
                rules.SITE_WANTS_MORE,
                f"run `{run.name}` says no `{each.key}`, and site `{_name(site)}` asks for one",
                (_label(run.place), _label(each.place, "asked for here")),
                help=f"add `{each.key} …` to the {'campaign' if may_say else 'run'}",
            )


def longest(site: Site | None) -> Said[int] | None:
    """The time that any job may ask for."""
    for each in site.scheduler_facts if site is not None else ():
        if each.key == "walltime":
            return Said(each.value.amount, each.place)  # type: ignore[union-attr]
    return None


def _name(site: Site | None) -> str:
    return site.name if site is not None else ""


def _label(place: Written, text: str = "") -> Label:
    return Label(place.source, place.span, text)
