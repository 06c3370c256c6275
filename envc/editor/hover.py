"""What the word under the cursor is, in Markdown."""

from typing import NamedTuple

from envc import vocabulary
from envc.cpu import lattice
from envc.cpu.flags import Flags, Refusal, flags, minimum
from envc.editor.document import Document
from envc.editor.names import Mention, Sort, mention_at
from envc.editor.offers import Known, offers
from envc.editor.place import place
from envc.source import Span
from envc.spec import Package, Variant
from envc.syntax.words import Kind, Word

_COMPILERS = ("gcc", "clang")
_NEWEST = "99"


class Hover(NamedTuple):
    text: str
    span: Span


def hover(document: Document, offset: int, known: Known) -> Hover | None:
    word = document.word_at(offset)
    if word is None or word.kind is not Kind.NAME or document.in_comment(offset):
        return None
    mention = mention_at(document.file, offset)
    text = _mention(mention, known) if mention is not None else ""
    text = text or _word(document, word, known)
    return Hover(text, word.span) if text else None


def _mention(mention: Mention, known: Known) -> str:
    match mention.sort:
        case Sort.TARGET:
            return _target(mention.name) or _set(mention.name, known)
        case Sort.TARGETS:
            return _set(mention.name, known)
        case Sort.PACKAGE:
            return _package(mention.name, known) or _direct(mention.name)
        case Sort.VARIANT:
            signature = known.signature(mention.owner)
            variant = signature.variants.get(mention.name) if signature is not None else None
            return _variant(variant) if variant is not None else ""
        case Sort.TOOLCHAIN:
            return _toolchain(mention.name, known)
        case _:
            return f"{mention.sort} `{mention.name}`"


def _word(document: Document, word: Word, known: Known) -> str:
    """A keyword or a key: what stands in the tables of words for its place."""
    here = place(document, word.span.start)
    for item in offers(here._replace(prefix=""), known):
        if item.text == word.text and item.about:
            return f"`{item.text}`: {item.about}"
    fact = vocabulary.FACTS.get(word.text)
    about = fact.about if fact is not None else vocabulary.STATEMENTS.get(word.text, "")
    return f"`{word.text}`: {about}" if about else ""


# ---- what is told of each ------------------------------------------------------------------------


def _target(name: str) -> str:
    resolved = lattice.resolve(name)
    if resolved is None:
        return ""
    this = lattice.target(resolved.name)
    lines = [f"CPU target `{this.name}` ({this.vendor}, {lattice.family(this.name)})"]
    if resolved.note:
        lines.append(resolved.note)
    below = [each for each in lattice.downward(this.name) if each != this.name]
    above = [each for each in lattice.upward(this.name) if each != this.name]
    if below:
        lines.append(f"Runs code for {_listed(below[::-1])}.")
    if above:
        lines.append(f"Its code also runs on {_listed(above)}.")
    lines += [line for compiler in _COMPILERS for line in _flags(this.name, compiler)]
    return "\n\n".join(lines)


def _flags(target: str, compiler: str) -> list[str]:
    """Those of the first version that has any, and those of the newest."""
    first = minimum(target, compiler)
    if first is None:
        return [f"{compiler}: no version has flags for it"]
    lines: list[str] = []
    for called, version in ((first, first or _NEWEST), ("newest", _NEWEST)):
        found = flags(target, compiler, version)
        if not isinstance(found, Refusal) and not any(_said(found) in line for line in lines):
            lines.append(f"{compiler} {called}".strip() + f": {_said(found)}")
    return lines


def _said(found: Flags) -> str:
    return f"`{' '.join(found.words)}`"


def _set(name: str, known: Known) -> str:
    for each in known.spec.target_sets:
        if each.name == name:
            return f"target set `{name}`: {_listed(list(each.members))}"
    return ""


def _package(name: str, known: Known) -> str:
    package = _whole(name, known)
    if package is None:
        return ""
    summary = next((str(each.value) for each in package.facts if each.key == "summary"), "")
    lines = [f"package `{name}`" + (f": {summary}" if summary else "")]
    by_origin: dict[str, list[str]] = {}
    for version in package.versions:
        by_origin.setdefault(version.origin or "any", []).append(version.number)
    lines += [f"{origin}: {', '.join(numbers)}" for origin, numbers in by_origin.items()]
    lines += [_variant(variant) for variant in package.variants]
    return "\n\n".join(lines)


def _direct(name: str) -> str:
    """A package by its provider's own name; in short what `envc explain` says."""
    if "/" not in name:
        return ""
    from envc.names import pages, shipped

    told = pages.direct(name, shipped.debian(), shipped.guix())
    return told["page"] if told is not None else ""


def _whole(name: str, known: Known) -> Package | None:
    own = (each for each in known.spec.packages if each.name == name)
    return next(own, None) or known.shelf.package(name)


def _variant(variant: Variant) -> str:
    about = f": {variant.about}" if variant.about else ""
    choices = " | ".join(variant.choices)
    return f"variant `{variant.name}`{about}\n\n{choices}, default {variant.default}"


def _toolchain(name: str, known: Known) -> str:
    for each in known.spec.toolchains:
        if each.name == name:
            tools = (
                f"{', '.join(tool.languages)}: {tool.want.name}"
                + (f"@{tool.want.versions}" if tool.want.versions else "")
                for tool in each.tools
            )
            return "\n\n".join([f"toolchain `{name}`", *tools])
    return ""


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:8])
    return shown + (f" and {len(names) - 8} more" if len(names) > 8 else "")
