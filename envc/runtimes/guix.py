"""Guix: in the place of an image the folder of recipes that `envc compile` writes for it.

Whatever of it is not there is fetched or built by the Guix that its channels name. There is no
container: a program sees the files of its node, and of variables only those that are named.
"""

from envc.diagnostics.model import Diagnostic
from envc.jobs.model import Environment, Job
from envc.runtimes.model import Runtime, Use, Word

_OF_IMAGES = frozenset({"PATH", "HOME", "LC_ALL"})
"""What an image says of its own files: a profile has others."""


class _Guix:
    name = "guix"
    takes = "folder"

    def refusals(self, job: Job) -> tuple[Diagnostic, ...]:
        del job
        return ()

    def line(self, use: Use) -> tuple[Word, ...]:
        machine = (("guix",), ("time-machine",), ("--channels=", *use.image, "/channels.scm"))
        manifest = ("--manifest=", *use.image, "/manifest.scm")
        start = (*machine, ("--",), ("shell",), *_variables(use), manifest, ("--",))
        said = tuple(
            (f"{name}={value}",) for name, value in use.variables if name not in _OF_IMAGES
        )
        return (*start, *((("/usr/bin/env",), *said) if said else ()), *use.program)

    def here(self, image: Word) -> tuple[Word, ...]:
        del image
        return ()

    def missing(self, image: Word) -> tuple[tuple[Word, ...], ...]:
        del image
        return ()


def _variables(use: Use) -> tuple[Word, ...]:
    if use.environment is Environment.INHERIT:
        return ()
    names = "|".join((*(f"{name}$" for name in use.passed), *use.prefixes))
    return (("--pure",), (f"--preserve=^({names})",))


RUNTIME: Runtime = _Guix()
