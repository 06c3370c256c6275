"""Images that `envc build` has made, and whether they are what the lock says now."""

import json
import os
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from envc.build import jobs as builds
from envc.facts.problem import Problem
from envc.images.make import LAYOUT
from envc.jobs.model import Job
from envc.plan.image import CLOSURE
from envc.plan.model import Plan


class Built(NamedTuple):
    folder: str
    """With the layout, and the SIF where there is one."""
    sif: str
    layout: str
    digest: str
    """Of the manifest."""
    closure: str
    """Empty where the layout is of somebody else."""


def folder(job: Job, plans: Sequence[Plan], out: str) -> str | Problem:
    """Where the images of a job's target go, or for Guix its recipes."""
    origin = "guix" if job.runtime == "guix" else "debian"
    made = builds.jobs(plans, (), out, origin=origin)
    if isinstance(made, Problem):
        return made
    image = job.images[0]
    wanted = (job.app, job.choices, image.target)
    return next(
        each.folder
        for each in made
        if (each.plan.app, each.plan.choices, each.plan.target) == wanted
    )


def recipes(place: str, spec: str) -> str | Problem:
    """What Guix runs: it builds what is not there itself."""
    if os.path.exists(os.path.join(place, "channels.scm")):
        return place
    return Problem(
        f"the recipes for Guix are not in `{place}`", f"`envc compile {spec}` writes them"
    )


def built(job: Job, place: str, spec: str) -> Built | Problem:
    """As it is there; a problem where it is not, or not what the lock asks for."""
    layout = os.path.join(place, LAYOUT)
    target = job.images[0].target
    build = f"`envc build {spec} -t {target}` makes it"
    found = _read(layout)
    if found is None:
        return Problem(f"the image of `{job.name}` for {target} is not built", build)
    digest, closure = found
    if closure != job.images[0].closure:
        message = f"the image of `{job.name}` for {target} was built from another lock"
        return Problem(message, build)
    return Built(place, os.path.join(place, f"{job.name}.sif"), layout, digest, closure)


def _read(layout: str) -> tuple[str, str] | None:
    """The digest of the manifest, and what the image says that it was made from."""
    try:
        with open(os.path.join(layout, "index.json"), encoding="utf-8") as file:
            digest = str(json.load(file)["manifests"][0]["digest"])
        config = _blob(layout, str(_blob(layout, digest)["config"]["digest"]))
        return digest, str(config["config"].get("Labels", {}).get(CLOSURE, ""))
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _blob(layout: str, digest: str) -> Mapping[str, Any]:
    kind, _, name = digest.partition(":")
    with open(os.path.join(layout, "blobs", kind, name), encoding="utf-8") as file:
        found: Mapping[str, Any] = json.load(file)
    return found
