"""The escape hatch: the spec's own programs and scripts, in order."""

from collections.abc import Iterator

from envc.plan.model import Do, Install, Recipe, Script, Step
from envc.plan.systems import folder


def steps(recipe: Recipe, prefix: str) -> Iterator[Step]:
    where = folder(recipe)
    for words in recipe.commands:
        match words:
            case ("sh", "-eu", path):
                yield Script(path, where)
            case _:
                yield Do(words, where)
    if recipe.installed:
        yield Install(recipe.installed, where, f"{prefix}/bin")
