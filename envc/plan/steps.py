"""From recipes to steps: what is done, in order, by whichever format of a recipe."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from envc.plan import compilers
from envc.plan.model import SOURCES, TOOLS, Do, Part, Patch, Plan, Recipe, Set, Step, Unpack, Words
from envc.plan.systems import autotools, cmake, make, meson, python, shell, source_folder

_SYSTEMS: Mapping[str, Callable[[Recipe, str], Iterator[Step]]] = {
    "cmake": cmake.steps,
    "autotools": autotools.steps,
    "meson": meson.steps,
    "make": make.steps,
    "python": python.steps,
    "shell": shell.steps,
}

SETTINGS = "settings"
"""The part that sets the variables of all others."""


def parts(plan: Plan) -> tuple[Part, ...]:
    """The variables of the build, then each component, the app last."""
    if not plan.recipes:
        return ()
    written: dict[str, str] = {}
    found = [Part(SETTINGS, tuple(_settings(plan)))]
    for recipe in plan.recipes:
        told = partial(compilers.steps, among=written)
        steps = (*told(recipe.compilers, plan.prefix), *_component(recipe, plan.prefix))
        found.append(Part(recipe.name, steps))
    return tuple(found)


def inputs(plan: Plan, part: str) -> Words:
    """Files that a part takes, also those that no step unpacks: wheels."""
    found: dict[str, None] = {}
    for recipe in plan.recipes:
        if recipe.name == part:
            source = (recipe.source,) if recipe.source is not None else ()
            found |= {each.file: None for each in (*source, *recipe.patches)}
    return tuple(found)


def _settings(plan: Plan) -> Iterator[Step]:
    """What programs otherwise take from the machine, the user or the clock."""
    path = dict(plan.variables).get("PATH", "")
    said = {
        "PATH": f"{TOOLS}:{path}",
        "HOME": "/root",
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "SOURCE_DATE_EPOCH": str(plan.epoch),
        "FORCE_SOURCE_DATE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PERL_HASH_SEED": "0",
        "ZERO_AR_DATE": "1",
        **compilers.variables(plan.compilers),
    }
    if len(plan.recipes) > 1:
        said |= compilers.paths(plan.prefix)
    if any(each.only_builds for each in plan.recipes):
        said |= {**python.FOR_BUILD, "PATH": f"{said['PATH']}:{python.PROGRAMS}"}
    yield from (Set(name, value) for name, value in said.items())


def _component(recipe: Recipe, prefix: str) -> Iterator[Step]:
    source = recipe.source
    if source is not None and not python.is_wheel(recipe):
        yield Unpack(source.file, source.sha256, f"{SOURCES}/{recipe.name}", source.strip)
    for patch in recipe.patches:
        yield Patch(patch.file, patch.sha256, source_folder(recipe))
    for step in _SYSTEMS[recipe.system](recipe, prefix):
        yield _with(step, recipe)


def _with(step: Step, recipe: Recipe) -> Step:
    if isinstance(step, Do) and recipe.variables:
        return Do(step.words, step.folder, (*step.variables, *recipe.variables))
    return step
