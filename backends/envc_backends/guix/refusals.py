"""What Guix has no way to say, told with the line of the spec that asks for it."""

import re
from collections.abc import Iterator

from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Label
from envc.facts.words import listed
from envc.plan.model import Plan, Recipe
from envc.spec import Place

_NAME = re.compile(r"[A-Za-z0-9+_?=-][A-Za-z0-9+._?=-]*", re.ASCII)
"""Of a folder of Guix' store."""


def refusals(plan: Plan) -> Iterator[Diagnostic]:
    for recipe in plan.recipes:
        yield from _of(recipe)
    if plan.is_environment and len(plan.recipes) > 1:
        names = listed((each.name for each in plan.recipes), "and")
        yield _refused(
            f"an environment of Guix holds one package that is built, and this one {names}",
            plan.place,
            "take what Guix has, or leave `guix` out of `emit`",
        )


def _of(recipe: Recipe) -> Iterator[Diagnostic]:
    where = f"{recipe.name}-{recipe.version}"
    if not _NAME.fullmatch(where):
        yield _refused(
            f"no folder of Guix' store can be called `{where}`",
            recipe.place,
            "write name and version with letters, digits, `.`, `-`, `_` and `+`",
        )
    if recipe.source is None:
        yield _refused(
            f"Guix builds `{recipe.name}` from a source, and there is none",
            recipe.place,
            'name one with `source`, be it `source dir "."`',
        )
    elif recipe.source.file.endswith(".whl"):
        yield _refused(
            f"`{recipe.source.file}` is a wheel, and Guix builds distributions from their source",
            recipe.place,
            "write `kind sdist` behind the source",
        )


def _refused(message: str, place: Place, advice: str) -> Diagnostic:
    return Diagnostic(rules.NOT_BUILT, message, (Label(place.source, place.span),), help=advice)
