"""Placeholders filled in, as far as a build knows what they stand for."""

import re
from collections.abc import Iterable, Mapping

from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Label
from envc.facts.command import CommandWord, Placeholder, placeholders
from envc.facts.words import listed
from envc.spec import Place
from envc.vocabulary import PLACEHOLDERS

Values = Mapping[str, str]
_OURS = re.compile(r"(?<![${])\{([a-z]+)\}(?!\})")


def command(
    words: Iterable[CommandWord], values: Values, place: Place
) -> tuple[str, ...] | Diagnostic:
    words = tuple(words)
    holes = [hole for word in words for hole in word.placeholders]
    return unknown(holes, values, place) or tuple(word.filled(values) for word in words)


def text(written: str, values: Values, place: Place) -> str | Diagnostic:
    """Of a text that is no command."""
    holes = placeholders(written)
    if told := unknown(holes, values, place):
        return told
    parts, end = [], 0
    for hole in holes:
        parts += [_braces(written[end : hole.start]), values[hole.name]]
        end = hole.end
    return "".join((*parts, _braces(written[end:])))


def foreign(written: str, values: Values, place: Place) -> str | Diagnostic:
    """Of a text that another program reads, in which braces may mean something: `${prefix}` does to
    configure. Only our own names are filled in, and where no `$` stands before them."""
    holes = [each for each in _OURS.finditer(written) if each[1] in PLACEHOLDERS]
    found = (Placeholder(each[1], *each.span()) for each in holes)
    if told := unknown(found, values, place):
        return told
    return _OURS.sub(lambda each: values.get(each[1], each[0]), written)


def unknown(holes: Iterable[Placeholder], values: Values, place: Place) -> Diagnostic | None:
    for hole in holes:
        if hole.name not in values:
            return Diagnostic(
                rules.NOT_KNOWN_YET,
                f"`{{{hole.name}}}` is known only when a job runs, and this is said to the build",
                (Label(place.source, place.span),),
                help=f"a build knows {listed(values, 'and')}",
            )
    return None


def _braces(text: str) -> str:
    return text.replace("{{", "{").replace("}}", "}")
