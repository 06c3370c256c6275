"""Apptainer, and SingularityCE, which has the same words."""

import os
from dataclasses import dataclass

from envc.engines import recipes, sif
from envc.engines.finding import plain
from envc.engines.model import Command, Engine, Form, Found, Image, Job
from envc.facts.problem import Problem


@dataclass(frozen=True, slots=True)
class Apptainer(Engine):
    def found(self) -> Found | Problem:
        return plain(self.name)

    def build(self, job: Job, found: Found) -> tuple[Command, ...]:
        words = (
            *(found.program, "build", "--fakeroot"),
            *("--mksquashfs-args", "-no-xattrs"),  # a machine's labels of SELinux
            *(() if job.runs_here else ("--notest",)),
            *recipes.arguments(job),
            os.path.abspath(job.out),
            f"{job.plan.name}.def",
        )
        # What a definition copies is looked for in the folder that the build is started in.
        return (Command(words, job.folder, {"SOURCE_DATE_EPOCH": str(job.plan.epoch)}),)

    def finish(self, job: Job) -> Problem | None:
        return sif.settle(job.out, job.plan.epoch)

    def load(self, image: Image, found: Found) -> tuple[Command, ...]:
        """As a file: it keeps no store of images."""
        return (
            Command(
                (found.program, "build", "--force", image.name, f"docker-archive:{image.path}")
            ),
        )


APPTAINER = Apptainer(
    "apptainer", "apptainer", Form.SIF, Form.PACK, oldest=(1, 4), measured=((1, 4), (1, 4))
)
# 4.0 is the first that fills in a definition's arguments. None was run.
SINGULARITY = Apptainer(
    "singularity", "apptainer", Form.SIF, Form.PACK, oldest=(4, 0), measured=None
)
