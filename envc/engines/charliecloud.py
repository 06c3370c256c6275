"""Charliecloud: whoever builds needs no rights, and is the only user of the image."""

import os
import re
from dataclasses import dataclass

from envc.engines import recipes
from envc.engines.finding import plain
from envc.engines.model import Command, Engine, Form, Found, Image, Job
from envc.facts.problem import Problem

_MIRRORS = re.compile("^ARG MIRRORS$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Charliecloud(Engine):
    """What it makes has files alone: no command, no variables and one owner."""

    def found(self) -> Found | Problem:
        return plain("ch-image", package="charliecloud")

    def prepare(self, job: Job) -> Problem | None:
        """A Dockerfile that has a mirror: a `--build-arg` reaches the first stage alone, and quotes
        around a value become part of it."""
        with open(os.path.join(job.folder, "Dockerfile"), encoding="utf-8") as file:
            text = file.read()
        with open(_dockerfile(job), "w", encoding="utf-8") as file:
            file.write(_MIRRORS.sub(f"ARG MIRRORS={job.mirror}", text))
        return None

    def build(self, job: Job, found: Found) -> tuple[Command, ...]:
        image = recipes.reference(job.plan)
        made = (
            *(found.program, "build", "--force=seccomp"),
            *(("--rebuild",) if job.fresh else ()),
            *("--file", _dockerfile(job), "--tag", image, job.folder),
        )
        convert = os.path.join(os.path.dirname(found.program), "ch-convert")
        written = (convert, "--in-fmt=ch-image", "--out-fmt=tar", image, _archive(job))
        return (Command(made), Command(written))

    def finish(self, job: Job) -> Problem | None:
        os.rename(_archive(job), job.out)
        return None

    def load(self, image: Image, found: Found) -> tuple[Command, ...]:
        return (Command((found.program, "import", image.path, image.name)),)


def _archive(job: Job) -> str:
    """It packs nothing under a name that ends otherwise."""
    return f"{job.out}.tar.gz"


def _dockerfile(job: Job) -> str:
    return os.path.join(job.work, "Dockerfile")


# 0.32 is the first that answers for the kernel where a package gives a file to somebody.
CHARLIECLOUD = Charliecloud(
    "charliecloud", "dockerfile", Form.TREE, Form.TREE, oldest=(0, 32), measured=None
)
