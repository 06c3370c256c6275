"""Sarus, which starts an image that it has fetched from a registry or that was loaded into it.

It shows a program all variables of the host, and those of the image over them. Which GPUs it sees
the site has set up: nothing is said of them.
"""

from envc.diagnostics.model import Diagnostic
from envc.jobs.model import Job
from envc.runtimes import asked, inside
from envc.runtimes.model import Runtime, Use, Word


class _Sarus:
    name = "sarus"
    takes = "reference"

    def refusals(self, job: Job) -> tuple[Diagnostic, ...]:
        del job
        return ()

    def line(self, use: Use) -> tuple[Word, ...]:
        binds = tuple(_bound(bind) for bind in use.binds)
        # An entry of the image's own would be started with what follows.
        options = (*binds, ("--workdir=", *use.workdir), ("--entrypoint",), ())
        return (("sarus",), ("run",), *options, use.image, *inside.program(use))

    def here(self, image: Word) -> tuple[Word, ...]:
        """It starts nothing but what it has: the only question that does not print a table."""
        return asked.silent("sarus run --entrypoint /usr/bin/env", image, "true")

    def missing(self, image: Word) -> tuple[tuple[Word, ...], ...]:
        return (asked.fetched("sarus pull", image),)


def _bound(folder: Word) -> Word:
    return ("--mount=type=bind,source=", *folder, ",destination=", *folder)


RUNTIME: Runtime = _Sarus()
