"""Docker, by BuildKit."""

import json
import os
from dataclasses import dataclass
from typing import Any

from envc.engines import install
from envc.engines.asking import Said, ask, program, version
from envc.engines.finding import broken, missing
from envc.engines.model import Command, Engine, Form, Found, Image, Job
from envc.facts.problem import Problem

_DAEMON = "{{json .}}"
_OCI_STORE = "io.containerd.snapshotter.v1"
_EXPORTS = (
    'set `"features": {"containerd-snapshotter": true}` in /etc/docker/daemon.json and start it '
    "again, or let `docker buildx create --use` make a builder"
)


@dataclass(frozen=True, slots=True)
class Docker(Engine):
    def found(self) -> Found | Problem:
        """By the version of the daemon, which is what builds."""
        path = program("docker")
        if path is None:
            return missing("docker", "docker")
        buildx = ask((path, "buildx", "version"))
        if isinstance(buildx, Problem):
            return buildx
        if buildx.code:
            return Problem("`docker buildx` is not installed", install.how("docker-buildx"))
        return _daemon(path)

    def build(self, job: Job, found: Found) -> tuple[Command, ...]:
        folder, name = os.path.split(job.out)
        words = (
            *(found.program, "buildx", "build", "--progress=plain", "--network=host"),
            "--provenance=false",  # it says when and where
            "--sbom=false",
            *(("--no-cache",) if job.fresh else ()),
            f"--build-arg=SOURCE_DATE_EPOCH={job.plan.epoch}",
            f"--build-arg=MIRRORS={job.mirror}",
            f"--output=type=oci,tar=false,dest={name},rewrite-timestamp=true",
            os.path.abspath(job.folder),
        )
        return (Command(words, folder),)

    def load(self, image: Image, found: Found) -> tuple[Command, ...]:
        return (Command((found.program, "load", "--quiet", "--input", image.path)),)


def _daemon(path: str) -> Found | Problem:
    said = ask((path, "info", "--format", _DAEMON))
    if isinstance(said, Problem):
        return Problem(said.message, "look at the daemon: `systemctl status docker`")
    told = _told(said)
    number = version(str(told.get("ServerVersion", "")))
    if number is None:
        problem = broken("docker", str(told.get("ServerErrors") or said.text))
        return Problem(problem.message, "`systemctl start docker` starts the daemon")
    if _OCI_STORE in json.dumps(told.get("DriverStatus")) or _has_own_builder(path):
        return Found(path, number)
    return Problem(f"docker {number} cannot write image layouts as it is set up", _EXPORTS)


def _told(said: Said) -> dict[str, Any]:
    try:
        found = json.loads(said.text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _has_own_builder(path: str) -> bool:
    """Whether what builds is not the daemon itself, but a BuildKit that it runs."""
    said = ask((path, "buildx", "inspect"))
    drivers = [] if isinstance(said, Problem) else said.text.splitlines()
    return any(
        line.startswith("Driver:") and line.split()[1:] not in ([], ["docker"]) for line in drivers
    )


# 26 is the first with BuildKit 0.13, which gives one time to all files.
DOCKER = Docker(
    "docker", "dockerfile", Form.OCI, Form.PACK, oldest=(26,), measured=((26, 1), (28, 5))
)
