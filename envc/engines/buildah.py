"""Buildah, whose code and words podman builds with too."""

import os
from dataclasses import dataclass

from envc.engines import recipes
from envc.engines.finding import plain
from envc.engines.model import Command, Engine, Form, Found, Image, Job
from envc.facts.problem import Problem
from envc.plan.model import Words

_OWN_CLOCK = ("SOURCE_DATE_EPOCH",)
"""Newer ones refuse a `--timestamp` beside it."""


@dataclass(frozen=True, slots=True)
class Buildah(Engine):
    """Or podman, which has the same words."""

    def found(self) -> Found | Problem:
        return plain(self.name)

    def build(self, job: Job, found: Found) -> tuple[Command, ...]:
        name = recipes.reference(job.plan)
        build = (found.program, *_words(job), f"--tag={name}", job.folder)
        # A colon in a folder's name would end it: it is written below the folder of the command.
        folder, image = os.path.split(job.out)
        push = (found.program, "push", "--quiet", name, f"oci:{image}:{recipes.tag(job.plan)}")
        return (Command(build, without=_OWN_CLOCK), Command(push, folder))

    def load(self, image: Image, found: Found) -> tuple[Command, ...]:
        return (Command((found.program, "pull", "--quiet", f"docker-archive:{image.path}")),)


def _words(job: Job) -> Words:
    """`--omit-history` is not among them: what was built before is found by its history, and that
    says nothing but the hashes of what was copied.
    """
    return (
        "build",
        "--layers",
        "--format=oci",
        "--network=host",
        "--pull=false",  # what is there is taken: nothing of it is kept
        "--identity-label=false",  # it would name buildah's version
        f"--timestamp={job.plan.epoch}",
        *(("--no-cache",) if job.fresh else ()),
        f"--build-arg=MIRRORS={job.mirror}",
    )


BUILDAH = Buildah(
    "buildah", "dockerfile", Form.OCI, Form.PACK, oldest=(1, 28), measured=((1, 28), (1, 43))
)
