"""Whether a job's images are at the site, before it waits for what is not there."""

import os
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from envc.compile.names import folders
from envc.facts.problem import Problem
from envc.facts.words import listed
from envc.jobs.model import Image, Job
from envc.plan.model import Plan
from envc.runtimes.model import runtime
from envc.submit.model import Words
from envc.submit.place import Place

USUAL = ".envc/images"
"""Below the home folder, where no site says otherwise."""
_HERE = '[ -e "$1/$2" ]'
_TAKE = 'umask 022 && mkdir -p "$1" && cat >"$1/.$2.$$.new" && mv "$1/.$2.$$.new" "$1/$2"'


class Missing(NamedTuple):
    image: Image
    path: str
    """At the site."""
    built: str
    """By `envc build` on this machine; empty where it is not here either."""


def missing(
    job: Job, plans: Sequence[Plan], out: str, place: Place, patience: int
) -> tuple[Missing, ...] | Problem:
    """Of those that may be chosen. Images with a reference are the business of their runtime."""
    takes = runtime(job.runtime).takes
    if takes not in {"file", "folder"}:
        return ()
    images = job.images[:1] if job.is_chosen else job.images
    folder = job.where.images if job.where.images.startswith("/") else USUAL
    names = [each.file if takes == "file" else each.file.removesuffix(".sif") for each in images]
    answers = place.ask([_here(folder, name) for name in names], patience)
    if isinstance(answers, Problem):
        return answers
    built = _built(job, plans, out) if takes == "file" else {}
    return tuple(
        Missing(image, f"{folder}/{name}", built.get(image.target, ""))
        for image, name, answer in zip(images, names, answers, strict=True)
        if answer.code
    )


def brought(missing: Missing, place: Place) -> Problem | None:
    """Copies an image to the site."""
    folder, _, name = missing.path.rpartition("/")
    with open(missing.built, "rb") as content:
        return place.bring(("sh", "-c", _TAKE, "take", folder, name), content)


def refusal(missing: Sequence[Missing], site: str) -> Problem:
    paths = listed(each.path for each in missing)
    targets = " ".join(f"-t {each.image.target}" for each in missing)
    return Problem(
        f"{site} has no image {paths}",
        f"`envc build {targets}` makes it on this machine, and `envc submit` brings it",
    )


def _here(folder: str, name: str) -> Words:
    return ("sh", "-c", _HERE, "here", folder, name)


def _built(job: Job, plans: Sequence[Plan], out: str) -> Mapping[str, str]:
    """Where `envc build` has left them, by target."""
    found = {}
    for (app, choices, target), folder in folders(plans).items():
        path = os.path.join(out, folder, f"{job.name}.sif")
        if (app, choices) == (job.app, job.choices) and os.path.exists(path):
            found[target] = path
    return found
