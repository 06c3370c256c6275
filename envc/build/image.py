"""One image, from its plan to the files that are kept of it."""

import time
from typing import NamedTuple

from envc import __version__
from envc.build.jobs import Job
from envc.build.make import build_by
from envc.build.model import Built, Failed
from envc.build.parts import Stuck
from envc.build.recorded import outputs
from envc.build.tools import Tools
from envc.evidence import write as evidence
from envc.evidence.statements import Run
from envc.facts.problem import Problem
from envc.images import make
from envc.images.make import Packed
from envc.lock.model import Lock, LockedOutput


class Image(NamedTuple):
    job: Job
    built: Built
    packed: Packed
    outputs: tuple[LockedOutput, ...]


def image(tools: Tools, job: Job, lock: Lock, stuck: Stuck) -> Image | Failed | Problem:
    """An OCI layout, a SIF, and beside them what they are made of."""
    store, show, started = tools.bench.store, tools.bench.show, int(time.time())
    built = build_by(tools, job.plan, stuck=stuck)
    if not isinstance(built, Built):
        return built
    job.mark()
    with show.row(f"images of {job.plan.name} for {job.plan.target}", None):
        packed = make.make(built, tools, store, job.folder, job.plan.image, show=show)
    if isinstance(packed, Problem):
        return packed
    found = outputs(built, packed)
    run = Run("envc", __version__, started=started, finished=int(time.time()))
    layer = store.find(f"sha256:{built.layers[0].sha256}")
    evidence.beside(job.folder, job.plan, lock, found, run, layer=layer)
    return Image(job, built, packed, found)
