"""make alone: the project's variables on its command line."""

from collections.abc import Iterator

from envc.plan.model import Do, Install, Recipe, Step
from envc.plan.systems import folder


def steps(recipe: Recipe, prefix: str) -> Iterator[Step]:
    where = folder(recipe)
    variables = tuple(f"{each.key}={each.value}" for each in recipe.options)
    yield Do(("make", f"--jobs={recipe.jobs}", *variables, *recipe.goals), where)
    if recipe.installed:
        yield Install(recipe.installed, where, f"{prefix}/bin")
    else:
        ours = (f"PREFIX={prefix}", f"prefix={prefix}")
        yield Do(("make", *ours, *variables, "install"), where)
