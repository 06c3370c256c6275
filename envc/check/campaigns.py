"""A campaign: which apps at which sites."""

from envc import spec, vocabulary
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
    """Every app of a campaign has a target that some node of each of its sites can run.

    And every run that it names is one of some of its apps.
    """
    apps = {app.name: app for app in reversed(read.apps)}
    sites = {site.name: site for site in reversed(read.sites)}
    for written in (item for item in file.items if isinstance(item, nodes.Campaign)):
        includes = [each.request.name for each in of_kind(written.body, nodes.Include)]
        for name in includes:
            app = apps.get(name.text)
            for word in _words(written, "sites") if app is not None and app.targets else ():
                site = sites.get(word.value)
                if site is not None and app is not None:
                    _check_site(scope, app, name, site, word)
        _check_runs(scope, written, [apps[each.text] for each in includes if each.text in apps])


def _check_runs(scope: Scope, written: nodes.Campaign, apps: list[spec.App]) -> None:
    known = tuple(run.name for app in apps for run in app.runs)
    words = _words(written, "runs")
    check_listed_once(scope.report, tuple(words))
    for word in words if apps else ():
        if word.value not in known:
            scope.report.unknown(rules.UNKNOWN_REFERENCE, "no app here has a run", word, known)


def _check_site(scope: Scope, app: spec.App, name: Word, site: spec.Site, word: Word) -> None:
    cpus = [
        cpu
        for partition in site.partitions
        for fact in partition.settings
        if fact.key == "target" and isinstance(fact.value, tuple)
        for cpu in fact.value
    ]
    if not cpus or any(lattice.covers(each, cpu) for each in app.targets for cpu in cpus):
        return
    found = findings.node(cpus[0], app.targets)[0]
    scope.report.tell(
        found.rule,
        f"no target of `{app.name}` runs at site `{site.name}`",
        word.span,
        also=((scope.place_of(name), f"built for {listed(app.targets, 'and')}"),),
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
