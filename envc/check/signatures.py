"""What others need to know of a package: its versions and variants, before its body is read."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from envc import choices
from envc.source import Source
from envc.spec import App, Package, Place, Variant
from envc.syntax import nodes


class Signature(NamedTuple):
    name: str
    variants: Mapping[str, Variant]
    versions: tuple[tuple[str, str], ...]
    """Each number and its origin, in the order written."""
    providers: tuple[str, ...]
    place: Place


class Library(Protocol):
    """Where names that a file does not declare itself are looked up."""

    def names(self) -> tuple[str, ...]: ...
    def signature(self, name: str) -> Signature | None: ...
    def package(self, name: str) -> Package | None: ...


def signature(node: nodes.Package | nodes.App, source: Source) -> Signature:
    body = node.body
    versions = [
        (number.text, statement.origin.text if statement.origin else "")
        for statement in body
        if isinstance(statement, nodes.Versions)
        for number in statement.numbers
    ]
    if isinstance(node, nodes.App) and node.versions is not None:
        versions.append((node.versions.text.removeprefix("@").removeprefix("="), ""))
    providers = [each.name.text for each in body if isinstance(each, nodes.Provider)]
    if any(isinstance(each, nodes.CodeSource) for each in body):
        providers.append("source")
    return Signature(
        node.name.text,
        {variant.name: variant for variant in variants(body, source)},
        tuple(versions),
        tuple(providers),
        Place(source, node.name.span),
    )


def signature_of(recipe: App | Package) -> Signature:
    """The same of what has been checked already."""
    if isinstance(recipe, App):
        versions, providers = [(recipe.version, "")], []
    else:
        versions = [(version.number, version.origin) for version in recipe.versions]
        providers = [provider.name for provider in recipe.providers]
    if recipe.sources:
        providers.append("source")
    named = {variant.name: variant for variant in recipe.variants}
    return Signature(recipe.name, named, tuple(versions), tuple(providers), recipe.place)


def variants(body: Iterable[nodes.Statement], source: Source) -> Iterable[Variant]:
    """The variants of a body; where two have one name, the first counts."""
    seen: set[str] = set()
    for statement in body:
        if isinstance(statement, nodes.Variant) and statement.name.text not in seen:
            seen.add(statement.name.text)
            named = tuple(choice.text for choice in statement.choices) or choices.YES_NO
            default = statement.default.text if statement.default is not None else named[-1]
            yield Variant(
                statement.name.text,
                named,
                default,
                statement.about.value if statement.about is not None else "",
                Place(source, statement.name.span),
            )
