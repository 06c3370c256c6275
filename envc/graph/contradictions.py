"""Needs of different packages that cannot be met by one: versions, variants and conflicts."""

from collections.abc import Iterator

from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Label
from envc.facts import versions
from envc.graph.expand import APP, Expanded
from envc.graph.merged import Merged, Request, version_range
from envc.spec import Package

HELP = "ask for the same in both, or make the conditions exclude each other"


def contradictions(found: Expanded, target: str | None) -> Iterator[Diagnostic]:
    for name, requests in found.requests.items():
        clashes = [*_versions(requests), *_choices(requests)]
        yield from clashes
        package = found.packages[name]
        if package is not None and not clashes:
            yield from _none_left(package, found.merged[name], requests)
            yield from _ruled_out(package, found.merged[name], requests, target)


def _versions(requests: tuple[Request, ...]) -> Iterator[Diagnostic]:
    for number, second in enumerate(requests):
        for first in requests[:number]:
            both = versions.intersect(version_range(first.want), version_range(second.want))
            if both.is_empty:
                asked = f"`@{first.want.versions}` and `@{second.want.versions}`"
                yield _clash(first, second, f"no version is in both {asked}")
                return


def _choices(requests: tuple[Request, ...]) -> Iterator[Diagnostic]:
    said: dict[str, tuple[str, Request]] = {}
    told: set[str] = set()
    for second in requests:
        for variant, choice in second.want.choices:
            before, first = said.setdefault(variant, (choice, second))
            if before != choice and variant not in told:
                told.add(variant)
                yield _clash(first, second, f"`{variant}` cannot be {before} and {choice}")


def _clash(first: Request, second: Request, why: str) -> Diagnostic:
    first, second = sorted((first, second), key=_distance, reverse=True)
    here, there = second.want.place, first.want.place
    return Diagnostic(
        rules.CONTRADICTING_NEEDS,
        f"`{second.want.name}` is needed in two ways that exclude each other: {why}",
        (
            Label(here.source, here.span, f"{_who(second)} needs it so"),
            Label(there.source, there.span, f"{_who(first)} needs it so"),
        ),
        help=HELP,
    )


def _distance(request: Request) -> tuple[bool, bool]:
    """What the app says itself is the easiest to mend."""
    return request.parent != APP, bool(request.toolchain)


def _who(request: Request) -> str:
    if request.toolchain:
        return f"toolchain `{request.toolchain}`"
    return "the app" if request.parent == APP else f"`{request.parent}`"


def _none_left(
    package: Package, merged: Merged, requests: tuple[Request, ...]
) -> Iterator[Diagnostic]:
    """Each range holds a version, but no version is in all of them."""
    asking: dict[str, Request] = {}
    for each in requests:
        if each.want.versions:
            asking.setdefault(each.want.versions, each)
    numbers = [versions.version(stated.number) for stated in package.versions]
    known = [each for each in numbers if isinstance(each, versions.Version)]
    if len(asking) < 2 or not known or versions.newest(merged.versions, known) is not None:
        return
    yield Diagnostic(
        rules.NO_SUCH_VERSION,
        f"no version of `{package.name}` fits all that need it",
        tuple(
            Label(each.want.place.source, each.want.place.span, f"{_who(each)} needs it so")
            for each in asking.values()
        ),
        (f"`{package.name}` is known as {', '.join(map(str, sorted(set(known))))}",),
        HELP,
    )


def _ruled_out(
    package: Package, merged: Merged, requests: tuple[Request, ...], target: str | None
) -> Iterator[Diagnostic]:
    chosen = merged.choices()
    choosing = [each for each in requests if each.want.choices] or list(requests)
    for conflict in package.conflicts:
        if conflict.guard.holds(chosen, target):
            yield Diagnostic(
                rules.PACKAGE_CONFLICT,
                f"`{package.name}` rules this out: {conflict.reason}",
                (
                    *(
                        Label(each.want.place.source, each.want.place.span, _who(each))
                        for each in choosing
                    ),
                    Label(conflict.place.source, conflict.place.span, "ruled out here"),
                ),
                help="choose other variants of it",
            )
