"""The things that stand at the top of a file, each read into its value."""

from collections.abc import Mapping

from envc import choices, spec, vocabulary
from envc.check.guards import Guards
from envc.check.recipe import Recipes, declared_variants, of_kind
from envc.check.report import Report
from envc.check.requests import Requests
from envc.check.scope import Scope
from envc.check.settings import Settings, known_word
from envc.check.values import Values
from envc.diagnostics import rules
from envc.facts import versions
from envc.facts.problem import Problem
from envc.spec import Variant
from envc.syntax import nodes
from envc.syntax.nodes import Word

Variants = Mapping[str, Variant] | None


def _recipes(scope: Scope, variants: Variants, targets: tuple[str, ...]) -> Recipes:
    guards = Guards(scope.report, variants, targets)
    values = Values(scope.report, scope.targets)
    settings = Settings(scope.report, guards, values)
    requests = Requests(scope.report, scope.library, scope.packages, guards)
    return Recipes(scope.report, guards, settings, requests, values)


# ---- app -----------------------------------------------------------------------------------------


def app(scope: Scope, written: nodes.App) -> spec.App:
    report, body = scope.report, written.body
    variants = declared_variants(report, body)
    targets = _targets(scope, body)
    recipes = _recipes(scope, variants, targets)
    shared = recipes.read(body, variants)
    _need_facts(report, written)
    axes, skips = _matrix(scope, recipes, of_kind(body, nodes.Matrix), variants)
    read = spec.App(
        name=written.name.text,
        place=report.place(written.name.span),
        **shared,
        version=_app_version(report, written),
        toolchains=tuple(_toolchains(scope, recipes.guards, of_kind(body, nodes.Using))),
        targets=targets,
        axes=axes,
        skips=skips,
        runs=tuple(_runs(recipes, of_kind(body, nodes.Run))),
        emits=_emits(report, of_kind(body, nodes.Emit)),
    )
    if axes and next(iter(read.combinations()), None) is None:
        report.tell(
            rules.EMPTY_MATRIX,
            f"nothing is left to build of `{read.name}`",
            of_kind(body, nodes.Matrix)[0].span,
            help="a `skip` or a `conflict` rules out each combination",
        )
    return read


def _targets(scope: Scope, body: tuple[nodes.Statement, ...]) -> tuple[str, ...]:
    """From `targets …` or from the matrix's `target` axis."""
    stated = of_kind(body, nodes.Targets)
    words = tuple(word for each in stated for word in each.names)
    _check_once(scope.report, "targets", stated)
    for matrix in of_kind(body, nodes.Matrix):
        for row in matrix.rows:
            if isinstance(row, nodes.Setting) and row.key.text == "target":
                words += tuple(word for item in row.items for word in item)
    _check_listed_once(scope.report, words)
    return scope.targets(words)


def _check_listed_once(report: Report, words: tuple[Word, ...]) -> None:
    seen: dict[str, Word] = {}
    for word in words:
        first = seen.setdefault(word.text, word)
        if first is not word and word.text:
            report.tell(
                rules.SET_TWICE,
                f"`{word.text}` is listed twice",
                word.span,
                also=((report.place(first.span), "first listed here"),),
                help="remove one of them",
            )


def _check_once(report: Report, what: str, written: list[nodes.Targets]) -> None:
    for again in written[1:]:
        report.tell(
            rules.SET_TWICE,
            f"`{what}` stands here twice",
            again.span,
            also=((report.place(written[0].span), "first here"),),
            help="join them in one line",
        )


def _need_facts(report: Report, written: nodes.App) -> None:
    """An app that builds something says from what; a bare environment needs no source."""
    builds = of_kind(written.body, nodes.Build)
    if builds and not of_kind(written.body, nodes.CodeSource):
        report.tell(
            rules.FACT_MISSING,
            f"`{written.name.text}` is built from nothing",
            builds[0].span,
            help='add a `source`, such as `source dir "."`',
        )


def _app_version(report: Report, written: nodes.App) -> str:
    word = written.versions
    if word is None:
        return ""
    text = word.text.removeprefix("@").removeprefix("=")
    read = versions.read_range(text)
    if isinstance(read, Problem) or ":" in text:
        report.tell(
            rules.NOT_WHAT_IT_CLAIMS,
            f"an app has one version, and `{word.text}` is not one",
            word.span,
            help="write it as `@1.4.0`",
        )
    return text


def _toolchains(
    scope: Scope, guards: Guards, written: list[nodes.Using]
) -> list[tuple[str, spec.Guard, spec.Place]]:
    read: list[tuple[str, spec.Guard, spec.Place]] = []
    for using in written:
        name = using.toolchain
        if name.text in scope.toolchains:
            scope.used.add(name.text)
            read.append((name.text, guards.read(using.condition), scope.place_of(name)))
        else:
            scope.report.unknown(
                rules.UNKNOWN_TOOLCHAIN, "there is no toolchain", name, tuple(scope.toolchains)
            )
    return read


def check_toolchain_variants(
    scope: Scope, app: spec.App, chains: Mapping[str, spec.Toolchain]
) -> None:
    """A toolchain may ask about the variants of the app that uses it; the app has to have them."""
    for name, _, place in app.toolchains:
        chain = chains.get(name)
        for tool in chain.tools if chain is not None else ():
            when = tool.want.guard.when
            asked = choices.variants(when) if when is not None else frozenset()
            for missing in sorted(asked - set(app.options())):
                scope.report.tell(
                    rules.UNKNOWN_VARIANT,
                    f"`{app.name}` has no variant `{missing}`, which toolchain `{name}` asks about",
                    place.span,
                    also=((tool.want.place, "asked here"),),
                    help=f"declare `variant {missing}`, or use another toolchain",
                )


def _matrix(
    scope: Scope, recipes: Recipes, written: list[nodes.Matrix], variants: Mapping[str, Variant]
) -> tuple[tuple[spec.Setting, ...], tuple[spec.Guard, ...]]:
    axes: dict[str, spec.Setting] = {}
    skips: list[spec.Guard] = []
    for matrix in written:
        for row in matrix.rows:
            if isinstance(row, nodes.Skip):
                skips.append(recipes.guards.read(row.condition))
            elif row.key.text != "target" and (axis := _axis(scope, row, variants)) is not None:
                if axis.key in axes:
                    scope.report.twice("axis", axis.key, row.key.span, axes[axis.key].place)
                axes.setdefault(axis.key, axis)
    return tuple(axes.values()), tuple(skips)


def _axis(
    scope: Scope, row: nodes.Setting, variants: Mapping[str, Variant]
) -> spec.Setting | None:
    variant = variants.get(row.key.text)
    if variant is None:
        known = ("target", *variants)
        scope.report.unknown(rules.UNKNOWN_VARIANT, "a matrix has no axis", row.key, known)
        return None
    words = tuple(word for item in row.items for word in item)
    _check_listed_once(scope.report, words)
    for word in words:
        if word.text not in variant.choices:
            what = f"variant `{variant.name}` has no choice"
            scope.report.unknown(rules.UNKNOWN_CHOICE, what, word, variant.choices)
    chosen = tuple(dict.fromkeys(w.text for w in words if w.text in variant.choices))
    return spec.Setting(variant.name, chosen, spec.ALWAYS, scope.report.place(row.key.span))


def _runs(recipes: Recipes, written: list[nodes.Run]) -> list[spec.Run]:
    report = recipes.report
    seen: dict[str, spec.Place] = {}
    names = tuple(run.name.text for run in written)
    read: list[spec.Run] = []
    for run in written:
        place = report.place(run.name.span)
        if run.name.text and seen.setdefault(run.name.text, place) is not place:
            report.twice("run", run.name.text, run.name.span, seen[run.name.text])
        what = f"run `{run.name.text}`"
        settings = recipes.settings.closed(what, run.settings, vocabulary.RUN)
        if not any(line.key.value in ("command", "exec") for line in run.settings):
            report.tell(
                rules.FACT_MISSING,
                f"{what} starts nothing",
                run.name.span,
                help='add `command "…"`',
            )
        _check_after(report, run, names)
        read.append(spec.Run(run.name.text, tuple(settings), place))
    return read


def _check_after(report: Report, run: nodes.Run, names: tuple[str, ...]) -> None:
    for line in run.settings:
        if line.key.text != "after":
            continue
        for item in line.items:
            for word in item[:1]:
                others = tuple(name for name in names if name != run.name.text)
                if word.text not in others:
                    report.unknown(rules.UNKNOWN_REFERENCE, "no other run is", word, others)


def _emits(report: Report, written: list[nodes.Emit]) -> tuple[str, ...]:
    words = tuple(word for each in written for word in each.names)
    _check_listed_once(report, words)
    what = "nothing is compiled to"
    named = (known_word(report, what, word, vocabulary.EMITS) for word in words)
    return tuple(name for name in named if name is not None)


# ---- package ---------------------------------------------------------------------------------------


def package(scope: Scope, written: nodes.Package) -> spec.Package:
    report, body = scope.report, written.body
    variants = declared_variants(report, body)
    recipes = _recipes(scope, variants, ())
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


# ---- toolchain -------------------------------------------------------------------------------------


def toolchain(scope: Scope, written: nodes.Toolchain) -> spec.Toolchain:
    recipes = _recipes(scope, None, ())
    tools: list[spec.Tool] = []
    for part in written.parts:
        languages = []
        for word in part.languages:
            what = "a toolchain has no"
            known = known_word(scope.report, what, word, vocabulary.LANGUAGES)
            if known is not None:
                languages.append(known)
        want = recipes.requests.read(part.request, part.condition)
        tools.append(spec.Tool(tuple(languages), want))
    _check_languages(scope.report, written, tools)
    return spec.Toolchain(written.name.text, tuple(tools), scope.place_of(written.name))


def _check_languages(report: Report, written: nodes.Toolchain, tools: list[spec.Tool]) -> None:
    seen: dict[tuple[str, spec.Guard], spec.Place] = {}
    for part, tool in zip(written.parts, tools, strict=True):
        for word, language in zip(part.languages, tool.languages, strict=False):
            place = report.place(word.span)
            first = seen.setdefault((language, tool.want.guard), place)
            if first != place:
                report.tell(
                    rules.SET_TWICE,
                    f"`{language}` is chosen twice",
                    word.span,
                    also=((first, "first chosen here"),),
                    help="remove one of them, or tell them apart with `when`",
                )


# ---- site ------------------------------------------------------------------------------------------


def site(scope: Scope, written: nodes.Site) -> spec.Site:
    report, body = scope.report, written.body
    recipes = _recipes(scope, {}, ())
    settings = recipes.settings
    schedulers = of_kind(body, nodes.Scheduler)
    what = f"site `{written.name.text}`"
    read = spec.Site(
        written.name.text,
        _scheduler(report, written, schedulers),
        tuple(
            fact
            for each in schedulers
            for fact in settings.closed("a scheduler", each.settings, vocabulary.SCHEDULER)
        ),
        tuple(_partitions(settings, of_kind(body, nodes.Partition))),
        tuple(_hosts(recipes, of_kind(body, nodes.Host))),
        tuple(settings.closed(what, of_kind(body, nodes.Setting), vocabulary.SITE)),
        scope.place_of(written.name),
    )
    _check_default_partition(report, body, read)
    return read


def _scheduler(report: Report, written: nodes.Site, schedulers: list[nodes.Scheduler]) -> str:
    if not schedulers:
        report.tell(
            rules.FACT_MISSING,
            f"site `{written.name.text}` has no scheduler",
            written.name.span,
            help="add one, such as `scheduler slurm`; a machine without one says `scheduler local`",
        )
        return "local"
    for again in schedulers[1:]:
        report.tell(
            rules.SET_TWICE,
            "a site has one scheduler",
            again.name.span,
            also=((report.place(schedulers[0].name.span), "the first one"),),
            help="describe the other as a site of its own",
        )
    what = "there is no scheduler"
    return known_word(report, what, schedulers[0].name, vocabulary.SCHEDULERS) or "local"


def _partitions(settings: Settings, written: list[nodes.Partition]) -> list[spec.Partition]:
    report = settings.report
    read: dict[str, spec.Partition] = {}
    for each in written:
        name = each.name.text
        what = f"partition `{name}`"
        facts = settings.closed(what, each.settings, vocabulary.PARTITION)
        if not any(line.key.text == "target" for line in each.settings):
            report.tell(
                rules.FACT_MISSING,
                f"{what} does not say which CPU it has",
                each.name.span,
                help="add `target`; `envc targets list` names them",
            )
        if name in read:
            report.twice("partition", name, each.name.span, read[name].place)
        place = report.place(each.name.span)
        read.setdefault(name, spec.Partition(name, tuple(facts), place))
    return list(read.values())


def _hosts(recipes: Recipes, written: list[nodes.Host]) -> list[tuple[spec.Want, str]]:
    return [
        (
            recipes.requests.read(each.request, None),
            each.place.value if each.place is not None else "",
        )
        for each in written
    ]


def _check_default_partition(
    report: Report, body: tuple[nodes.Statement, ...], read: spec.Site
) -> None:
    names = tuple(partition.name for partition in read.partitions)
    for setting in of_kind(body, nodes.Setting):
        if setting.key.text == "default" and setting.items[0]:
            word = setting.items[0][0]
            if word.value not in names:
                report.unknown(rules.UNKNOWN_REFERENCE, "there is no partition", word, names)


# ---- campaign --------------------------------------------------------------------------------------


def campaign(scope: Scope, written: nodes.Campaign) -> spec.Campaign:
    report, body = scope.report, written.body
    lines = of_kind(body, nodes.Setting)
    includes = of_kind(body, nodes.Include)
    variants = _variants_of_all(scope, includes)
    recipes = _recipes(scope, variants, ())
    settings = recipes.settings.closed("a campaign", lines, vocabulary.CAMPAIGN)
    apps = Requests(report, _NoLibrary(), scope.apps, recipes.guards)
    return spec.Campaign(
        written.name.text,
        tuple(_include(scope, apps, each) for each in includes),
        _known_sites(scope, lines),
        tuple(settings),
        tuple(recipes.guards.read(each.condition) for each in of_kind(body, nodes.Skip)),
        _emits(report, of_kind(body, nodes.Emit)),
        scope.place_of(written.name),
    )


class _NoLibrary:
    """A campaign includes apps, which only `use` brings into sight."""

    def names(self) -> tuple[str, ...]:
        return ()

    def signature(self, name: str) -> None:
        del name

    def package(self, name: str) -> None:
        del name


def _include(scope: Scope, apps: Requests, written: nodes.Include) -> spec.Want:
    name = written.request.name
    if name.text and name.text not in scope.apps:
        known = tuple(scope.apps)
        scope.report.unknown(
            rules.UNKNOWN_REFERENCE,
            "there is no app",
            name,
            known,
            notes=("an app of another file is taken in with `use`",),
        )
        return apps.bare(written.request, None, ())
    return apps.read(written.request, written.condition)


def _variants_of_all(scope: Scope, includes: list[nodes.Include]) -> dict[str, Variant]:
    """A campaign's conditions may ask about the variants of any of its apps."""
    variants: dict[str, Variant] = {}
    for each in includes:
        found = scope.apps.get(each.request.name.text)
        for name, variant in (found.variants if found is not None else {}).items():
            first = variants.setdefault(name, variant)
            if first is not variant:
                both = tuple(dict.fromkeys((*first.choices, *variant.choices)))
                variants[name] = Variant(name, both, first.default, first.about, first.place)
    return variants


def _known_sites(scope: Scope, lines: list[nodes.Setting]) -> tuple[str, ...]:
    words = [
        word
        for line in lines
        if line.key.text == "sites"
        for item in line.items
        for word in item[:1]
    ]
    _check_listed_once(scope.report, tuple(words))
    for word in words:
        if word.value not in scope.sites:
            scope.report.unknown(
                rules.UNKNOWN_REFERENCE, "there is no site", word, tuple(scope.sites)
            )
    return tuple(word.value for word in words if word.value in scope.sites)
