"""What a build takes from the store, each thing verified when it is due."""

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from envc.build.bench import Bench
from envc.facts.problem import Problem
from envc.plan.model import Input, Root
from envc.store.parallel import in_parallel


@dataclass(frozen=True, slots=True)
class Missing(Problem):
    """Something that is locked is not to be had."""


class Shelf(NamedTuple):
    """Files under their names, in a folder that the room may read."""

    folder: str
    names: tuple[str, ...]


class Wanted(NamedTuple):
    name: str
    digest: str
    size: int | None = None


def shelf(bench: Bench, root: Root) -> Shelf | Missing:
    """The packages of a root, in its order."""
    debs = ((each.path.rpartition("/")[2], each.sha256, each.size) for each in root.debs)
    return _shelf(bench, (Wanted(name, f"sha256:{digest}", size) for name, digest, size in debs))


def sources(bench: Bench, inputs: Iterable[Input]) -> Shelf | Missing:
    files = ((each.file, each.sha256, each.size) for each in inputs)
    return _shelf(bench, (Wanted(name, f"sha256:{digest}", size) for name, digest, size in files))


def brought(bench: Bench, wanted: Iterable[Wanted]) -> dict[str, str] | Missing:
    """The path of each in the store, by its digest."""
    every = tuple(wanted)
    found = _verified(bench, every)
    lacking = {digest: each for digest, each in found.items() if isinstance(each, Problem)}
    if lacking:
        problems = bench.bring(tuple(lacking))
        again = _verified(bench, [each for each in every if each.digest in lacking])
        found |= again
        for digest, path in again.items():
            if isinstance(path, Problem):
                told = problems.get(digest, path)
                return Missing(told.message, told.help)
    return {digest: str(path) for digest, path in found.items()}


def _shelf(bench: Bench, wanted: Iterable[Wanted]) -> Shelf | Missing:
    every = tuple(dict.fromkeys(wanted))
    found = brought(bench, every)
    if isinstance(found, Missing):
        return found
    folder = bench.folder("inputs", "in")
    for each in every:
        _place(found[each.digest], os.path.join(folder, "in", each.name))
    return Shelf(os.path.join(folder, "in"), tuple(each.name for each in every))


def _verified(bench: Bench, wanted: Iterable[Wanted]) -> dict[str, str | Problem]:
    every = tuple(wanted)
    found = in_parallel(lambda each: _one(bench, each), every, 2)
    return dict(zip((each.digest for each in every), found, strict=True))


def _one(bench: Bench, wanted: Wanted) -> str | Problem:
    """What is damaged is told, though it may come again."""
    found = bench.store.find(wanted.digest) and bench.store.verified(wanted.digest, wanted.size)
    if isinstance(found, Problem):
        bench.show.tells(f"{wanted.name}: {found.message}")
    return found or Problem(f"{wanted.name} is not in the store", "`envc fetch` brings it")


def _place(path: str, name: str) -> None:
    """The object itself; no room may write to it."""
    try:
        os.link(path, name)
    except OSError:  # not every file system has links
        shutil.copyfile(path, name)
