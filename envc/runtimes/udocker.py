"""udocker, which unpacks an image for each start, and shows it by other means than a container.

What it sets itself, such as a prompt, is taken away again within.
"""

from envc.diagnostics.model import Diagnostic
from envc.jobs.gpus import vendor
from envc.jobs.model import Job
from envc.jobs.refused import cannot
from envc.runtimes import asked, inside
from envc.runtimes.model import TMP, Runtime, Use, Word

_START = 'set -- --user="$(id -u):$(id -g)" "$@"; exec udocker --quiet run "$@"'
"""The user is else one that seems to be root."""


class _Udocker:
    name = "udocker"
    takes = "reference"

    def refusals(self, job: Job) -> tuple[Diagnostic, ...]:
        if vendor(job) != "nvidia":
            return ()  # those of AMD need devices alone, which it shows
        place = (job.gpu or job.gpus or job.command).place
        message = "udocker takes a driver of NVIDIA only into a container that was set up with it"
        return (cannot(message, place, "write `runtime apptainer`, or another that the site has"),)

    def line(self, use: Use) -> tuple[Word, ...]:
        options = (
            *(("--rm",), ("--nobanner",), ("--pull=never",), ("--hostenv",), ("--nometa",)),
            *(("--volume=", *bind, ":", *bind) for bind in (TMP, *use.binds)),
            ("--workdir=", *use.workdir),
        )
        start: tuple[Word, ...] = (("sh",), ("-c",), (_START,), ("udocker",))
        return (*start, *options, use.image, *inside.program(use))

    def here(self, image: Word) -> tuple[Word, ...]:
        return asked.silent("udocker inspect", image)

    def missing(self, image: Word) -> tuple[tuple[Word, ...], ...]:
        return (asked.fetched("udocker pull", image),)


RUNTIME: Runtime = _Udocker()
