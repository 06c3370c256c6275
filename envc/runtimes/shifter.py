"""Shifter, which starts an image that its gateway has fetched from a registry.

It shows a program all variables of the host, and those of the image over them.
"""

from envc.diagnostics.model import Diagnostic
from envc.jobs.gpus import vendor
from envc.jobs.model import Job
from envc.jobs.refused import cannot
from envc.runtimes import asked, inside
from envc.runtimes.model import Runtime, Use, Word


class _Shifter:
    name = "shifter"
    takes = "reference"

    def refusals(self, job: Job) -> tuple[Diagnostic, ...]:
        if vendor(job) != "amd":
            return ()
        place = (job.gpu or job.gpus or job.command).place
        message = "Shifter has no word for GPUs of AMD"
        return (cannot(message, place, "write `runtime apptainer`, or another that the site has"),)

    def line(self, use: Use) -> tuple[Word, ...]:
        options = (
            *((("--module=gpu",),) if use.gpu else ()),
            *(("--volume=", *bind, ":", *bind) for bind in use.binds),
            *(("--workdir=", *use.workdir), ("--image=docker:", *use.image)),
        )
        return (("shifter",), *options, *inside.program(use))

    def here(self, image: Word) -> tuple[Word, ...]:
        return asked.silent("shifterimg lookup", image)

    def missing(self, image: Word) -> tuple[tuple[Word, ...], ...]:
        return (asked.fetched("shifterimg pull", image, "docker:"),)


RUNTIME: Runtime = _Shifter()
