"""A site: its scheduler, its partitions, what it has installed."""

from envc import spec, vocabulary
from envc.check.reading import recipes_in
from envc.check.recipe import Recipes, of_kind
from envc.check.report import Report
from envc.check.scope import Scope
from envc.check.settings import Settings, known_word
from envc.diagnostics import rules
from envc.syntax import nodes


def site(scope: Scope, written: nodes.Site) -> spec.Site:
    report, body = scope.report, written.body
    recipes = recipes_in(scope, {})
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
