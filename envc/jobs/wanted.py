"""What a site asks of every job: a value that it has itself, or one that only the user knows."""

from collections.abc import Iterator
from typing import Any

from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Label
from envc.jobs.fields import Fields
from envc.jobs.model import Said
from envc.spec import Place, Required, Run, Site

_KEYS = ("account", "project", "qos", "queue", "constraint")


def usual(fields: Fields, site: Site | None) -> Fields:
    """With what the site says where the run says nothing."""
    found: dict[str, Any] = dict(fields)
    for each in site.scheduler_facts if site is not None else ():
        if each.key in ("account", "project", "qos") and isinstance(each.value, str):
            found.setdefault(each.key, Said(each.value, each.place))
    return found


def missing(fields: Fields, site: Site | None, run: Run) -> Iterator[Diagnostic]:
    for each in site.scheduler_facts if site is not None else ():
        if each.key in _KEYS and isinstance(each.value, Required) and each.key not in fields:
            yield Diagnostic(
                rules.SITE_WANTS_MORE,
                f"run `{run.name}` says no `{each.key}`, and site `{_name(site)}` asks for one",
                (_label(run.place), _label(each.place, "asked for here")),
                help=f"add `{each.key} …` to the run",
            )


def longest(site: Site | None) -> Said[int] | None:
    """The time that any job may ask for."""
    for each in site.scheduler_facts if site is not None else ():
        if each.key == "walltime":
            return Said(each.value.amount, each.place)  # type: ignore[union-attr]
    return None


def _name(site: Site | None) -> str:
    return site.name if site is not None else ""


def _label(place: Place, text: str = "") -> Label:
    return Label(place.source, place.span, text)
