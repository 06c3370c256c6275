"""Wheels of the Python Package Index: each is a component that only has to be installed."""

from collections.abc import Iterator

from envc.lock.contents import Contents
from envc.lock.model import LockedEnvironment, LockedWheel
from envc.plan.model import Input, Recipe
from envc.spec import App


def recipes(environment: LockedEnvironment, contents: Contents, app: App) -> Iterator[Recipe]:
    """By name, those of the image first: none is looked into before all are there."""
    kept = {*environment.run_wheels}
    for name in (*sorted(kept), *sorted({*environment.build_wheels} - kept)):
        wheel = contents.wheel(environment, name)
        if wheel is not None:
            yield _recipe(wheel, app, only_builds=name not in kept)


def _recipe(wheel: LockedWheel, app: App, *, only_builds: bool) -> Recipe:
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
        only_builds=only_builds,
    )
