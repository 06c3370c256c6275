"""A package: its versions, and under which names each provider has it."""

from envc import spec, vocabulary
from envc.check.reading import recipes_in
from envc.check.recipe import Recipes, declared_variants, of_kind
from envc.check.report import Report
from envc.check.scope import Scope
from envc.check.settings import known_word
from envc.diagnostics import rules
from envc.syntax import nodes


def package(scope: Scope, written: nodes.Package) -> spec.Package:
    report, body = scope.report, written.body
    variants = declared_variants(report, body)
    recipes = recipes_in(scope, variants, (), body)
    shared = recipes.read(body, variants)
    read = spec.Package(
        name=written.name.text,
        place=report.place(written.name.span),
        **shared,
        versions=tuple(_versions(report, of_kind(body, nodes.Versions))),
        providers=tuple(_providers(recipes, of_kind(body, nodes.Provider))),
    )
    if not read.providers and not read.sources:
        report.tell(
            rules.FACT_MISSING,
            f"nothing supplies `{read.name}`",
            written.name.span,
            help="add a `provider debian { … }`, a `provider guix { … }` or a `source`",
        )
    return read


def _versions(report: Report, written: list[nodes.Versions]) -> list[spec.Version]:
    read: dict[tuple[str, str], spec.Version] = {}
    for each in written:
        origin = each.origin.text if each.origin is not None else ""
        if origin and origin.partition("/")[0] not in vocabulary.ORIGINS and each.origin:
            report.unknown(
                rules.UNKNOWN_ORIGIN, "there is no provider", each.origin, tuple(vocabulary.ORIGINS)
            )
        for number in each.numbers:
            place = report.place(number.span)
            first = read.setdefault((number.text, origin), spec.Version(number.text, origin, place))
            if first.place != place:
                report.tell(
                    rules.SET_TWICE,
                    f"version {number.text} is listed twice",
                    number.span,
                    also=((first.place, "first listed here"),),
                    help="remove one of them",
                )
    return list(read.values())


def _providers(recipes: Recipes, written: list[nodes.Provider]) -> list[spec.Provider]:
    report = recipes.report
    read: dict[str, spec.Provider] = {}
    for each in written:
        name = each.name.text
        if name.partition("/")[0] not in vocabulary.ORIGINS:
            report.unknown(
                rules.UNKNOWN_ORIGIN, "there is no provider", each.name, tuple(vocabulary.ORIGINS)
            )
        wants = []
        for need in each.needs:
            what = "there is no role"
            roles = (known_word(report, what, word, vocabulary.ROLES) for word in need.roles)
            told = tuple(role for role in roles if role is not None)
            wants.append(recipes.requests.bare(need.request, need.condition, told))
        provider = spec.Provider(name, tuple(wants), report.place(each.name.span))
        if name in read:
            report.twice("provider", name, each.name.span, read[name].place)
        read.setdefault(name, provider)
    return list(read.values())
