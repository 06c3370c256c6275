"""A plan made by hand, and what an engine is asked to build of it."""

from pathlib import Path
from typing import Any

from envc.engines.model import Command, Engine, Found, Job
from tests.compile.plans import PLAN

MIRROR = "http://127.0.0.1:20000"


def job(folder: Path, **changes: Any) -> Job:
    facts: dict[str, Any] = {
        "folder": str(folder / "recipes"),
        "plan": PLAN,
        "out": str(folder / "made" / "image"),
        "work": str(folder / "made"),
        "log": str(folder / "log"),
        "packages": {},
        "mirror": MIRROR,
    }
    return Job(**{**facts, **changes})


def commands(engine: Engine, asked: Job) -> tuple[Command, ...]:
    return engine.build(asked, Found(f"/usr/bin/{engine.name}", "99.0"))


def words(engine: Engine, asked: Job) -> str:
    """All that is started, as a person would type it."""
    return "\n".join(" ".join(each.words) for each in commands(engine, asked))
