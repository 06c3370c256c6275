"""Guix, which builds everything itself, or takes it from whom it trusts."""

import os
import shutil
from dataclasses import dataclass

from envc.engines.finding import plain
from envc.engines.model import Command, Engine, Form, Found, Job
from envc.facts.problem import Problem
from envc.plan.model import Plan, Words


@dataclass(frozen=True, slots=True)
class Guix(Engine):
    def found(self) -> Found | Problem:
        return plain("guix")

    def build(self, job: Job, found: Found) -> tuple[Command, ...]:
        words = (
            *(found.program, "time-machine", "-C", "channels.scm", "--", "pack"),
            *(f"--system={job.plan.architecture}", "-f", "docker", "-S", "/bin=bin"),
            *_entry(job.plan),
            *("-m", "manifest.scm", f"--root={_link(job)}"),
        )
        return (Command(words, job.folder),)

    def finish(self, job: Job) -> Problem | None:
        """A copy: what Guix made is in its own store, and a link keeps it from being swept."""
        shutil.copyfile(_link(job), job.out)
        os.unlink(_link(job))
        return None


def _link(job: Job) -> str:
    return os.path.join(os.path.abspath(job.work), "pack")


def _entry(plan: Plan) -> Words:
    """Where the command is of the app itself, as in the manifest's own words."""
    own = plan.recipes and plan.command and "/" not in plan.command[0]
    return (f"--entry-point=bin/{plan.command[0]}",) if own else ()


GUIX = Guix("guix", "guix", Form.PACK, None, oldest=(1, 4), measured=None)
