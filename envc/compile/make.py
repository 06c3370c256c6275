"""From what is asked for to the whole tree: a function of values."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from envc.compile import names, readme, tags
from envc.compile.asked import Job
from envc.compile.readme import README, Leaf, Written
from envc.compile.tree import Copy, Entry, Folder, Text, folder
from envc.diagnostics.model import Diagnostic
from envc.plan.backend import Backend
from envc.plan.model import Input, Plan

INPUTS = "inputs"


class Tree(NamedTuple):
    leaves: tuple[Folder, ...]
    top: Folder


class Scripts(NamedTuple):
    """What schedulers take."""

    folder: Folder
    runs: tuple[str, ...]
    """By name."""


def make(
    jobs: Sequence[Job],
    backend: Callable[[str], Backend],
    spec: str,
    scripts: Sequence[Scripts] = (),
) -> Tree | tuple[Diagnostic, ...]:
    if refused := refusals(jobs, backend):
        return refused
    leaves = tuple(_leaves(jobs, backend))
    below = (
        *(folder(leaf.path, _entries(leaf, spec)) for leaf in leaves),
        *(each.folder for each in scripts),
    )
    runs = [(each.folder.path, ", ".join(each.runs)) for each in scripts]
    pages = (Text(README, readme.top(leaves, spec, runs)), *_tags(leaves))
    return Tree(below, folder("", pages, below))


def refusals(jobs: Sequence[Job], backend: Callable[[str], Backend]) -> tuple[Diagnostic, ...]:
    """All that cannot be said, by whichever format, each once."""
    refused = (told for job in jobs for told in backend(job.format).refusals(job.plan))
    return tuple(dict.fromkeys(refused))


def _leaves(jobs: Sequence[Job], backend: Callable[[str], Backend]) -> Iterator[Leaf]:
    plans = [job.plan for job in jobs]
    paths, chosen = names.folders(plans), names.choices(plans)

    def path(job: Job) -> str:
        return paths[names.build(job.plan)]

    # Sorting keeps the order of formats, which is the vocabulary's, within each folder.
    for place, group in groupby(sorted(jobs, key=path), key=path):
        written = tuple(_written(job, chosen, backend(job.format)) for job in group)
        plan = written[0].plan
        yield Leaf(place, chosen[plan.app, plan.choices], written, _inputs(written))


def _written(job: Job, chosen: names.Chosen, backend: Backend) -> Written:
    plan = replace(job.plan, image=tags.image(job.plan, chosen[job.plan.app, job.plan.choices]))
    return Written(job.format, plan, backend.files(plan))


def _inputs(written: Iterable[Written]) -> tuple[Input, ...]:
    found = (
        each
        for one in written
        for recipe in one.plan.recipes
        for each in (*((recipe.source,) if recipe.source else ()), *recipe.patches)
    )
    # Each format may have its own words on how a file is unpacked; the file is one.
    once = {(each.file, each.sha256): each for each in found}
    return tuple(once[name] for name in sorted(once))


def _entries(leaf: Leaf, spec: str) -> Iterator[Entry]:
    yield Text(README, readme.page(leaf, spec))
    for each in leaf.inputs:
        yield Copy(f"{INPUTS}/{each.file}", each.sha256, each.size)
    for one in leaf.written:
        for file in one.files:
            yield Text(file.path, file.text, file.executable)


def _tags(leaves: Iterable[Leaf]) -> Iterator[Text]:
    """One page an app: a plan of each folder, by the name of its choices."""
    by_app: dict[str, dict[str, list[tuple[str, Plan]]]] = {}
    for leaf in leaves:
        app, _, below = leaf.path.partition("/")
        plans = [one.plan for one in leaf.written]
        # Tags are of images for registries, which come of packages where there is a choice.
        plan = next((each for each in plans if each.run is not None), plans[0])
        by_app.setdefault(app, {}).setdefault(leaf.choices, []).append((below, plan))
    for app, groups in by_app.items():
        yield Text(f"{app}/tags.json", tags.page(groups.items()))
