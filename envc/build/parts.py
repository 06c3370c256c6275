"""The parts of a build: each runs in a room over what the ones before it left."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

from envc.build import driver, log
from envc.build.bench import Bench
from envc.build.conditions import COMPILED, bring, conditioned
from envc.build.conditions import mounts as furnished
from envc.build.conditions import room as under
from envc.build.entering import Streams, enter
from envc.build.inputs import sources
from envc.build.model import Conditions, Failed
from envc.build.room import TEMPORARY, Bind, Devices, Overlay, Processes, Program, Room
from envc.build.tools import Tools
from envc.facts.problem import Problem
from envc.plan import roots
from envc.plan.beside import THERE
from envc.plan.model import INPUTS, Input, Part, Plan, Variables, Words

_SCRIPT = "build.sh"
_SHARED = 0o1777
_NOTHING = 44
"""How a shell ends that finds nothing installed."""
_PATH = ("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")

Stuck = Callable[[Room, Program], None]
"""Told of a step that failed: where it was, and a shell for that place."""


class Site(NamedTuple):
    """Where a part is built."""

    folder: str
    """In the scratch: what belongs to this part alone."""
    lower: Words
    """Paths of trees in the store's folder, the first on top; or the one that is changed."""
    inputs: str
    """Its sources, under their names."""


class Ran(NamedTuple):
    """What a part left."""

    site: Site
    log: str
    compiled: str

    @property
    def upper(self) -> str:
        """What it changed, over what was there."""
        return os.path.join(self.site.folder, "upper")


@dataclass(frozen=True, slots=True)
class Builder:
    tools: Tools
    plan: Plan
    conditions: Conditions
    variables: Variables
    stuck: Stuck | None

    @property
    def bench(self) -> Bench:
        return self.tools.bench

    def run(self, part: Part, lower: Words) -> Ran | Failed | Problem:
        folder = self.bench.folder("part", "upper", "merged", "there", "tmp")
        os.chmod(os.path.join(folder, "tmp"), _SHARED)
        there = os.path.join(folder, "there")
        inputs = sources(self.bench, _inputs(self.plan, part))
        if isinstance(inputs, Problem):
            return inputs
        site = Site(folder, lower, inputs.folder)
        problem = bring(self.plan, self.conditions, self.tools, lower[-1], there)
        if problem is not None:
            return problem
        steps = conditioned(part, self.conditions)
        _write(there, _SCRIPT, driver.script(steps, bare=self.conditions.bare))
        _write(there, roots.SCRIPT, roots.script())
        _write(there, COMPILED, "")
        program = Program(("sh", f"{THERE}/{_SCRIPT}"), self.variables)
        said = os.path.join(folder, "log")
        room = self.room(site)
        with open(said, "xb") as file, self.bench.show.row(f"building {part.name}", None):
            ended = enter(room, program, self.bench.identities, Streams(stdout=file, stderr=file))
        if ended == 0:
            return Ran(site, said, os.path.join(there, COMPILED))
        self.bench.keep()
        if isinstance(ended, Problem):
            return ended
        return log.full(said, f"building {part.name}") or self._failed(part, site, ended)

    def room(self, site: Site) -> Room:
        there = os.path.join(site.folder, "there")
        mounts = (
            Processes(),
            Devices(),
            Bind(os.path.join(site.folder, "tmp"), TEMPORARY, writable=True),
            Bind(there, THERE, writable=True),
            Bind(site.inputs, INPUTS),
            *furnished(self.conditions, there),
        )
        root, overlay = ground(self.bench, site)
        made = under(self.conditions)
        return replace(made, root=root, overlay=overlay, mounts=mounts)

    def finish(self, site: Site) -> Problem | None:
        """One time for all that is kept, as in every other image."""
        script = f'[ -d "$1" ] || exit {_NOTHING}; exec sh "$2" finish "$1"'
        prefix, date = self.plan.prefix, ("SOURCE_DATE_EPOCH", str(self.plan.epoch))
        words = ("sh", "-c", script, "sh", prefix, f"{THERE}/{roots.SCRIPT}")
        said = os.path.join(site.folder, "finish.log")
        with open(said, "xb") as file:
            streams = Streams(stdout=file, stderr=file)
            room = replace(self.room(site), umask=0o022)
            ended = enter(room, Program(words, (_PATH, date)), self.bench.identities, streams)
        if ended == _NOTHING:
            help_ = "say with `install` in `build` which files belong there"
            return Problem(f"the build left nothing in `{prefix}`", help_)
        if isinstance(ended, Problem):
            return ended
        return log.unmade(said, f"`{prefix}`", ended) if ended else None

    def _failed(self, part: Part, site: Site, code: int) -> Failed:
        """With the step that was at work."""
        step = driver.at_work(part, os.path.join(site.folder, "there"))
        recipe = next(each for each in self.plan.recipes if each.name == part.name)
        said = os.path.join(site.folder, "log")
        failed = Failed(
            part=part.name,
            step=driver.words(step),
            code=code,
            place=recipe.place,
            log_end=log.end(said),
            log=said,
            scratch=site.folder,
        )
        if self.stuck is not None:
            shell = Program(("bash", "--norc"), self.variables, driver.folder(step))
            self.stuck(self.room(site), shell)
        return failed


def ground(bench: Bench, site: Site) -> tuple[str, Overlay | None]:
    """The root of a site's rooms; each time with a folder of its own for overlayfs to work in."""
    if not bench.overlays:
        return site.lower[0], None
    work = tempfile.mkdtemp(prefix="work-", dir=site.folder)
    top = bench.store.folder
    paths = (*site.lower, os.path.join(site.folder, "upper"), work)
    *lower, upper, work = (os.path.relpath(each, top) for each in paths)
    return os.path.join(site.folder, "merged"), Overlay(top, tuple(lower), upper, work)


def _inputs(plan: Plan, part: Part) -> tuple[Input, ...]:
    recipe = next(each for each in plan.recipes if each.name == part.name)
    return (*((recipe.source,) if recipe.source else ()), *recipe.patches)


def _write(folder: str, name: str, text: str) -> None:
    with open(os.path.join(folder, name), "x", encoding="utf-8") as file:
        file.write(text)
