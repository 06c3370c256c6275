"""What a spec builds of the apps that it takes in: what its campaigns say, and from where."""

import os
from dataclasses import replace
from typing import TypeVar

from envc.campaigns import Part
from envc.source import Source
from envc.spec import App, Package, Spec

Recipe = TypeVar("Recipe", App, Package)


def settled(spec: Spec, source: Source) -> Spec:
    """Of a file and all that it takes in."""
    apps = _of_campaigns(spec, source) if spec.campaigns else spec.apps
    folder = os.path.dirname(source.name)
    return replace(
        spec,
        apps=tuple(_from(folder, each) for each in apps),
        packages=tuple(_from(folder, each) for each in spec.packages),
    )


def _of_campaigns(spec: Spec, source: Source) -> tuple[App, ...]:
    """What the file takes in and no campaign includes is left out."""
    parts: dict[str, tuple[Part, ...]] = {}
    for campaign in spec.campaigns:
        for include in campaign.includes:
            parts[include.name] = (*parts.get(include.name, ()), Part(include, campaign))
    return tuple(
        _narrowed(app, parts.get(app.name, ()))
        for app in spec.apps
        if app.name in parts or app.place.source.name == source.name
    )


def _narrowed(app: App, parts: tuple[Part, ...]) -> App:
    """Where a campaign says what is emitted, it says so for the app."""
    if not parts:
        return app
    emits = [each for part in parts for each in part.campaign.emits or app.emits]
    return replace(app, parts=parts, emits=tuple(dict.fromkeys(emits)))


def _from(folder: str, recipe: Recipe) -> Recipe:
    """With the way from there to the paths of its code."""
    own = os.path.dirname(recipe.place.source.name)
    if own == folder or not (recipe.sources or recipe.patches):
        return recipe
    way = os.path.relpath(own or os.curdir, folder or os.curdir)
    return replace(
        recipe,
        sources=tuple(replace(each, folder=way) for each in recipe.sources),
        patches=tuple(replace(each, folder=way) for each in recipe.patches),
    )
