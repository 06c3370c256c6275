"""From how a spec is written to what it says: every name, value and condition checked.

`check_source` is pure but for what `use` and the library read through the two functions handed in.
"""

from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from envc.check import compilers, cycles
from envc.check.apps import app, check_toolchain_variants
from envc.check.campaigns import campaign, check_reach
from envc.check.imports import Finder, Imports
from envc.check.narrowing import settled
from envc.check.packages import package
from envc.check.report import Report
from envc.check.scope import Scope, gather
from envc.check.signatures import Library
from envc.check.sites import site
from envc.check.toolchains import toolchain
from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic
from envc.reading import Read
from envc.source import Source, Span
from envc.spec import App, Campaign, Package, Site, Spec, Toolchain
from envc.syntax import nodes
from envc.syntax.parser import parse

LANGUAGE_VERSION = "1"

Thing = TypeVar("Thing")


class Checked(NamedTuple):
    """What a file says, as far as it could be understood, and all that is wrong with it."""

    file: nodes.SpecFile
    spec: Spec
    diagnostics: tuple[Diagnostic, ...]

    @property
    def is_good(self) -> bool:
        return not any(each.rule.severity == "error" for each in self.diagnostics)


def check_path(path: str) -> Checked | tuple[Diagnostic, ...]:
    """Checks a file on disk; only diagnostics where it cannot be read."""
    from envc.reading import read

    found = read(path)
    if found.source is None:
        return found.diagnostics
    checked = check_source(found.source)
    return checked._replace(diagnostics=(*found.diagnostics, *checked.diagnostics))


def check_source(
    source: Source, library: Library | None = None, find: Finder | None = None
) -> Checked:
    """Checks a text, with envc's own library and the folder of its name where none are given."""
    from envc import library as shelves

    parsed = parse(source)
    checked = check_file(parsed.file, library or shelves.standard(), find or shelves.Beside())
    return checked._replace(diagnostics=_sorted([*parsed.diagnostics, *checked.diagnostics]))


def check_file(file: nodes.SpecFile, library: Library, find: Finder) -> Checked:
    """Checks what has been parsed already."""
    found: list[Diagnostic] = []

    def check_import(read: Read, imports: Imports) -> Spec | None:
        found.extend(read.diagnostics)
        if read.source is None:
            return None
        parsed = parse(read.source)
        found.extend(parsed.diagnostics)
        spec, diagnostics = _check(parsed.file, library, imports)
        found.extend(diagnostics)
        return spec

    own = (file.source.name, file.source.name, None)
    spec, diagnostics = _check(file, library, Imports(find, check_import, {}, [own]))
    return Checked(file, settled(spec, file.source), _sorted([*diagnostics, *found]))


def _check(
    file: nodes.SpecFile, library: Library, imports: Imports
) -> tuple[Spec, list[Diagnostic]]:
    report = Report(file.source)
    _check_header(report, file)
    taken = imports.take(report, [item for item in file.items if isinstance(item, nodes.Use)])
    scope = Scope(report, library, taken)
    gather(scope, file)
    spec = _with_imports(_read(scope, file), taken)
    _check_apps(scope, file, spec)
    check_reach(scope, file, spec)
    cycles.check(report, spec.packages)
    _check_unused(scope, file)
    return spec, report.diagnostics


def _check_header(report: Report, file: nodes.SpecFile) -> None:
    headers = [item for item in file.items if isinstance(item, nodes.Header)]
    if not headers or file.items[0] is not headers[0]:
        start = headers[0].span if headers else Span(0, 0)
        report.tell(
            rules.NO_HEADER,
            "the first line does not say which version of the language this is",
            start,
            help=f"begin the file with `envc {LANGUAGE_VERSION}`",
            replace=None if headers else f"envc {LANGUAGE_VERSION}\n\n",
        )
    for again in headers[1:]:
        report.tell(
            rules.SET_TWICE,
            "the version of the language is said twice",
            again.span,
            also=((report.place(headers[0].span), "first said here"),),
            help="remove this line",
        )
    if headers and headers[0].version.text not in (LANGUAGE_VERSION, ""):
        report.tell(
            rules.OTHER_LANGUAGE_VERSION,
            f"this file is written in version {headers[0].version.text} of the language",
            headers[0].version.span,
            notes=(f"this envc reads version {LANGUAGE_VERSION}",),
            help="use the envc that it was written for",
        )


def _read(scope: Scope, file: nodes.SpecFile) -> Spec:
    apps: list[App] = []
    packages: list[Package] = []
    chains: list[Toolchain] = []
    sites: list[Site] = []
    campaigns: list[Campaign] = []
    for item in file.items:
        match item:
            case nodes.App():
                apps.append(app(scope, item))
            case nodes.Package():
                packages.append(package(scope, item))
            case nodes.Toolchain():
                chains.append(toolchain(scope, item))
            case nodes.Site():
                sites.append(site(scope, item))
            case nodes.Campaign():
                campaigns.append(campaign(scope, item))
            case nodes.Header() | nodes.Use() | nodes.TargetSet():
                pass
    own = {item.name.text for item in file.items if isinstance(item, nodes.TargetSet)}
    sets = tuple(each for name, each in scope.target_sets.items() if name in own)
    return Spec(tuple(apps), tuple(packages), tuple(chains), sets, tuple(sites), tuple(campaigns))


def _with_imports(spec: Spec, taken: tuple[Spec, ...]) -> Spec:
    """Its own things first, then those taken in; what two files take in together comes once."""

    everything = (spec, *taken)
    return Spec(
        _once(thing for one in everything for thing in one.apps),
        _once(thing for one in everything for thing in one.packages),
        _once(thing for one in everything for thing in one.toolchains),
        _once(thing for one in everything for thing in one.target_sets),
        _once(thing for one in everything for thing in one.sites),
        _once(thing for one in everything for thing in one.campaigns),
    )


def _once(things: Iterable[Thing]) -> tuple[Thing, ...]:
    """By identity: a file is checked once, so the same thing is the same value."""
    return tuple({id(thing): thing for thing in things}.values())


def _check_apps(scope: Scope, file: nodes.SpecFile, spec: Spec) -> None:
    chains = {chain.name: chain for chain in reversed(spec.toolchains)}
    written = [item for item in file.items if isinstance(item, nodes.App)]
    for read, node in zip(spec.apps, written, strict=False):
        compilers.check(scope, read, node, chains)
        check_toolchain_variants(scope, read, chains)


def _check_unused(scope: Scope, file: nodes.SpecFile) -> None:
    """Only where the file has apps: a file of toolchains or sets is there for others."""
    if not any(isinstance(item, nodes.App) for item in file.items):
        return
    for item in file.items:
        if isinstance(item, nodes.TargetSet | nodes.Toolchain) and item.name.text:
            what = "target set" if isinstance(item, nodes.TargetSet) else "toolchain"
            if item.name.text not in scope.used:
                scope.report.tell(
                    rules.UNUSED,
                    f"nothing asks for {what} `{item.name.text}`",
                    item.name.span,
                    help="remove it, or use it",
                )


def _sorted(diagnostics: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """By file, place and code: the same order on every run."""
    return tuple(
        sorted(
            diagnostics,
            key=lambda each: (
                each.place.source.name,
                each.place.span,
                each.rule.code,
                each.message,
            ),
        )
    )
