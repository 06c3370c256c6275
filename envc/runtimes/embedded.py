"""envc itself, where nothing else is: `envc run` starts a program of an unpacked image."""

import sys

from envc.diagnostics.model import Diagnostic
from envc.jobs.model import Job
from envc.runtimes import inside
from envc.runtimes.model import Runtime, Use, Word


class _Embedded:
    name = "embedded"
    takes = "folder"

    def refusals(self, job: Job) -> tuple[Diagnostic, ...]:
        del job
        return ()

    def line(self, use: Use) -> tuple[Word, ...]:
        start: tuple[Word, ...] = ((sys.executable,), ("-m",), ("envc.run.within",))
        return (*start, use.image, use.workdir, *use.binds, ("--",), *inside.program(use))

    def here(self, image: Word) -> tuple[Word, ...]:
        del image
        return ()

    def missing(self, image: Word) -> tuple[tuple[Word, ...], ...]:
        del image
        return ()


RUNTIME: Runtime = _Embedded()
