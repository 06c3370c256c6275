"""Podman."""

from envc.runtimes.docker import PODMAN
from envc.runtimes.model import Runtime

RUNTIME: Runtime = PODMAN
