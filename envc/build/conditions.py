"""What conditions mean for a room and for the steps in it."""

import os
import re
import shutil
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from glob import escape, glob
from typing import Any

from envc.build import emulation, locale
from envc.build.model import Conditions
from envc.build.room import Bind, Memory, Mount, Room
from envc.build.tools import Tools
from envc.facts.problem import Problem
from envc.plan import compilers
from envc.plan.beside import THERE
from envc.plan.model import BUILD, SOURCES, TOOLS, Part, Plan, Set, Step, Variables, Write
from envc.plan.steps import SETTINGS
from envc.store.content import open_plain

COMPILED = "compiled"
"""A file beside the scripts of a part: every call of a compiler."""
_CLOCK = "libfaketime.so.1"
_FOLDERS = re.compile(rf"(?<![^\s=:;,\"'])(?:{SOURCES}|{BUILD})(?=[/=:;,\s\"']|$)")
"""Of a build, where a word names them."""


def room(conditions: Conditions) -> Room:
    return Room(
        host=conditions.host,
        umask=conditions.umask,
        processors=conditions.processors,
        personality=conditions.personality,
    )


def facts(conditions: Conditions) -> dict[str, object]:
    """What is not as usual, and should have no say in what comes out."""
    usual = asdict(Conditions())
    return {name: each for name, each in asdict(conditions).items() if each != usual[name]}


def variables(settings: Part, conditions: Conditions) -> Variables:
    said = {each.name: each.value for each in settings.steps if isinstance(each, Set)}
    said["ENVC_COMPILED"] = f"{THERE}/{COMPILED}"
    if conditions.user != "root":
        said |= {"USER": conditions.user, "LOGNAME": conditions.user}
    if conditions.clock is not None:
        away = conditions.clock - int(time.time())
        said |= {"LD_PRELOAD": f"{THERE}/{_CLOCK}", "FAKETIME": f"{away:+d}", "NO_FAKE_STAT": "1"}
    for name in conditions.without:
        said.pop(name, None)
    return tuple((said | dict(conditions.variables)).items())


def conditioned(part: Part, conditions: Conditions) -> Part:
    """The same steps: in folders that are called otherwise, with other compilers before them."""
    if part.name == SETTINGS:
        return part
    steps = part.steps
    if conditions.prefix:
        steps = tuple(_moved(each, conditions.prefix) for each in steps)
    if conditions.cpu:
        by = (f"{THERE}/{emulation.NAME}", "-cpu", conditions.cpu)
        steps = _compiling(steps, lambda text: compilers.emulated(text, by))
    if conditions.bare:
        steps = _compiling(steps, compilers.bare)
    return replace(part, steps=steps)


def _compiling(steps: tuple[Step, ...], change: Callable[[str], str]) -> tuple[Step, ...]:
    """With other programs before the compilers."""
    return tuple(
        replace(each, text=change(each.text))
        if isinstance(each, Write) and each.path.startswith(f"{TOOLS}/")
        else each
        for each in steps
    )


def _moved(step: Step, prefix: str) -> Step:
    facts: dict[str, Any] = asdict(step)
    return type(step)(**{name: _renamed(value, prefix) for name, value in facts.items()})


def _renamed(value: Any, prefix: str) -> Any:
    if isinstance(value, str):
        return _FOLDERS.sub(lambda found: f"{prefix}{found[0]}", value)
    if isinstance(value, tuple):
        return tuple(_renamed(each, prefix) for each in value)
    return value


# ---- files ---------------------------------------------------------------------------------------


def mounts(conditions: Conditions, there: str) -> tuple[Mount, ...]:
    """Of what `bring` left `there`."""
    found: list[Mount] = []
    if conditions.user != "root":
        found.append(Bind(f"{there}/passwd", "/etc/passwd"))
    if conditions.reversed_files:  # of which a folder lists first what came last
        found += (Memory(f"{conditions.prefix}{each}") for each in (SOURCES, BUILD))
    if conditions.foreign:
        found.append(Bind(f"{there}/{locale.NAME}", locale.PLACE))
    if conditions.cpu and os.path.exists(f"{there}/{emulation.SHOWN}"):
        found.append(Bind(f"{there}/{emulation.SHOWN}", "/proc/cpuinfo"))
    return tuple(found)


def bring(
    plan: Plan, conditions: Conditions, tools: Tools, below: str, there: str
) -> Problem | None:
    """Files that conditions need, from the tools and from the file system in which is built."""
    root = tools.root()
    if isinstance(root, Problem):
        return root
    if conditions.clock is not None:
        found = glob(f"{escape(root)}/usr/lib/*/faketime/{_CLOCK}")
        if not found:
            return Problem("the lock has no `libfaketime`, which sets another clock")
        shutil.copyfile(found[0], os.path.join(there, _CLOCK))
    if conditions.user != "root":
        users = os.path.join(os.path.realpath(below), "etc", "passwd")
        if os.path.realpath(users) != users:  # an image that others made can have any link
            return Problem("`/etc/passwd` of what it is built in is reached by a link")
        with open_plain(users, follow=False) as plain:
            text = re.sub(rb"(?m)^root:", f"{conditions.user}:".encode(), plain.read())
        with open(os.path.join(there, "passwd"), "xb") as file:
            file.write(text)
    if conditions.foreign and (problem := locale.bring(tools, there)):
        return problem
    return emulation.bring(plan.architecture, there) if conditions.cpu else None
