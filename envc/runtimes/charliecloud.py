"""Charliecloud, which starts a program of an unpacked image with no rights but its user's.

It keeps nothing of an image but its files, so the image's variables are said again.
"""

from envc.diagnostics.model import Diagnostic
from envc.jobs.gpus import vendor
from envc.jobs.model import Job
from envc.jobs.refused import cannot
from envc.runtimes import inside
from envc.runtimes.model import Runtime, Use, Word

_START = (
    # A folder is bound only on one that the image has.
    'image=$1; shift; while [ "$1" != -- ]; do mkdir -p -- "$image$1" || exit 66; shift; done; '
    # Some schedulers do not say who the user is; and what TMPDIR names would be `/tmp`.
    'shift; export USER="${USER:-$(id -un 2>/dev/null)}"; unset TMPDIR; exec ch-run "$@"'
)
"""Given the image, the folders to bind, `--`, and what `ch-run` is given."""


class _Charliecloud:
    name = "charliecloud"
    takes = "folder"

    def refusals(self, job: Job) -> tuple[Diagnostic, ...]:
        if vendor(job) != "nvidia":
            return ()  # the image has all that AMD's need, but for devices, which are bound anyway
        place = (job.gpu or job.gpus or job.command).place
        message = "Charliecloud brings no driver of NVIDIA into an image that it starts"
        return (cannot(message, place, "write `runtime apptainer`, or another that the site has"),)

    def line(self, use: Use) -> tuple[Word, ...]:
        start = (("sh",), ("-c",), (_START,), ("ch-run",), use.image, *use.binds, ("--",))
        binds = tuple(("--bind=", *bind) for bind in use.binds)
        folder = (("--cd=", *use.workdir),)
        return (*start, *binds, *folder, use.image, ("--",), *inside.program(use))

    def here(self, image: Word) -> tuple[Word, ...]:
        del image
        return ()

    def missing(self, image: Word) -> tuple[tuple[Word, ...], ...]:
        del image
        return ()


RUNTIME: Runtime = _Charliecloud()
