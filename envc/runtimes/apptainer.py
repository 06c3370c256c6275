"""Apptainer, and SingularityCE, which differs in its name and in that of its variables."""

from dataclasses import dataclass

from envc.diagnostics.model import Diagnostic
from envc.jobs.model import Environment, Job, Words
from envc.runtimes.model import Runtime, Use, Variable, Word
from envc.runtimes.mounted import mounted

_GPUS: dict[str, tuple[Word, ...]] = {"nvidia": (("--nv",),), "amd": (("--rocm",),), "": ()}


@dataclass(frozen=True, slots=True)
class Sif:
    """A runtime that starts a program of a SIF."""

    name: str
    prefix: str
    """Begins the names of variables of the host that are to reach the program."""
    takes: str = "file"

    def refusals(self, job: Job) -> tuple[Diagnostic, ...]:
        del job
        return ()

    def line(self, use: Use) -> tuple[Word, ...]:
        is_clean = use.environment is Environment.CLEAN
        # Nothing of a home is in an image, and what lies in one changes programs.
        options: list[Word] = [("exec",), ("--no-home",)]
        if is_clean:
            options += [("--cleanenv",)]
            options += [word for name in use.passed for word in _passed(name)]
        options += [word for bind in use.binds for word in (("--mount",), mounted(bind))]
        options += [("--pwd",), use.workdir, *_GPUS[use.gpu]]
        told = self._told(use.prefixes) if is_clean else ()
        return (*told, (self.name,), *options, use.image, (use.entry,), *use.program)

    def here(self, image: Word) -> tuple[Word, ...]:
        del image
        return ()

    def missing(self, image: Word) -> tuple[tuple[Word, ...], ...]:
        del image
        return ()

    def _told(self, prefixes: Words) -> tuple[Word, ...]:
        """What a launcher sets for each task is known only there, by the names alone."""
        if not prefixes:
            return ()
        names = "|".join(prefixes)
        found = f"env | LC_ALL=C sed -nE 's/^(({names})[A-Za-z0-9_]*)=.*/\\1/p'"
        text = f'for name in $({found}); do export "{self.prefix}$name=$(printenv "$name")"; done'
        return (("sh",), ("-c",), (f'{text}; exec "$@"',), ("envc",))


def _passed(name: str) -> tuple[Word, ...]:
    return (("--env",), (f"{name}=", Variable(name)))


RUNTIME: Runtime = Sif("apptainer", "APPTAINERENV_")
