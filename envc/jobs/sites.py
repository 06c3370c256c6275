"""A site as a place for jobs: its kinds of nodes, and what it asks of every job."""

from collections.abc import Iterable, Mapping
from typing import Any

from envc.facts.problem import Problem
from envc.facts.words import close, listed
from envc.jobs.fields import MIB
from envc.jobs.model import Mpi, Node, Where
from envc.spec import FromTarget, Partition, Quantity, Setting, Site, Spec, Want

BY_QUEUE = frozenset({"slurm", "pbspro", "torque", "sge", "lsf", "flux"})
"""Schedulers whose kinds of nodes are queues: there a partition is one, unless it has features."""
FAMILIES = {"openmpi": "openmpi", "mpich": "mpich", "mvapich": "mpich", "intel-mpi": "mpich"}
"""Of MPI, by what a site has installed."""
_OWN = ("account", "project", "qos", "queue", "constraint", "walltime", "mpi", "array")


def find(spec: Spec, name: str) -> Site | Problem:
    """The spec's own, one that it takes in, or one that comes with envc."""
    from envc import library

    for site in spec.sites:
        if site.name == name:
            return site
    if (found := library.site(name)) is not None:
        return found
    known = {*(site.name for site in spec.sites), *library.sites()}
    near = close(name, known)
    help_ = (
        f"did you mean {listed(near)}?" if near else f"envc knows {listed(sorted(known), 'and')}"
    )
    return Problem(f"there is no site `{name}`", help_)


def nodes(site: Site) -> tuple[Node, ...]:
    return tuple(_node(site, each) for each in site.partitions)


def _node(site: Site, partition: Partition) -> Node:
    facts = values(partition.settings)
    features = facts.get("features", ())
    is_queue = site.scheduler in BY_QUEUE and not features
    return Node(
        name=partition.name,
        targets=facts.get("target", ()),
        queue=facts.get("queue", partition.name if is_queue else ""),
        features=features,
        nodes=_amount(facts.get("nodes")),
        cores=_amount(facts.get("cores")),
        memory=_amount(facts.get("memory")) // MIB,
        gpu=facts.get("gpu", ""),
        gpus=_amount(facts.get("gpus")),
        walltime=_amount(facts.get("walltime")),
        place=partition.place,
    )


def where(site: Site | None, scheduler: str, node: Node | None) -> Where:
    """Of a site, or of a scheduler alone."""
    facts = values(site.settings) if site is not None else {}
    asks = values(site.scheduler_facts) if site is not None else {}
    return Where(
        site=site.name if site is not None else "",
        scheduler=scheduler,
        summary=facts.get("summary", ""),
        node=node,
        features=_features(asks.get("constraint"), node),
        modules=several(site, "module"),
        binds=several(site, "bind"),
        scratch=facts.get("scratch", ""),
        login=facts.get("login", ""),
        images=facts.get("images", ""),
        array=_amount(asks.get("array")),
        mpi=_mpi(site.hosts) if site is not None else None,
        pmi=asks.get("mpi", ""),
        facts=tuple((key, _text(value)) for key, value in asks.items() if key not in _OWN),
    )


def is_by_target(site: Site | None) -> bool:
    """Whether its nodes have the names of their CPUs as features."""
    asked = values(site.scheduler_facts).get("constraint") if site is not None else None
    return isinstance(asked, FromTarget)


def values(settings: Iterable[Setting]) -> Mapping[str, Any]:
    return {each.key: each.value for each in settings}


def several(site: Site | None, key: str) -> tuple[str, ...]:
    settings = site.settings if site is not None else ()
    return tuple(str(each.value) for each in settings if each.key == key)


def _features(asked: Any, node: Node | None) -> tuple[str, ...]:
    own = node.features if node is not None else ()
    if isinstance(asked, str):
        return (asked, *own)
    is_one = isinstance(asked, FromTarget) and node is not None and len(node.targets) == 1
    return (*node.targets, *own) if is_one and node is not None else own


def _mpi(hosts: Iterable[tuple[Want, str]]) -> Mpi | None:
    for want, path in hosts:
        if want.name in FAMILIES:
            return Mpi(FAMILIES[want.name], want.versions, path)
    return None


def _amount(value: Any) -> int:
    return value.amount if isinstance(value, Quantity) else 0


def _text(value: Any) -> str:
    match value:
        case Quantity(amount):
            return str(amount)
        case bool():
            return "yes" if value else "no"
        case _:
            return str(value)
