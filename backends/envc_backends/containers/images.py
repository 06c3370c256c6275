"""Which image is started where nothing asks the node: one for all nodes that a job may get."""

from typing import NamedTuple

from envc.jobs.model import Image, Job


class Pulled(NamedTuple):
    reference: str
    """With its digest where that is known."""
    is_published: bool
    """Whether a registry is named, from which nodes may fetch it."""


def image(job: Job) -> Image:
    """The best where the nodes are known, else the one that most nodes run."""
    return job.images[0] if job.is_chosen else job.images[-1]


def pulled(job: Job) -> Pulled:
    found = image(job)
    is_published = "/" in found.reference
    by_digest = f"{found.reference}@{found.digest}" if found.digest else found.reference
    return Pulled(by_digest if is_published else found.reference, is_published)


def architecture(job: Job) -> str:
    """`amd64`, as orchestrators call it."""
    return image(job).platform.split("/")[1]


def note(job: Job) -> str:
    """For people, where an image had to be chosen for them; else nothing."""
    if job.is_chosen:
        return ""
    others = ", ".join(each.target for each in job.images if each is not image(job))
    return (
        f"Nothing is known of the nodes: this is the image for {image(job).target}, which runs on\n"
        f"most of them. A site with a partition of one CPU would get the best of it and {others}."
    )
