"""Whether a program is here, answers, and is new enough."""

import os
from collections.abc import Mapping

from envc.engines import install
from envc.engines.asking import ask, numbers, program, version
from envc.engines.model import Engine, Found, Missing, Version
from envc.facts.problem import Problem


def plain(name: str, *words: str, package: str = "", start: str = "") -> Found | Problem:
    """By the version that it tells; `start` is what is started, where that is called otherwise."""
    called = start or name
    path = program(called)
    if path is None:
        return missing(package or name, called)
    # Charliecloud does not even tell its version where nobody says who asks.
    said = ask((path, *(words or ("--version",))), variables=_asker())
    if isinstance(said, Problem):
        return said
    told = version(said.text)
    if said.code or told is None:
        return broken(called, said.text)
    return Found(path, told)


def _asker() -> Mapping[str, str]:
    return {} if "USER" in os.environ else {"USER": str(os.getuid())}


def missing(package: str, called: str) -> Missing:
    return Missing(f"`{called}` is not installed here", install.how(package))


def broken(called: str, said: str) -> Problem:
    """By its own last words, which in a traceback are those that count."""
    last = said.splitlines()[-1].strip() if said else "it does not say why"
    return Problem(f"`{called}` is here and does not work: {last}")


def usable(engine: Engine) -> Found | Problem:
    """The engine as it is here, where it is one that can be used."""
    found = engine.found()
    if isinstance(found, Problem) or numbers(found.version) >= engine.oldest:
        return found
    needed = written(engine.oldest)
    return Problem(
        f"{engine.name} {found.version} is too old: {needed} or later is needed",
        "the embedded builder needs none",
    )


def written(version: Version) -> str:
    return ".".join(map(str, version))
