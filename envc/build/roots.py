"""File systems made of packages: by the script that also makes those of a Dockerfile."""

import os

from envc.build import base, cache, layers, log
from envc.build.conditions import facts, room
from envc.build.entering import Streams
from envc.build.inputs import shelf
from envc.build.model import Conditions, Layer
from envc.build.room import Bind, Devices, Laid, Mount, Overlay
from envc.build.tools import Tools, present
from envc.build.tools import key as tools_key
from envc.build.trees import Place
from envc.facts.problem import Problem
from envc.plan import beside, roots
from envc.plan.model import Plan, Root, Words
from envc.store.content import digits

_OUT = "/out"


def key(plan: Plan, root: Root, conditions: Conditions) -> str:
    over = {} if plan.base is None else {"over": (plan.base.digest, beside.suite(plan))}
    return cache.key(
        **over,
        packages=roots.packages(root),
        script=roots.script(),
        epoch=plan.epoch,
        tools=tools_key(plan),
        conditions=facts(conditions) if conditions.roots else {},
    )


def _make(
    tools: Tools, plan: Plan, root: Root, about: str, conditions: Conditions
) -> str | Problem:
    """The path of a new one, in the scratch."""
    bench = tools.bench
    packages = shelf(bench, root)
    if isinstance(packages, Problem):
        return packages
    folder = bench.folder("root", "root", "work", "empty", "made")
    for name, text in (("list", roots.packages(root)), (roots.SCRIPT, roots.script())):
        with open(os.path.join(folder, name), "x", encoding="utf-8") as file:
            file.write(text)
    if plan.base is not None and (unread := base.unpack(tools, plan.base, f"{folder}/root")):
        return unread
    mounts: list[Mount] = [Bind(packages.folder, "/in"), Bind(folder, _OUT, writable=True)]
    made = f"{_OUT}/root"
    if bench.overlays:  # for what it does not do: to wait for the disk at each step of dpkg
        made = f"{_OUT}/made"
        mounts.append(Laid(Overlay(folder, ("empty",), "root", "work"), made))
    mounts.append(Devices(f"{made}/dev", terminals=False))
    words = ("sh", f"{_OUT}/{roots.SCRIPT}", *_how(plan, f"{_OUT}/list", "/in", made))
    date = (("SOURCE_DATE_EPOCH", str(plan.epoch)),)
    said = os.path.join(folder, "log")
    with open(said, "xb") as file:
        ended = tools.start(
            words, date, mounts, Streams(stdout=file, stderr=file), room(conditions)
        )
    if ended == 0:
        return os.path.join(folder, "root")
    bench.keep()
    return ended if isinstance(ended, Problem) else log.unmade(said, about, ended)


def _how(plan: Plan, *words: str) -> Words:
    """As the recipes of images do it."""
    return ("make", *words) if plan.base is None else ("over", *words, beside.suite(plan))


def layer(tools: Tools, plan: Plan, conditions: Conditions) -> Layer | Problem:
    """Of what it needs where it runs."""
    bench, root, about = tools.bench, present(plan.run), "what it needs where it runs"
    made_of = key(plan, root, conditions)
    with cache.alone(bench, made_of):
        made = None if conditions.roots else cache.found(bench, made_of)
        if made is None or cache.LAYER not in made:
            # What it is built in may be of the very same packages, and there.
            tree = cache.tree(bench, made_of) if made is not None else None
            with bench.show.row(f"{about}: {len(root.debs)} packages", None):
                path = tree or _make(tools, plan, root, about, conditions)
                if isinstance(path, Problem):
                    return path
                content = layers.pack(bench, (Place(path, "/", "/"),), plan.epoch)
                if tree is None:
                    bench.discard(os.path.dirname(path))
                if isinstance(content, Problem):
                    return content
                made = {**(made or {}), cache.LAYER: content}
                if not conditions.roots:
                    cache.keep(bench, made_of, made)
    return Layer(digits(made[cache.LAYER].digest), made[cache.LAYER].size, about)


def ground(tools: Tools, plan: Plan, conditions: Conditions) -> str | Problem:
    """The path of what it is built in: a tree to lay others over, or one to change."""
    bench, root, about = tools.bench, present(plan.build), "what it is built with"
    made_of = key(plan, root, conditions)
    with cache.alone(bench, made_of):
        made = None if conditions.roots else cache.tree(bench, made_of)
        if made is None:
            with bench.show.row(f"{about}: {len(root.debs)} packages", None):
                path = _make(tools, plan, root, about, conditions)
                if isinstance(path, Problem):
                    return path
                if conditions.roots:
                    made = path
                else:
                    kept = cache.found(bench, made_of) or {}
                    made = cache.keep_tree(bench, made_of, path, kept)
    if isinstance(made, Problem) or bench.overlays:
        return made
    copy = bench.folder("ground")
    folders = {made: "/in", copy: "/out"}
    ended = tools.run(("cp", "-a", "--reflink=auto", "/in/.", "/out"), folders=folders)
    return Problem(f"`{made}` could not be copied") if ended else copy
