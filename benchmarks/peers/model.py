"""What was measured, and how it is kept: as JSON, from which the table is made."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from benchmarks.peers.compilers import Compiled
from benchmarks.peers.trees import Change


class Built(NamedTuple):
    """One build of an image, by one engine."""

    problem: str = ""
    """The words with which it failed."""
    digest: str = ""
    """Of the image."""
    files: int = 0
    megabytes: int = 0
    test: str = ""
    """What the own program's test says in it, where it does not pass."""


class Tool(NamedTuple):
    """What one tool wrote, and what came of it; None where nothing has yet."""

    name: str
    version: str
    seconds: float
    """Of CPU, for both recipes."""
    lines: int
    """Of the Dockerfile."""
    pinned: Mapping[str, str]
    docker: Built | None = None
    again: Built | None = None
    apptainer: Built | None = None
    rebuilt: Change = Change()
    """Between the two builds of the Dockerfile."""
    formats: Change = Change()
    """Between the Dockerfile's and the definition's, beyond what a rebuild changes too."""
    compiled: tuple[Compiled, ...] = ()


class Result(NamedTuple):
    when: str
    engines: str
    """With their versions."""
    distribution: str
    """What becomes of hpccm's runtime stage where it is left to find the distribution."""
    tools: tuple[Tool, ...]


def written(result: Result) -> str:
    return json.dumps(plain(result), indent=1, ensure_ascii=False) + "\n"


def read(text: str) -> Result:
    found = json.loads(text)
    return Result(**{**found, "tools": tuple(map(tool, found["tools"]))})


def tool(found: Mapping[str, Any]) -> Tool:
    names = ("docker", "again", "apptainer")
    built = {name: Built(**found[name]) if found[name] else None for name in names}
    changed = {
        name: Change(**{kind: tuple(paths) for kind, paths in found[name].items()})
        for name in ("rebuilt", "formats")
    }
    compiled = tuple(Compiled(**each) for each in found["compiled"])
    return Tool(**{**found, **built, **changed, "compiled": compiled})


def plain(value: Any) -> Any:
    """Named tuples by the names of what they hold."""
    if hasattr(value, "_asdict"):
        return {name: plain(each) for name, each in value._asdict().items()}
    return [plain(each) for each in value] if isinstance(value, tuple) else value
