"""Meson, with Ninja."""

from collections.abc import Iterator

from envc.plan.model import BUILD, Do, Recipe, Step
from envc.plan.systems import folder

_WORDS = {"yes": "true", "no": "false"}


def steps(recipe: Recipe, prefix: str) -> Iterator[Step]:
    build = f"{BUILD}/{recipe.name}"
    options = tuple(f"-D{key}={value}" for key, value in _options(recipe, prefix).items())
    # What a project would fetch when something is missing has to be asked for in the spec.
    yield Do(("meson", "setup", "--wrap-mode=nodownload", *options, build, folder(recipe)), "/")
    yield Do(("ninja", "-C", build, "-v", "-j", str(recipe.jobs)), "/")
    yield Do(("meson", "install", "-C", build, "--no-rebuild"), "/")


def _options(recipe: Recipe, prefix: str) -> dict[str, str]:
    ours = {"buildtype": "release", "prefix": prefix, "libdir": "lib"}
    said = {each.key: _WORDS.get(each.value, each.value) for each in recipe.options}
    return {**ours, **said}
