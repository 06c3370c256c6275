"""Wheels of the Python Package Index: each is a component that only has to be installed."""

from collections.abc import Iterator

from envc.lock.contents import Contents
from envc.lock.model import LockedEnvironment, LockedWheel
from envc.plan.model import Input, Recipe
from envc.spec import App


def recipes(environment: LockedEnvironment, contents: Contents, app: App) -> Iterator[Recipe]:
    """By name: none is looked into before all are there."""
    names = sorted({*environment.build_wheels, *environment.run_wheels})
    for wheel in (contents.wheel(environment, name) for name in names):
        if wheel is not None:
            yield _recipe(wheel, app)


def _recipe(wheel: LockedWheel, app: App) -> Recipe:
    return Recipe(
        name=f"pypi-{wheel.name}",
        version=wheel.version,
        summary="",
        license="",
        homepage="",
        source=Input(wheel.file, wheel.sha256, wheel.size, "pypi", wheel.urls),
        patches=(),
        compilers=(),
        variables=(),
        system="python",
        folder="",
        bootstrap=False,
        options=(),
        commands=(),
        goals=(),
        extras=(),
        installed=(),
        jobs=1,
        checks=(),
        place=app.place,
    )
