"""The image that an app's images start from, as the lock has it for the machines of a target."""

import re

from envc.diagnostics.model import Diagnostic
from envc.facts.problem import Problem
from envc.facts.words import listed
from envc.lock.model import Lock
from envc.plan.model import Base
from envc.plan.recipe import Case, not_built
from envc.registry import reference
from envc.spec import App, Place, Setting

_VARIANT = re.compile(r"v(\d+)(?:\.(\d+))?")
_LEAST = {"linux/amd64": (1, 0), "linux/arm64": (8, 0), "linux/arm": (7, 0)}
"""What an image of Debian's may use where its platform says no more."""


def base(app: App, case: Case, lock: Lock, platform: str) -> Base | Diagnostic | None:
    """None where images are made of packages alone."""
    asked = _asked(app, case)
    return _locked(str(asked.value), lock, platform, asked.place) if asked else None


def no_base(app: App, case: Case) -> Diagnostic | None:
    """Where the packages are Guix': its images hold nothing else."""
    asked = _asked(app, case)
    if asked is None:
        return None
    return not_built(
        f"Guix makes images of its packages alone, and none that starts from `{asked.value}`",
        asked.place,
        "write `emit dockerfile, apptainer`, or leave `base` out",
    )


def _asked(app: App, case: Case) -> Setting | None:
    return next((fact for fact in case.of(app.facts) if fact.key == "base"), None)


def _locked(asked: str, lock: Lock, platform: str, place: Place) -> Base | Diagnostic:
    read = reference.read(asked)
    if isinstance(read, Problem):
        return not_built(read.message, place, read.help)
    known = {
        name: digest
        for image in lock.images
        if image.reference == asked
        for name, _, digest in (each.partition(" ") for each in image.platforms)
    }
    fitting = [name for name in known if _runs(name, platform)]
    if not fitting:
        have = listed(known, "and") if known else "no platform that is locked"
        message = f"`{asked}` is not made for `{platform}`"
        return not_built(message, place, f"it is made for {have}")
    return Base(asked, read.name, known[max(fitting, key=_level)])


def _runs(name: str, platform: str) -> bool:
    """Whether what is made for one platform runs wherever the other's does."""
    return _machine(name) == _machine(platform) and _level(name) <= _level(platform)


def _machine(platform: str) -> str:
    return "/".join(platform.split("/")[:2])


def _level(platform: str) -> tuple[int, int]:
    _, _, variant = platform.removeprefix(_machine(platform)).partition("/")
    found = _VARIANT.fullmatch(variant)
    if found is None:
        return _LEAST.get(_machine(platform), (0, 0))
    return int(found[1]), int(found[2] or 0)
