"""On which of a site's kinds of nodes a run lands, and in which queue."""

from collections.abc import Sequence
from typing import NamedTuple

from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Label
from envc.facts.words import close, listed
from envc.jobs.fields import Fields
from envc.jobs.model import Node, Said
from envc.jobs.sites import nodes
from envc.spec import Setting, Site


class Landed(NamedTuple):
    node: Node | None
    queue: Said[str] | None
    """As the scheduler calls it."""
    told: tuple[Diagnostic, ...] = ()


def choose(fields: Fields, site: Site | None) -> Landed:
    """By the run's `queue`; else the one with its kind of GPU; else the site's usual one."""
    named: Said[str] | None = fields.get("queue")
    if site is None:
        return Landed(None, named)
    found = nodes(site)
    usual = _usual(site, found)
    named = named or _queue_of(site)
    if named is not None:
        return _named(site, found, named, usual)
    if usual is None:
        return Landed(None, None)
    asked = fields.get("gpu") or fields.get("gpus")
    better = _with_gpu(fields, found) if asked is not None else None
    if asked is not None and better is not None and not _fits(fields, usual.value):
        return _taken(site, Said(better, asked.place), "which has the GPUs")
    if len(found) > 1 and _setting(site.settings, "default") is None:
        return _taken(site, Said(usual.value, fields["command"].place), "its first one")
    return _on(usual.value, usual)


def _taken(site: Site, chosen: Said[Node], why: str) -> Landed:
    node, place = chosen
    told = Diagnostic(
        rules.PARTITION_CHOSEN,
        f"partition `{node.name}` of site `{site.name}` is taken, {why}",
        (Label(place.source, place.span),),
        help=f"write `queue {node.name}`",
    )
    return _on(node, chosen)._replace(told=(told,))


def _named(site: Site, found: Sequence[Node], named: Said[str], usual: Said[Node] | None) -> Landed:
    for node in found:
        if named.value == node.name or (node.queue and named.value == node.queue):
            return Landed(node, Said(node.queue, named.place) if node.queue else None)
    default = _queue_of(site)
    if not found or (default is not None and named.value == default.value):
        return Landed(usual.value if usual else None, named)
    known = dict.fromkeys(name for node in found for name in (node.name, node.queue) if name)
    near = close(named.value, known)
    told = Diagnostic(
        rules.UNKNOWN_QUEUE,
        f"site `{site.name}` has no partition `{named.value}`",
        (
            Label(named.place.source, named.place.span),
            Label(site.place.source, site.place.span, "the site"),
        ),
        help=f"did you mean {listed(near)}?" if near else f"it has {listed(known, 'and')}",
    )
    return Landed(None, None, (told,))


def _on(node: Node, said: Said[Node]) -> Landed:
    return Landed(node, Said(node.queue, said.place) if node.queue else None)


def _usual(site: Site, found: Sequence[Node]) -> Said[Node] | None:
    line = _setting(site.settings, "default")
    for node in found:
        if line is not None and line.value == node.name:
            return Said(node, line.place)
    return Said(found[0], found[0].place) if found else None


def _queue_of(site: Site) -> Said[str] | None:
    line = _setting(site.scheduler_facts, "queue")
    is_name = line is not None and isinstance(line.value, str)
    return Said(str(line.value), line.place) if is_name and line is not None else None


def _setting(settings: Sequence[Setting], key: str) -> Setting | None:
    return next((each for each in settings if each.key == key), None)


def _with_gpu(fields: Fields, found: Sequence[Node]) -> Node | None:
    return next((node for node in found if _fits(fields, node)), None)


def _fits(fields: Fields, node: Node) -> bool:
    kind = fields.get("gpu")
    return bool(node.gpu or node.gpus) and (kind is None or node.gpu in ("", kind.value))
