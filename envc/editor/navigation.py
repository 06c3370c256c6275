"""Where a name is declared, where it is used, and what changes when it gets another."""

import re
from typing import NamedTuple, Protocol

from envc import library
from envc.check.signatures import Library
from envc.editor.document import Document
from envc.editor.names import Mention, Sort, mention_at, mentions
from envc.source import Source, Span
from envc.spec import Place, Spec
from envc.syntax.tables import load

_RENAMED = (
    Sort.APP, Sort.PACKAGE, Sort.TOOLCHAIN, Sort.TARGETS, Sort.SITE, Sort.CAMPAIGN, Sort.VARIANT,
    Sort.RUN,
)  # fmt: skip


class Target(NamedTuple):
    source: Source
    span: Span


class _Placed(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def place(self) -> Place: ...


class Refusal(NamedTuple):
    why: str


def definition(
    document: Document, offset: int, spec: Spec, shelf: Library, find: library.Beside
) -> Target | None:
    """In this file, in one that it takes in, or in the library."""
    mention = mention_at(document.file, offset)
    if mention is None:
        return None
    for each in references(document, mention):
        if each.declares:
            return Target(document.source, each.span)
    if mention.sort is Sort.SPEC:
        found = find(mention.name, document.source)
        source = found.source if found is not None else None
        return Target(source, Span(0, 0)) if source is not None else None
    place = _elsewhere(mention, spec, shelf)
    return Target(place.source, place.span) if place is not None else None


def _elsewhere(mention: Mention, spec: Spec, shelf: Library) -> Place | None:
    things: dict[Sort, tuple[_Placed, ...]] = {
        Sort.APP: spec.apps,
        Sort.PACKAGE: spec.packages,
        Sort.TOOLCHAIN: spec.toolchains,
        Sort.TARGETS: spec.target_sets,
        Sort.TARGET: spec.target_sets,  # a set of another file looks like a target
        Sort.SITE: spec.sites,
    }
    for thing in things.get(mention.sort, ()):
        if thing.name == mention.name:
            return thing.place
    if mention.sort is Sort.PACKAGE:
        signature = shelf.signature(mention.name)
        return signature.place if signature is not None else None
    if mention.sort is Sort.VARIANT:
        return _variant(mention, spec, shelf)
    return None


def _variant(mention: Mention, spec: Spec, shelf: Library) -> Place | None:
    for recipe in (*spec.apps, *spec.packages):
        for variant in recipe.variants if recipe.name == mention.owner else ():
            if variant.name == mention.name:
                return variant.place
    signature = shelf.signature(mention.owner)
    known = signature.variants.get(mention.name) if signature is not None else None
    return known.place if known is not None else None


def references(document: Document, wanted: Mention) -> list[Mention]:
    """Everything in the file that means the same thing, its declaration included."""
    return [
        each
        for each in mentions(document.file)
        if (each.sort, each.name, each.owner) == (wanted.sort, wanted.name, wanted.owner)
    ]


def references_at(document: Document, offset: int) -> list[Mention]:
    mention = mention_at(document.file, offset)
    return references(document, mention) if mention is not None else []


def renameable(document: Document, offset: int) -> Span | None:
    """The name under the cursor, if this file declares it."""
    mention = mention_at(document.file, offset)
    if mention is None or mention.sort not in _RENAMED:
        return None
    declared = any(each.declares for each in references(document, mention))
    return mention.span if declared else None


def rename(document: Document, offset: int, name: str) -> list[Span] | Refusal:
    """The places where the new name is to stand."""
    mention = mention_at(document.file, offset)
    if mention is None or mention.sort not in _RENAMED:
        return Refusal("only names that this file declares can be renamed")
    same = references(document, mention)
    if not any(each.declares for each in same):
        return Refusal(f"{mention.sort} `{mention.name}` is declared elsewhere")
    if not re.fullmatch(dict(load().patterns)["NAME"], name):
        return Refusal(f"`{name}` is not a name")
    if any(_clashes(each, mention, name) for each in mentions(document.file)):
        return Refusal(f"there is {mention.sort} `{name}` already")
    shared = {each.span for each in same}
    for each in mentions(document.file):
        if each.span in shared and each.owner != mention.owner:
            return Refusal(f"variant `{mention.name}` of `{each.owner}` is asked about there too")
    return sorted(shared)


def _clashes(each: Mention, mention: Mention, name: str) -> bool:
    return each.declares and (each.sort, each.name, each.owner) == (
        mention.sort,
        name,
        mention.owner,
    )
