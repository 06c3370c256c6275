"""What is built from sources, part by part, and becomes a layer with what starts it."""

import os
import shutil
import tempfile
from collections.abc import Sequence
from typing import NamedTuple

from envc.build import cache, layers, roots
from envc.build.bench import Bench
from envc.build.cache import COMPILED, LAYER, LOG, Made
from envc.build.conditions import facts, variables
from envc.build.entry import FOLDER, entry
from envc.build.model import Conditions, Failed
from envc.build.parts import Builder, Stuck, ground
from envc.build.room import Laid, Mount
from envc.build.tools import Tools
from envc.build.tools import key as tools_key
from envc.build.trees import Place
from envc.facts.problem import Problem
from envc.plan import roots as scripts
from envc.plan.model import Part, Plan, Variables, Words
from envc.plan.shell import script
from envc.plan.steps import parts
from envc.store.content import Content, open_plain


class _Said(NamedTuple):
    """Paths of what was said while a part was built."""

    log: str
    compiled: str


class _Left(NamedTuple):
    """What a part left for those after it."""

    lower: Words
    said: _Said


def app(
    tools: Tools, plan: Plan, conditions: Conditions, stuck: Stuck | None
) -> Made | Failed | Problem:
    """The layer, and what was said while it was made."""
    settings, *built = parts(plan) or (None,)
    told = variables(settings, conditions) if settings is not None else ()
    *below, own = _keys(plan, built, told, conditions)
    with cache.alone(tools.bench, own):
        found = None if conditions.fresh else cache.found(tools.bench, own)
        if found is not None:
            return found
        made = _made(Builder(tools, plan, conditions, told, stuck), built, below)
        if not (conditions.fresh or isinstance(made, Failed | Problem)):
            cache.keep(tools.bench, own, made)
        return made


def _keys(plan: Plan, built: Sequence[Part], told: Variables, conditions: Conditions) -> list[str]:
    """Of each part but the last, and of the layer."""
    found = []
    below = roots.key(plan, plan.build, conditions) if plan.build and built else ""
    said = {"variables": told, "conditions": facts(conditions)}
    for part in built:
        below = cache.key(below=below, steps=script(part.steps), **said)
        found.append(below)
    start, finish = script(scripts.entry(plan)), scripts.script()
    about = {"start": start, "finish": finish, "epoch": plan.epoch, "tools": tools_key(plan)}
    return [*found[:-1], cache.key(below=below, prefix=plan.prefix, **about)]


def _made(builder: Builder, built: Sequence[Part], keys: Sequence[str]) -> Made | Failed | Problem:
    start = entry(builder.tools, builder.plan)
    if isinstance(start, Problem):
        return start
    places = [Place(start, "/", FOLDER)]
    if not built:
        return _kept(builder, places, ())
    below = roots.ground(builder.tools, builder.plan, builder.conditions)
    if isinstance(below, Problem):
        return below
    lower: Words = (below,)
    said = []
    for part, key in zip(built, keys, strict=False):
        left = _part(builder, part, key, lower)
        if isinstance(left, Failed | Problem):
            return left
        lower = left.lower
        said.append(left.said)
    last = builder.run(built[-1], lower)
    if isinstance(last, Failed | Problem):
        return last
    problem = builder.finish(last.site)
    if problem is not None:
        return problem
    root, overlay = ground(builder.bench, last.site)
    places.append(Place(root, builder.plan.prefix, builder.plan.prefix))
    mounts = (Laid(overlay, root),) if overlay is not None else ()
    return _kept(builder, places, (*said, _Said(last.log, last.compiled)), mounts)


def _part(builder: Builder, part: Part, key: str, lower: Words) -> _Left | Failed | Problem:
    """One that others build on: what it changed is a tree over those below."""
    bench = builder.bench
    if not bench.overlays or builder.conditions.fresh:
        ran = builder.run(part, lower)
        if isinstance(ran, Failed | Problem):
            return ran
        upper = (ran.upper, *lower) if bench.overlays else lower
        return _Left(upper, _Said(ran.log, ran.compiled))
    with cache.alone(bench, key):
        made, tree = cache.found(bench, key), cache.tree(bench, key)
        if made is None or tree is None:
            ran = builder.run(part, lower)
            if isinstance(ran, Failed | Problem):
                return ran
            made = _said(bench, (_Said(ran.log, ran.compiled),))
            tree = cache.keep_tree(bench, key, ran.upper, made)
    if isinstance(tree, Problem):
        return tree
    return _Left(
        (tree, *lower), _Said(cache.path(bench, made[LOG]), cache.path(bench, made[COMPILED]))
    )


def _kept(
    builder: Builder, places: Sequence[Place], said: Sequence[_Said], mounts: tuple[Mount, ...] = ()
) -> Made | Problem:
    content = layers.pack(builder.bench, places, builder.plan.epoch, mounts)
    if isinstance(content, Problem):
        return content
    return {LAYER: content, **_said(builder.bench, said)}


def _said(bench: Bench, said: Sequence[_Said]) -> Made:
    """Of all parts in their order, in the store."""
    return {
        LOG: _joined(bench, [each.log for each in said]),
        COMPILED: _joined(bench, [each.compiled for each in said]),
    }


def _joined(bench: Bench, paths: Sequence[str]) -> Content:
    descriptor, joined = tempfile.mkstemp(dir=bench.scratch)
    with open(descriptor, "wb") as file:
        for path in paths:
            with open_plain(path, follow=False) as each:  # it lay where steps could write
                shutil.copyfileobj(each, file)
    return Content(bench.store.add_file(joined), os.path.getsize(joined))
