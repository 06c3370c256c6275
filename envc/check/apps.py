"""An app: what it is, what it is built for, and the jobs that run it."""

from collections.abc import Mapping

from envc import choices, spec, vocabulary
from envc.check.guards import Guards
from envc.check.reading import check_listed_once, read_emits, recipes_in, target_words
from envc.check.recipe import Recipes, declared_variants, of_kind
from envc.check.report import Report
from envc.check.scope import Scope
from envc.check.texts import inside
from envc.diagnostics import rules
from envc.facts import versions
from envc.facts.command import placeholders
from envc.facts.problem import Problem
from envc.spec import Variant
from envc.syntax import nodes


def app(scope: Scope, written: nodes.App) -> spec.App:
    report, body = scope.report, written.body
    variants = declared_variants(report, body)
    targets = _targets(scope, body)
    recipes = recipes_in(scope, variants, targets, body)
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
        emits=read_emits(report, of_kind(body, nodes.Emit)),
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
    words = target_words(body)
    _check_once(scope.report, "targets", of_kind(body, nodes.Targets))
    check_listed_once(scope.report, words)
    return scope.targets(words)


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
        only = text.strip(":")
        better = f"@{only}" if isinstance(versions.version(only), versions.Version) else None
        report.tell(
            rules.NOT_WHAT_IT_CLAIMS,
            f"an app has one version, and `{word.text}` is not one",
            word.span,
            help=f"write `{better}`" if better else "write it like `@1.4.0`",
            replace=better,
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


def _axis(scope: Scope, row: nodes.Setting, variants: Mapping[str, Variant]) -> spec.Setting | None:
    variant = variants.get(row.key.text)
    if variant is None:
        known = ("target", *variants)
        scope.report.unknown(rules.UNKNOWN_VARIANT, "a matrix has no axis", row.key, known)
        return None
    words = tuple(word for item in row.items for word in item)
    check_listed_once(scope.report, words)
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
        named = {*(line.key.value for line in run.settings), *(each.key for each in settings)}
        if named.isdisjoint({"command", "exec"}):
            report.tell(
                rules.FACT_MISSING,
                f"{what} starts nothing",
                run.name.span,
                help='add `command "…"`',
            )
        _check_after(report, run, names)
        _check_index(report, run)
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


def _check_index(report: Report, run: nodes.Run) -> None:
    """`{index}` counts through an array; without one there is nothing to count."""
    if any(line.key.text == "array" for line in run.settings):
        return
    commands = [
        word
        for line in run.settings
        if line.key.text == "command"
        for item in line.items
        for word in item
    ]
    for word in commands:
        for hole in placeholders(word.value):
            if hole.name == "index":
                report.tell(
                    rules.UNKNOWN_PLACEHOLDER,
                    f"run `{run.name.text}` has no `array`, so `{{index}}` is no number",
                    inside(word, hole),
                    help="add an `array`, such as `array 1..10`",
                )
