"""What nodes are asked for by name, and names that stand as they are or not at all."""

from collections.abc import Iterator

from envc.diagnostics.model import Diagnostic
from envc.jobs.model import Job
from envc.jobs.names import title
from envc.jobs.refused import cannot
from envc.jobs.values import fits
from envc_backends.batch.asking import features


def wanted(job: Job) -> tuple[str, ...]:
    """Features of nodes: of the site's partition and of the run, and the kind of GPU."""
    kind = (job.gpu.value,) if job.gpu else ()
    return tuple(dict.fromkeys((*features(job), *kind)))


def names(job: Job, form: str) -> Iterator[Diagnostic]:
    """Those of nodes that cannot be spelt."""
    asked = (*((job.constraint,) if job.constraint else ()),)
    node = job.where.node
    of_site = node.place if node is not None else job.place
    said = [(name, of_site) for name in job.where.features]
    said += [(name, each.place) for each in asked for name in each.value]
    said += [(job.gpu.value, job.gpu.place)] if job.gpu else []
    for name, place in said:
        if not fits(name, form):
            yield cannot(f"{title(job.where.scheduler)} has no node of the name {name!r}", place)
    found = job.where.fact("property")
    if found and not fits(found, form):
        yield cannot(
            f"{title(job.where.scheduler)} cannot be told the `property` {found!r}", job.place
        )
