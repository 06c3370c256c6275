"""A program in an image, in no runtime's words.

It means the same in each runtime: the program gets exactly these words, starts in the same folder
as the same user who started the runtime, sees the image's variables and those that are passed, the
folders that are bound under the same names as outside, `/tmp`, the network and the processes of its
node; a signal reaches it, and its exit code is that of the line.
"""

from dataclasses import dataclass
from importlib import import_module
from typing import NamedTuple, Protocol

from envc.diagnostics.model import Diagnostic
from envc.jobs.model import Environment, Job


class Variable(NamedTuple):
    """Of the shell, always set where it is used: printed as `"$NAME"`."""

    name: str


Word = tuple[str | Variable, ...]
"""One argument: texts, which are quoted, and variables between them."""
TMP: Word = ("/tmp",)  # noqa: S108 - that of the node, as its own programs see it


@dataclass(frozen=True, slots=True)
class Use:
    """What is run; a word for all that only the script knows."""

    image: Word
    """A file or folder in the folder of images, or a reference, as `Runtime.takes` says."""
    program: tuple[Word, ...]
    entry: str
    """In the image: refuses an unfit CPU, then starts the program."""
    binds: tuple[Word, ...]
    workdir: Word
    environment: Environment
    passed: tuple[str, ...]
    """Names of variables that the program sees as the script has them."""
    prefixes: tuple[str, ...]
    """Beginnings of such names, those of the MPI launcher: `PMIX_`, `OMPI_`."""
    gpu: str
    """`nvidia`, `amd`, or empty."""
    variables: tuple[tuple[str, str], ...] = ()
    """Of the image, for runtimes that are given its files alone."""
    terminal: bool = False
    """Whether the program is to be at the terminal of whoever starts it."""


class Runtime(Protocol):
    @property
    def name(self) -> str:
        """As the vocabulary's `RUNTIMES` calls it."""

    @property
    def takes(self) -> str:
        """`file` (a SIF), `folder` (an unpacked image), `reference` or `nothing`."""

    def refusals(self, job: Job) -> tuple[Diagnostic, ...]:
        """What it cannot do, each at the spec's line."""

    def line(self, use: Use) -> tuple[Word, ...]:
        """The command that runs the program; it may be put behind a launcher."""

    def here(self, image: Word) -> tuple[Word, ...]:
        """A silent command that succeeds where the image is there; empty for a file or a folder,
        which is looked for."""

    def missing(self, image: Word) -> tuple[tuple[Word, ...], ...]:
        """Commands that fetch an image that is not there; empty where it has to be brought."""


def runtime(name: str) -> Runtime:
    found: Runtime = import_module(f"envc.runtimes.{name}").RUNTIME
    return found
