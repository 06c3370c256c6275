"""A Python distribution: its own build backend, among the packages that are installed."""

from collections.abc import Iterator

from envc.plan.model import INPUTS, WHEELS, Do, Recipe, Step
from envc.plan.systems import folder

_PIP = (
    "--no-index",
    "--no-deps",
    "--no-build-isolation",
    "--no-compile",
    "--no-cache-dir",
    "--disable-pip-version-check",
    "--root-user-action=ignore",
)
_FORGET = """
find "$1" -path '*.dist-info/direct_url.json' -delete
find "$1" -path '*.dist-info/RECORD' -exec sed -i '/\\.dist-info\\/direct_url\\.json,/d' {} +
"""
"""Where the source lay: nobody is to find it there again."""
_SEE = """
ln -sfn "$1"/lib/python3*/site-packages "$1/packages"
for each in "$2"/lib/python3*/site-packages; do echo "$each"; done >"$1/packages/prefix.pth"
"""
"""What only builds is found by the Python of the app, and finds what the app has."""
FOR_BUILD = {"PYTHONPATH": f"{WHEELS}/packages"}
PROGRAMS = f"{WHEELS}/bin"
"""Last in the path: its `python3` is not meant."""


def steps(recipe: Recipe, prefix: str) -> Iterator[Step]:
    """The prefix is an environment of its own, whose scripts find the system's packages too."""
    if recipe.only_builds:
        yield from _installed(recipe, WHEELS)
        yield Do(("sh", "-euc", _SEE.strip(), "sh", WHEELS, prefix), "/")
    else:
        yield from _installed(recipe, prefix)


def _installed(recipe: Recipe, prefix: str) -> Iterator[Step]:
    yield Do(("python3", "-m", "venv", "--system-site-packages", "--without-pip", prefix), "/")
    settings = tuple(f"--config-settings={each.key}={each.value}" for each in recipe.options)
    pip = ("python3", "-m", "pip", "--python", f"{prefix}/bin/python3", "install")
    yield Do((*pip, *_PIP, *settings, _what(recipe)), "/")
    yield Do(("sh", "-euc", _FORGET.strip(), "sh", prefix), "/")


def is_wheel(recipe: Recipe) -> bool:
    return recipe.source is not None and recipe.source.file.endswith(".whl")


def _what(recipe: Recipe) -> str:
    extras = f"[{','.join(recipe.extras)}]" if recipe.extras else ""
    if recipe.source is not None and is_wheel(recipe):
        file = f"file://{INPUTS}/{recipe.source.file}#sha256={recipe.source.sha256}"
        return f"{recipe.source.file.partition('-')[0]}{extras} @ {file}"
    return f"{folder(recipe)}{extras}"
