"""Several targets of an app of which nothing is compiled: each image holds the same programs."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from envc.check.report import Report
from envc.check.signatures import Signature
from envc.cpu import lattice
from envc.diagnostics import rules
from envc.facts.words import listed
from envc.spec import App, Guard, Want
from envc.syntax.words import Word

_BY_INTERPRETERS = frozenset({"python"})
"""Systems that build without a compiler: for all others it is told that one is missing."""


def check(
    report: Report, app: App, words: Mapping[str, Word], packages: Mapping[str, Signature | None]
) -> None:
    """An app without a compiler; `words` say where each target comes in."""
    if not all(build.system in _BY_INTERPRETERS for build in app.builds) or not app.wants:
        return
    if any(_may_be_compiled(want, packages[want.name]) for want in app.wants):
        return
    if "guix" in app.emits or any(guard.on is not None for guard in _guards(app)):
        return
    for alike in _by_family(app.targets):
        _tell(report, app, alike, words[alike[1]])


def _may_be_compiled(want: Want, package: Signature | None) -> bool:
    """By envc, from its source, or by Guix, which tunes packages to a target."""
    if want.name.startswith("guix/") or (want.origin or "").startswith(("guix", "source")):
        return True
    return package is not None and "source" in package.providers


def _guards(app: App) -> Iterator[Guard]:
    """What an app may say of one CPU and not of another."""
    settings = (
        *(*app.facts, *app.flags, *app.environment),
        *(each for build in app.builds for each in build.settings),
        *(each for run in app.runs for each in run.settings),
    )
    yield from (each.guard for each in settings)
    yield from (each.guard for each in app.wants)
    yield from (each.guard for each in app.patches)
    yield from (each.guard for each in app.builds)
    yield from (each.guard for each in app.tests)
    yield from (each.guard for each in app.conflicts)
    yield from app.skips


def _by_family(targets: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Those between which only the flags of compilers differ."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for target in targets:
        found[lattice.family(target)].append(target)
    yield from (tuple(each) for each in found.values() if len(each) > 1)


def _tell(report: Report, app: App, alike: tuple[str, ...], word: Word) -> None:
    same = f"packages and wheels are the same for {listed(alike, 'and')}"
    report.tell(
        rules.NOTHING_COMPILED,
        f"nothing of `{app.name}` is compiled, so its targets make no difference",
        word.span,
        notes=(f"flags reach only what is compiled for the app: {same}",),
        help="keep the oldest CPU that they run on, or say what differs with `on`",
    )
