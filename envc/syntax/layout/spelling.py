"""The one way to write words, requests and conditions."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from envc.facts.units import DURATION_UNITS, MEMORY_UNITS
from envc.syntax.layout.shapes import EMPTY, Cell, framed, joined, listed, text
from envc.syntax.nodes import (
    AllCpus,
    AllVariants,
    AnyCpu,
    AnyVariant,
    Attribute,
    Condition,
    Cpu,
    CpuFamily,
    CpuHas,
    CpuRange,
    CpuTest,
    CpuVendor,
    Items,
    NotCpu,
    NotVariant,
    Option,
    Request,
    VariantIs,
    VariantTest,
)
from envc.syntax.words import Kind, Word
from envc.vocabulary import Key, Shape

_AMOUNT = re.compile(rf"([0-9]+(?:\.[0-9]+)?)({'|'.join((*MEMORY_UNITS, *DURATION_UNITS))})")
_AMOUNTS = re.compile(f"(?:{_AMOUNT.pattern})+")
_SHORT = {Kind.NAME, Kind.NUMBER}


def word(one: Word) -> Cell:
    return text(one.text, one.span)


def names(words: Iterable[Word]) -> Cell:
    return listed(word(each) for each in words)


def items(said: Items, key: Key | None = None) -> Cell:
    amounts = key is not None and key.shape in {Shape.MEMORY, Shape.DURATION}
    return listed(_item(each, amounts=amounts) for each in said)


def _item(words: Sequence[Word], *, amounts: bool) -> Cell:
    said = ""
    before: Kind | None = None
    for each in words:
        for kind, spelled in _amount(each) if amounts else ((each.kind, each.text),):
            said += _between(before, kind) + spelled
            before = kind
    return text(said, words[0].span.to(words[-1].span))


def _between(before: Kind | None, behind: Kind) -> str:
    """`1..100` and `gcc@13` are written without spaces."""
    if before is None:
        return ""
    if Kind.DOTS in {before, behind}:
        return "" if {before, behind} & _SHORT else " "
    return "" if before is Kind.NAME and behind is Kind.VERSIONS else " "


def _amount(number: Word) -> Iterator[tuple[Kind, str]]:
    """`16GiB` as `16 GiB`, `1h30min` as `1 h 30 min`."""
    if number.kind is not Kind.NUMBER or not _AMOUNTS.fullmatch(number.text):
        yield number.kind, number.text
        return
    for count, unit in _AMOUNT.findall(number.text):
        yield from ((Kind.NUMBER, count), (Kind.NAME, unit))


def request(asked: Request) -> Cell:
    versions = asked.versions.text if asked.versions is not None else ""
    said = [asked.name.text + versions, *(_option(option) for option in asked.options)]
    return text(" ".join(said), asked.span)


def _option(option: Option) -> str:
    if option.choice is None:
        return option.sign + option.variant.text
    return f"{option.variant.text}={option.choice.text}"


def attribute(one: Attribute) -> str:
    return one.value.text if one.key is None else f"{one.key.text} {one.value.text}"


def condition(asked: Condition | None) -> Cell:
    if asked is None:
        return EMPTY
    when = framed("when ", _variants(asked.when)) if asked.when is not None else EMPTY
    on = framed("on ", _cpus(asked.on)) if asked.on is not None else EMPTY
    return joined(when, on)


def _variants(test: VariantTest) -> Cell:
    match test:
        case VariantIs(span, variant, choice, denied):
            how = "is not" if denied else "is"
            return text(variant.text + (f" {how} {choice.text}" if choice else ""), span)
        case NotVariant(_, inner):
            wide = isinstance(inner, AllVariants | AnyVariant)
            return (
                framed("not (", _variants(inner), ")") if wide else framed("not ", _variants(inner))
            )
        case AllVariants(_, parts):
            return _chained((_in_all(_variants(part), part) for part in parts), " and ")
        case AnyVariant(_, parts):
            return _chained((_variants(part) for part in parts), " or ")
        case _:
            assert_never(test)


def _cpus(test: CpuTest) -> Cell:
    match test:
        case Cpu(span, name):
            return text(name.text, span)
        case CpuRange(span, low, high):
            return text(f"{low.text if low else ''}..{high.text if high else ''}", span)
        case CpuHas(span, feature):
            return text(f"has {feature.text}", span)
        case CpuVendor(span, vendor):
            return text(f"vendor {vendor.text}", span)
        case CpuFamily(span, family):
            return text(f"family {family.text}", span)
        case NotCpu(_, inner):
            wide = isinstance(inner, AllCpus | AnyCpu)
            return framed("not (", _cpus(inner), ")") if wide else framed("not ", _cpus(inner))
        case AllCpus(_, parts):
            return _chained((_in_all(_cpus(part), part) for part in parts), " and ")
        case AnyCpu(_, parts):
            return listed(_cpus(part) for part in parts)
        case _:
            assert_never(test)


def _in_all(cell: Cell, part: VariantTest | CpuTest) -> Cell:
    return framed("(", cell, ")") if isinstance(part, AnyVariant | AnyCpu) else cell


def _chained(cells: Iterable[Cell], between: str) -> Cell:
    first, *rest = cells
    for cell in rest:
        first = joined(first, cell, between)
    return first
