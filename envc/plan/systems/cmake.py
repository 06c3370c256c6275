"""CMake: configured, built and installed out of its source."""

from collections.abc import Iterator

from envc.plan.model import BUILD, Do, Recipe, Step
from envc.plan.systems import folder


def steps(recipe: Recipe, prefix: str) -> Iterator[Step]:
    build = f"{BUILD}/{recipe.name}"
    cache = tuple(f"-D{key}={value}" for key, value in _cache(recipe, prefix).items())
    yield Do(("cmake", "-S", folder(recipe), "-B", build, *cache), "/")
    yield Do(("cmake", "--build", build, "--parallel", str(recipe.jobs)), "/")
    yield Do(("cmake", "--install", build), "/")


def _cache(recipe: Recipe, prefix: str) -> dict[str, str]:
    """The spec's own word counts last, also where it names the type of a variable."""
    ours = {
        "CMAKE_BUILD_TYPE": "Release",
        "CMAKE_INSTALL_PREFIX": prefix,
        "CMAKE_INSTALL_LIBDIR": "lib",
        # Else the path of what was only built is written into it, and erased leaving a trace.
        "CMAKE_BUILD_RPATH_USE_ORIGIN": "ON",
    }
    said = {each.key: each.value for each in recipe.options}
    named = {key.partition(":")[0] for key in said}
    return {**{key: value for key, value in ours.items() if key not in named}, **said}
