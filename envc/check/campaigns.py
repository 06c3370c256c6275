"""A campaign: which apps at which sites."""

from typing import NamedTuple

from envc import spec, vocabulary
from envc.campaigns import Part
from envc.check.reading import check_listed_once, read_emits, recipes_in
from envc.check.recipe import of_kind
from envc.check.requests import Requests
from envc.check.scope import Scope
from envc.cpu import findings, lattice
from envc.diagnostics import rules
from envc.facts.words import listed
from envc.spec import Variant
from envc.syntax import nodes
from envc.syntax.words import Word


def campaign(scope: Scope, written: nodes.Campaign) -> spec.Campaign:
    report, body = scope.report, written.body
    lines = of_kind(body, nodes.Setting)
    includes = of_kind(body, nodes.Include)
    variants = _variants_of_all(scope, includes)
    recipes = recipes_in(scope, variants)
    settings = recipes.settings.closed("a campaign", lines, vocabulary.CAMPAIGN)
    apps = Requests(report, _NoLibrary(), scope.apps, recipes.guards)
    return spec.Campaign(
        written.name.text,
        tuple(_include(scope, apps, each) for each in includes),
        _known_sites(scope, written),
        tuple(settings),
        tuple(recipes.guards.read(each.condition) for each in of_kind(body, nodes.Skip)),
        read_emits(report, of_kind(body, nodes.Emit)),
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


def _known_sites(scope: Scope, written: nodes.Campaign) -> tuple[str, ...]:
    words = _words(written, "sites")
    check_listed_once(scope.report, tuple(words))
    for word in words:
        if word.value not in scope.sites:
            scope.report.unknown(
                rules.UNKNOWN_REFERENCE, "there is no site", word, tuple(scope.sites)
            )
    return tuple(word.value for word in words if word.value in scope.sites)


def check_reach(scope: Scope, file: nodes.SpecFile, read: spec.Spec) -> None:
    """Something is left of every app of a campaign that some node of each of its sites can run.

    And every run that it names is one of some of its apps.
    """
    apps = {app.name: app for app in reversed(read.apps)}
    sites = {site.name: site for site in reversed(read.sites)}
    campaigns = {campaign.place: campaign for campaign in read.campaigns}
    for written in (item for item in file.items if isinstance(item, nodes.Campaign)):
        includes = of_kind(written.body, nodes.Include)
        campaign = campaigns[scope.place_of(written.name)]
        for include, want in zip(includes, campaign.includes, strict=True):
            app = apps.get(want.name)
            if app is not None:
                taken = _Taken(app, Part(want, campaign), include.request)
                _check_something_is_left(scope, taken)
                for word in _words(written, "sites"):
                    if word.value in sites:
                        _check_site(scope, taken, sites[word.value], word)
        names = [each.request.name.text for each in includes]
        _check_runs(scope, written, [apps[name] for name in names if name in apps])


class _Taken(NamedTuple):
    """By an `include`."""

    app: spec.App
    part: Part
    written: nodes.Request

    def targets(self, site: str) -> tuple[str, ...]:
        found = (
            target
            for chosen, target in self.part.of(self.app)
            if site in self.part.words("sites", chosen, target)
        )
        return tuple(dict.fromkeys(target for target in found if target is not None))


def _check_something_is_left(scope: Scope, taken: _Taken) -> None:
    app, part, written = taken
    if next(part.of(app), None) is not None or next(app.matrix({}), None) is None:
        return
    chosen = {**app.defaults(), **dict(part.include.choices)}
    for conflict in app.conflicts:
        if conflict.guard.on is None and conflict.guard.holds(chosen, None):
            scope.report.tell(
                rules.PACKAGE_CONFLICT,
                f"`{app.name}` cannot be had like this: {conflict.reason}",
                written.span,
                also=((conflict.place, "ruled out here"),),
                help="choose otherwise",
            )
            return
    scope.report.tell(
        rules.EMPTY_MATRIX,
        f"nothing is left to build of `{app.name}`",
        written.span,
        help="its choices, a condition, `targets` or a `skip` rule out each combination",
    )


def _check_runs(scope: Scope, written: nodes.Campaign, apps: list[spec.App]) -> None:
    known = tuple(run.name for app in apps for run in app.runs)
    words = _words(written, "runs")
    check_listed_once(scope.report, tuple(words))
    for word in words if apps else ():
        if word.value not in known:
            scope.report.unknown(rules.UNKNOWN_REFERENCE, "no app here has a run", word, known)


def _check_site(scope: Scope, taken: _Taken, site: spec.Site, word: Word) -> None:
    app, _, written = taken
    targets = taken.targets(site.name)
    cpus = [
        cpu
        for partition in site.partitions
        for fact in partition.settings
        if fact.key == "target" and isinstance(fact.value, tuple)
        for cpu in fact.value
    ]
    if not (cpus and targets):
        return
    if any(lattice.covers(each, cpu) for each in targets for cpu in cpus):
        return
    found = findings.node(cpus[0], targets)[0]
    scope.report.tell(
        found.rule,
        f"no target of `{app.name}` runs at site `{site.name}`",
        word.span,
        also=((scope.place_of(written.name), f"built for {listed(targets, 'and')}"),),
        notes=(f"its nodes are {listed(dict.fromkeys(cpus), 'and')}",),
        help=found.help,
    )


def _words(written: nodes.Campaign, key: str) -> list[Word]:
    return [
        word
        for line in of_kind(written.body, nodes.Setting)
        if line.key.text == key
        for item in line.items
        for word in item[:1]
    ]
