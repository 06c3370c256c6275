"""No container: the program that the site has installed, among what it has installed.

Nothing stands between the program and the node, so there is nothing to bind, and no environment to
keep out. The script itself sets the variables that an image would have.
"""

from collections.abc import Iterator

from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Label
from envc.jobs.model import Environment, Job
from envc.runtimes.model import Runtime, Use, Word


class _None:
    name = "none"
    takes = "nothing"

    def refusals(self, job: Job) -> tuple[Diagnostic, ...]:
        return tuple(_refusals(job))

    def line(self, use: Use) -> tuple[Word, ...]:
        return use.program

    def here(self, image: Word) -> tuple[Word, ...]:
        del image
        return ()

    def missing(self, image: Word) -> tuple[tuple[Word, ...], ...]:
        del image
        return ()


def _refusals(job: Job) -> Iterator[Diagnostic]:
    asked = job.environment
    if asked is not None and asked.value is Environment.CLEAN:
        yield Diagnostic(
            rules.CANNOT_BE_SAID,
            "`env clean` needs a container, and `runtime none` has none",
            (Label(asked.place.source, asked.place.span),),
            help="leave it out, or name a runtime that the site has",
        )


RUNTIME: Runtime = _None()
