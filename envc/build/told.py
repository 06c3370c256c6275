"""What is said of images, to people and to programs."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from envc.build.elsewhere import Elsewhere
from envc.build.image import Image
from envc.build.jobs import Group, Job
from envc.build.model import Failed
from envc.diagnostics.screen import visible
from envc.engines.model import Grade
from envc.facts.problem import Problem
from envc.quoting import sh
from envc.store.amounts import amount

ENGINE, GRADE = "envc", Grade.BIT_FOR_BIT
"""Of what envc builds itself."""


def lines(images: Iterable[Image], indexes: Iterable[Group]) -> Iterator[str]:
    for each in images:
        size = amount(each.packed.size)
        yield f"{each.job.plan.image}, {GRADE.value}, {size} in {each.job.folder}"
        yield from _digests({output.kind: output.digest for output in each.outputs})
    for group in indexes:
        name = f"{group.jobs[0].plan.name}:{group.tag}"
        yield f"{name} of {len(group.jobs)} images in {group.folder}"


def lines_elsewhere(images: Iterable[Elsewhere]) -> Iterator[str]:
    for job, made in images:
        by = f"{made.engine} {made.version}"
        yield f"{job.plan.image}, {made.grade.value}, by {by} in {made.path}"
        yield from _digests({"tree": made.tree, made.form.value: made.digest})


def end(failed: Failed) -> str:
    """Of its log."""
    return "\n".join(map(visible, failed.log_end.splitlines()))


def failed(failed: Failed, *, debug: bool) -> Problem:
    message = f"{failed.place}: building {failed.part} failed: `{sh.words(failed.step)}`"
    help_ = "" if debug else f"see {failed.log}, or look around with `--debug`"
    return Problem(f"{message} ended with {failed.code}", help_)


def document(spec: str, images: Iterable[dict[str, Any]], indexes: Iterable[Group]) -> str:
    said = {
        "schema": 1,
        "spec": spec,
        "images": list(images),
        "indexes": [{"folder": each.folder, "tag": each.tag} for each in indexes],
    }
    return json.dumps(said, indent=2, ensure_ascii=False)


def image(image: Image) -> dict[str, Any]:
    return {
        **_job(image.job),
        "folder": image.job.folder,
        "engine": ENGINE,
        "grade": GRADE.value,
        "layers": [f"sha256:{layer.sha256}" for layer in image.built.layers],
        **{output.kind: output.digest for output in image.outputs},
    }


def image_elsewhere(image: Elsewhere) -> dict[str, Any]:
    job, made = image
    return {
        **_job(job),
        "path": made.path,
        "engine": made.engine,
        "version": made.version,
        "grade": made.grade.value,
        "tree": made.tree,
        made.form.value: made.digest,
    }


def _job(job: Job) -> dict[str, Any]:
    plan = job.plan
    return {
        "app": plan.app,
        "target": plan.target,
        "choices": list(plan.choices),
        "name": plan.image,
        "closure": plan.closure,
    }


def _digests(known: dict[str, str]) -> Iterator[str]:
    for kind, digest in sorted(known.items()):
        yield f"  {kind:<4} {digest}"
