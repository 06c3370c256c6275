"""The names of a file and of what it takes in: who is called what, and declared where."""

from dataclasses import dataclass, field
from typing import TypeVar

from envc import spec
from envc.check.guards import target_named
from envc.check.report import Report
from envc.check.signatures import Library, Signature, signature, signature_of
from envc.cpu import lattice
from envc.diagnostics import rules
from envc.spec import Place
from envc.syntax import nodes
from envc.syntax.words import Word

Known = TypeVar("Known", Signature, Place)


@dataclass(slots=True)
class Scope:
    """Everything that a name in this file can mean."""

    report: Report
    library: Library
    imported: tuple[spec.Spec, ...] = ()
    packages: dict[str, Signature] = field(default_factory=dict)
    apps: dict[str, Signature] = field(default_factory=dict)
    target_sets: dict[str, spec.TargetSet] = field(default_factory=dict)
    toolchains: dict[str, Place] = field(default_factory=dict)
    sites: dict[str, Place] = field(default_factory=dict)
    campaigns: dict[str, Place] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    """Target sets and toolchains that something asked for."""

    def targets(self, words: tuple[Word, ...]) -> tuple[str, ...]:
        """Target names, with the sets among them opened, each once, in the order written."""
        found: dict[str, None] = {}
        for word in words:
            if (known := self.target_sets.get(word.value)) is not None:
                self.used.add(word.value)
                found.update(dict.fromkeys(known.members))
            elif (name := target_named(self.report, word)) is not None:
                found[name] = None
        return tuple(found)

    def find_package(self, name: str) -> Signature | None:
        return self.packages.get(name) or self.library.signature(name)

    def place_of(self, word: Word) -> Place:
        return self.report.place(word.span)


def gather(scope: Scope, file: nodes.SpecFile) -> None:
    """Enters the file's own names; a name that is taken is told with both places."""
    for taken in scope.imported:
        _enter_imported(scope, taken)
    for item in file.items:
        match item:
            case nodes.Package(_, name):
                _enter(scope, "package", name, scope.packages, signature(item, file.source))
            case nodes.App(_, name):
                _enter(scope, "app", name, scope.apps, signature(item, file.source))
            case nodes.TargetSet():
                _enter_target_set(scope, item)
            case nodes.Toolchain(_, name):
                _enter(scope, "toolchain", name, scope.toolchains, scope.place_of(name))
            case nodes.Site(_, name):
                _enter(scope, "site", name, scope.sites, scope.place_of(name))
            case nodes.Campaign(_, name):
                _enter(scope, "campaign", name, scope.campaigns, scope.place_of(name))
            case nodes.Header() | nodes.Use():
                pass


def _enter(scope: Scope, what: str, name: Word, known: dict[str, Known], value: Known) -> None:
    first = known.get(name.text)
    if not name.text:
        return
    if first is None:
        known[name.text] = value
    else:
        scope.report.twice(what, name.text, name.span, _place(first))


def _place(known: Signature | Place) -> Place:
    return known.place if isinstance(known, Signature) else known


def _enter_target_set(scope: Scope, item: nodes.TargetSet) -> None:
    name = item.name.text
    if not name:
        return
    if (first := scope.target_sets.get(name)) is not None:
        scope.report.twice("target set", name, item.name.span, first.place)
        return
    from envc.check.reading import check_listed_once

    _check_not_a_target(scope, item.name)
    check_listed_once(scope.report, item.members)
    members = scope.targets(item.members)
    scope.target_sets[name] = spec.TargetSet(name, members, scope.place_of(item.name))


def _check_not_a_target(scope: Scope, name: Word) -> None:
    if lattice.resolve(name.text) is not None:
        scope.report.tell(
            rules.NAME_TAKEN,
            f"`{name.text}` is the name of a CPU target already",
            name.span,
            help="give the set a name of its own",
        )


def _enter_imported(scope: Scope, taken: spec.Spec) -> None:
    for app in taken.apps:
        scope.apps.setdefault(app.name, signature_of(app))
    for package in taken.packages:
        scope.packages.setdefault(package.name, signature_of(package))
    for chain in taken.toolchains:
        scope.toolchains.setdefault(chain.name, chain.place)
    for site in taken.sites:
        scope.sites.setdefault(site.name, site.place)
    for campaign in taken.campaigns:
        scope.campaigns.setdefault(campaign.name, campaign.place)
    for each in taken.target_sets:
        scope.target_sets.setdefault(each.name, each)
