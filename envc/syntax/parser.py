"""Text into nodes: `parse(source)` always gives a file, with a diagnostic for each mistake."""

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeVar

from envc import vocabulary
from envc.diagnostics.model import Diagnostic
from envc.source import Source, Span
from envc.syntax import lexer, nodes, tables
from envc.syntax.automaton import Automaton, Builder
from envc.syntax.mistakes import Mistakes
from envc.syntax.recovery import Recovery
from envc.syntax.several import several
from envc.syntax.words import Comment, Kind, Word

Found = TypeVar("Found")
Children = list[Any]


class Parsed(NamedTuple):
    file: nodes.SpecFile
    diagnostics: list[Diagnostic]


def parse(source: Source) -> Parsed:
    comments: list[Comment] = []
    words = list(lexer.words(source.text, comments))
    automaton = Automaton(tables.load(), BUILDERS)
    told = Mistakes(source, automaton, words)
    recovery = Recovery(told)
    place = 0
    while place < len(words):
        word = words[place]
        if automaton.feed(word) and not automaton.too_deep:
            place += 1
        else:
            place = recovery.at(place)
    file = nodes.SpecFile(source, automaton.result(), tuple(comments), broken=told.broke)
    return Parsed(file, told.diagnostics)


# ---- from a rule's children to its node ----------------------------------------------------------


def _first(children: Children, kind: type[Found]) -> Found | None:
    return next((child for child in children if isinstance(child, kind)), None)


def _all(children: Children, kind: type[Found]) -> tuple[Found, ...]:
    return tuple(child for child in children if isinstance(child, kind))


def _string(children: Children) -> Word | None:
    return next((w for w in _all(children, Word) if w.kind is Kind.STRING), None)


def _items(words: Children) -> nodes.Items:
    items: list[tuple[Word, ...]] = []
    current: list[Word] = []
    for word in words:
        if word.kind is Kind.COMMA:
            items.append(tuple(current))
            current = []
        elif word.kind is not Kind.NEWLINE:
            current.append(word)
    items.append(tuple(current))
    return tuple(items)


def _split_condition(children: Children) -> tuple[Children, nodes.Condition | None]:
    last = children[-1] if children else None
    return (children[:-1], last) if isinstance(last, nodes.Condition) else (children, None)


def _setting(children: Children, span: Span) -> nodes.Setting:
    said, condition = _split_condition(children)
    return nodes.Setting(span, said[0], _items(said[1:]), condition)


def _facts(children: Children, keys: vocabulary.Keys) -> tuple[nodes.Setting, ...]:
    return tuple(fact for line in _all(children, nodes.Setting) for fact in several(line, keys))


def _fact(children: Children, span: Span) -> nodes.Fact:
    said, condition = _split_condition(children)
    return nodes.Fact(span, said[0], _items(said[1:]), condition)


class _PackageRef(NamedTuple):
    name: Word
    versions: Word | None


class _Default(NamedTuple):
    choice: Word


class _Roles(NamedTuple):
    names: tuple[Word, ...]


class _Origin(NamedTuple):
    name: Word


def _second(children: Children) -> Word | None:
    return children[1] if len(children) > 1 else None


def _source(children: Children, span: Span) -> nodes.CodeSource:
    place = children[1]
    attributes = _all(children[2:], nodes.Attribute)
    # A block's `}` ends the statement after its last attribute does.
    block = bool(attributes) and span.end > attributes[-1].span.end
    if isinstance(place, _PackageRef):
        return nodes.CodeSource(span, children[0], place.name, place.versions, attributes, block)
    return nodes.CodeSource(span, children[0], place, None, attributes, block)


def _attribute(children: Children, span: Span) -> nodes.Attribute:
    key = children[0] if len(children) == 2 else None
    return nodes.Attribute(span, key, children[-1])


def _variant(children: Children, span: Span) -> nodes.Variant:
    choices = next((tuple(c) for c in children if type(c) is tuple), ())
    default = _first(children, _Default)
    return nodes.Variant(
        span, children[0], choices, default.choice if default else None, _string(children[1:])
    )


def _need(children: Children, span: Span) -> nodes.Need:
    roles, origin = _first(children, _Roles), _first(children, _Origin)
    return nodes.Need(
        span,
        children[0],
        roles.names if roles else (),
        origin.name if origin else None,
        _first(children, nodes.Condition),
    )


def _needs(children: Children, span: Span) -> nodes.Needs:
    block = not any(isinstance(child, nodes.Request) for child in children)
    needs = tuple(
        nodes.Need(child.span, child, (), None, None) if isinstance(child, nodes.Request) else child
        for child in children
        if isinstance(child, nodes.Request | nodes.Need)
    )
    return nodes.Needs(span, needs, block)


def _request(children: Children, span: Span) -> nodes.Request:
    versions = next((w for w in _all(children, Word) if w.kind is Kind.VERSIONS), None)
    return nodes.Request(span, children[0], versions, _all(children, nodes.Option))


def _check(children: Children, span: Span) -> nodes.Check:
    said, condition = _split_condition(children)
    return nodes.Check(span, said[0], _second(said), condition)


def _condition(children: Children, span: Span) -> nodes.Condition:
    when = next((c for c in children if isinstance(c, nodes.VariantTest)), None)
    on = next((c for c in children if isinstance(c, nodes.CpuTest)), None)
    return nodes.Condition(span, when, on)


def _cpu_range(children: Children, span: Span) -> nodes.CpuRange:
    if children[0].kind is Kind.DOTS:
        return nodes.CpuRange(span, None, children[1])
    return nodes.CpuRange(span, children[0], children[2] if len(children) > 2 else None)


def _names(children: Children) -> tuple[Word, ...]:
    return tuple(word for word in _all(children, Word) if word.kind is Kind.NAME)


def _variant_is(children: Children, span: Span) -> nodes.VariantIs:
    return nodes.VariantIs(span, children[0], _second(children))


BUILDERS: Mapping[str, Builder] = {
    "file": lambda c, _: tuple(c),
    "header": lambda c, s: nodes.Header(s, c[0]),
    "use": lambda c, s: nodes.Use(s, c[0]),
    "target_set": lambda c, s: nodes.TargetSet(s, c[0], _names(c[1:])),
    "toolchain": lambda c, s: nodes.Toolchain(s, c[0], tuple(c[1:])),
    "package": lambda c, s: nodes.Package(s, c[0], tuple(c[1:])),
    "app": lambda c, s: (
        nodes.App(s, c[0], c[1], tuple(c[2:]))
        if len(c) > 1 and isinstance(c[1], Word)
        else nodes.App(s, c[0], None, tuple(c[1:]))
    ),
    "site": lambda c, s: nodes.Site(s, c[0], tuple(c[1:])),
    "campaign": lambda c, s: nodes.Campaign(s, c[0], tuple(c[1:])),
    "fact": _fact,
    "source": _source,
    "package_ref": lambda c, _: _PackageRef(c[0], _second(c)),
    "attribute": _attribute,
    "patch": lambda c, s: nodes.Patch(
        s, c[0], _all(c, nodes.Attribute), _first(c, nodes.Condition)
    ),
    "variant": _variant,
    "choices": lambda c, _: tuple(c),
    "default": lambda c, _: _Default(c[0]),
    "conflict": lambda c, s: nodes.Conflict(s, c[0], c[1]),
    "needs": _needs,
    "need": _need,
    "request": _request,
    "on": lambda c, s: nodes.Option(s, "+", c[0], None),
    "off": lambda c, s: nodes.Option(s, "~", c[0], None),
    "set": lambda c, s: nodes.Option(s, "=", c[0], c[1]),
    "roles": lambda c, _: _Roles(_names(c)),
    "origin": lambda c, _: _Origin(c[0]),
    "using": lambda c, s: nodes.Using(s, c[0], _first(c, nodes.Condition)),
    "targets": lambda c, s: nodes.Targets(s, _names(c)),
    "build": lambda c, s: nodes.Build(s, c[0], _first(c, nodes.Condition), _all(c, nodes.Setting)),
    "flags": lambda c, s: nodes.Flags(s, _all(c, nodes.Setting)),
    "environment": lambda c, s: nodes.Environment(s, _all(c, nodes.Setting)),
    "matrix": lambda c, s: nodes.Matrix(s, tuple(c)),
    "skip": lambda c, s: nodes.Skip(s, c[0]),
    "check": _check,
    "run": lambda c, s: nodes.Run(s, c[0], _all(c, nodes.Setting)),
    "emit": lambda c, s: nodes.Emit(s, _names(c)),
    "versions": lambda c, s: nodes.Versions(
        s,
        tuple(w for w in _all(c, Word) if w.kind is Kind.NUMBER),
        c[-1].name if isinstance(c[-1], _Origin) else None,
    ),
    "provider": lambda c, s: nodes.Provider(s, c[0], _all(c, nodes.Need)),
    "toolchain_part": lambda c, s: nodes.ToolchainPart(
        s, _names(c), next(x for x in c if isinstance(x, nodes.Request)), _first(c, nodes.Condition)
    ),
    "scheduler": lambda c, s: nodes.Scheduler(s, c[0], _facts(c, vocabulary.SCHEDULER)),
    "partition": lambda c, s: nodes.Partition(s, c[0], _facts(c, vocabulary.PARTITION)),
    "host": lambda c, s: nodes.Host(s, c[0], _second(c)),
    "include": lambda c, s: nodes.Include(s, c[0], _first(c, nodes.Condition)),
    "setting": _setting,
    "condition": _condition,
    "any_variant": lambda c, s: nodes.AnyVariant(s, tuple(c)),
    "all_variants": lambda c, s: nodes.AllVariants(s, tuple(c)),
    "variant_is": _variant_is,
    "variant_is_not": lambda c, s: nodes.VariantIs(s, c[0], c[1], denied=True),
    "not_variant": lambda c, s: nodes.NotVariant(s, c[0]),
    "any_cpu": lambda c, s: nodes.AnyCpu(s, tuple(x for x in c if not isinstance(x, Word))),
    "all_cpus": lambda c, s: nodes.AllCpus(s, tuple(c)),
    "cpu": lambda c, s: nodes.Cpu(s, c[0]),
    "cpu_range": _cpu_range,
    "cpu_has": lambda c, s: nodes.CpuHas(s, c[0]),
    "cpu_vendor": lambda c, s: nodes.CpuVendor(s, c[0]),
    "cpu_family": lambda c, s: nodes.CpuFamily(s, c[0]),
    "not_cpu": lambda c, s: nodes.NotCpu(s, c[0]),
}
