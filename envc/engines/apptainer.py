"""Apptainer, and SingularityCE, which has the same words."""

import os
from dataclasses import dataclass

from envc.engines import packages, sif
from envc.engines.finding import plain
from envc.engines.model import Command, Engine, Form, Found, Image, Job
from envc.facts.problem import Problem

_THERE = "/mnt"
"""In every image of Debian, and empty."""


@dataclass(frozen=True, slots=True)
class Apptainer(Engine):
    def found(self) -> Found | Problem:
        return plain(self.name)

    def prepare(self, job: Job) -> Problem | None:
        """The packages as files: an address of this machine would stand in the image, which holds
        its own definition."""
        packages.lay_out(job.packages, _shown(job))
        return None

    def build(self, job: Job, found: Found) -> tuple[Command, ...]:
        words = (
            *(found.program, "build", "--fakeroot"),
            "--force",  # or the day of the build stands above the one that the definition says
            *("--mksquashfs-args", "-no-xattrs"),  # a machine's labels of SELinux
            *(() if job.runs_here else ("--notest",)),
            *("--bind", f"{_shown(job)}:{_THERE}:ro"),
            *("--build-arg", f"MIRRORS=copy:{_THERE}"),
            os.path.abspath(job.out),
            f"{job.plan.name}.def",
        )
        # What a definition copies is looked for in the folder that the build is started in.
        return (Command(words, job.folder, {"SOURCE_DATE_EPOCH": str(job.plan.epoch)}),)

    def finish(self, job: Job) -> Problem | None:
        return sif.settle(job.out, job.plan)

    def load(self, image: Image, found: Found) -> tuple[Command, ...]:
        """As a file: it keeps no store of images."""
        source = f"docker-archive:{image.path}"
        return (Command((found.program, "build", "--force", _file(image.name), source)),)


def _file(name: str) -> str:
    """As its own `pull` calls what it gets: `heat2d_1.4.0-zen4.sif`, in the current folder."""
    return name if name.endswith(".sif") else f"{name.rpartition('/')[2].replace(':', '_')}.sif"


def _shown(job: Job) -> str:
    return os.path.join(job.work, "packages")


APPTAINER = Apptainer(
    "apptainer", "apptainer", Form.SIF, Form.PACK, oldest=(1, 4), measured=((1, 4), (1, 4))
)
# 4.0 is the first that fills in a definition's arguments. None was run.
SINGULARITY = Apptainer(
    "singularity", "apptainer", Form.SIF, Form.PACK, oldest=(4, 0), measured=None
)
