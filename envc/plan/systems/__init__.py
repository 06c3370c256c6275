"""What each build system is told to do: one module for a system, each with one `steps`."""

from envc.plan.model import SOURCES, Recipe


def source_folder(recipe: Recipe) -> str:
    """The part of the source that is used."""
    inner = recipe.source.folder if recipe.source is not None else ""
    return "/".join(part for part in (SOURCES, recipe.name, inner.strip("/")) if part)


def folder(recipe: Recipe) -> str:
    """Where the build files are."""
    return "/".join(part for part in (source_folder(recipe), recipe.folder.strip("/")) if part)
