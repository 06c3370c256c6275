"""All engines by their names; each is imported when it is asked for."""

from importlib import import_module

from envc.engines.model import Engine
from envc.facts.problem import Problem
from envc.facts.words import close, listed

NAMES = ("docker", "podman", "buildah", "apptainer", "singularity", "charliecloud", "guix")
"""In the order in which they are told."""
_MODULES = {"singularity": "apptainer"}
"""Where a module has more than the one that it is called by."""


def engine(name: str) -> Engine | Problem:
    if name not in NAMES:
        near = close(name, NAMES)
        help_ = f"did you mean {listed(near)}?" if near else f"envc knows {listed(NAMES, 'and')}"
        return Problem(f"`{name}` is no engine that envc knows", help_)
    module = import_module(f"envc.engines.{_MODULES.get(name, name)}")
    found: Engine = getattr(module, name.upper())
    return found
