"""What a format of a recipe is to the rest of envc: a folder in `backends/` with one `BACKEND`."""

from importlib import import_module
from typing import NamedTuple, Protocol

from envc.diagnostics.model import Diagnostic
from envc.plan.model import Plan


class File(NamedTuple):
    """What is written, below the folder of an app and a target."""

    path: str
    text: str
    about: str
    """One sentence for the README beside it."""
    use: str
    """The one command that uses it; empty where another file's command does."""
    executable: bool = False


class Backend(Protocol):
    """A function from a plan to files, and what it cannot say of a plan."""

    name: str
    """As `emit` calls it."""

    def refusals(self, plan: Plan) -> tuple[Diagnostic, ...]:
        """What would be lost, each with the line of the spec that asks for it."""

    def files(self, plan: Plan) -> tuple[File, ...]:
        """Only where nothing is refused."""


def backend(name: str) -> Backend:
    """The one that `emit` calls so; the vocabulary says which there are."""
    found: Backend = import_module(f"envc_backends.{name}").BACKEND
    return found
