"""Images that another program builds from what `envc compile` writes."""

import os
import shutil
import tempfile
from collections.abc import Iterable
from typing import NamedTuple

from envc.build.jobs import Job
from envc.diagnostics.model import Diagnostic
from envc.engines import building, recipes
from envc.engines.model import Engine, Failed, Form, Made
from envc.facts.problem import Problem
from envc.store.objects import Store
from envc.store.progress import Show

ORIGINS = {"guix": "guix"}
"""Whose packages a format is made of, where not Debian's."""
_NAMES = {Form.OCI: "image", Form.SIF: "{name}.sif", Form.TREE: "tree.tar", Form.PACK: "pack.tar"}


class Elsewhere(NamedTuple):
    job: Job
    made: Made


Refused = Failed | Problem | tuple[Diagnostic, ...]


def images(
    engine: Engine, jobs: Iterable[Job], spec: str, store: Store, show: Show
) -> list[Elsewhere] | Refused:
    """All of them, or why the first that was not built was not."""
    found = []
    for job in jobs:
        made = _image(engine, job, spec, store, show)
        if not isinstance(made, Elsewhere):
            return made
        found.append(made)
    return found


def _image(engine: Engine, job: Job, spec: str, store: Store, show: Show) -> Elsewhere | Refused:
    """In a folder of the engine's name beside what envc built itself."""
    folder = os.path.join(job.folder, engine.name)
    job.mark()
    os.makedirs(folder, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".recipe-", dir=folder) as recipe:
        written = recipes.write(job.plan, engine.recipe, spec, store, recipe)
        if not isinstance(written, str):
            return written
        out = os.path.join(recipe, _NAMES[engine.makes].format(name=job.plan.name))
        wish = building.Wish(written, out, os.path.join(folder, "log"))
        made = building.build(engine, job.plan, store, wish, show)
        if not isinstance(made, Made):
            return made
        place = os.path.join(folder, os.path.basename(out))
        _replace(out, place)
    return Elsewhere(job, made._replace(path=place))


def _replace(new: str, place: str) -> None:
    if os.path.isdir(place):
        shutil.rmtree(place)
    os.replace(new, place)
