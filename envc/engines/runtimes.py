"""Programs that start images, where they are not those that build them."""

from envc.engines.asking import ask, program, version
from envc.engines.finding import broken, missing, plain
from envc.engines.model import Found
from envc.facts.problem import Problem

NAMES = (
    *("apptainer", "singularity", "podman", "docker"),
    *("charliecloud", "udocker", "shifter", "sarus"),
)
"""In the order in which they are told."""


def found(name: str) -> Found | Problem:
    match name:
        case "docker":
            return _docker()
        case "charliecloud":
            return plain("ch-run", package="charliecloud")
        case "udocker":
            return plain("udocker", "version")
        case _:
            return plain(name)


def _docker() -> Found | Problem:
    """By the version of the daemon, without which nothing starts."""
    path = program("docker")
    if path is None:
        return missing("docker", "docker")
    said = ask((path, "version", "--format", "{{.Server.Version}}"))
    if isinstance(said, Problem):
        return Problem(said.message, START)
    told = version(said.text)
    if said.code or told is None:
        return Problem(broken("docker", said.text).message, START)
    return Found(path, told)


START = "`systemctl start docker` starts the daemon"
