"""A report as text, for a terminal."""

from collections.abc import Iterator

from envc.diagnostics.screen import visible
from envc.verify.case import shown, where
from envc.verify.causes import BY_NAME
from envc.verify.difference import Detail, Difference
from envc.verify.report import ByEngine, Report, Verdict

_DETAILS = 3
"""Of a file whose cause is not known."""


def lines(report: Report) -> Iterator[str]:
    yield from map(visible, report.signed)
    for each in report.verdicts:
        yield from map(visible, _verdict(each))
    for made in report.engines:
        yield from map(visible, _by_engine(made))


def _verdict(verdict: Verdict) -> Iterator[str]:
    yield f"{name(verdict)}: {summary(verdict)}"
    for each in verdict.differences:
        yield from _difference(each)
    if verdict.count > len(verdict.differences):
        yield f"  and {verdict.count - len(verdict.differences)} more files"
    yield from _causes(verdict)
    for recorded in verdict.recorded:
        same = recorded.recorded == recorded.found
        said = "as recorded" if same else f"and {recorded.recorded} is recorded"
        yield f"  {recorded.kind} {recorded.found}, {said}"
    yield f"  varied: {', '.join(each.what for each in verdict.varied)}"
    yield from (f"  not varied: {each.what}, since {each.why}" for each in verdict.fixed)
    if verdict.diffoscope:
        yield f"  see {verdict.diffoscope}"


def _by_engine(made: ByEngine) -> Iterator[str]:
    said = "the same to the bit" if made.is_same else "which differ"
    by = f"{made.engine} {made.version}, {made.grade}"
    yield f"{name(made)} by {by}: {len(made.digests)} builds, {said}"
    if not made.is_same:
        yield from (f"  {each}" for each in made.digests)
    if set(made.trees) == {made.own}:
        yield f"  its files are those that envc makes: {made.own}"
    else:
        yield f"  its files are {' and '.join(dict.fromkeys(made.trees))}, envc's are {made.own}"


def name(verdict: Verdict | ByEngine) -> str:
    return " ".join((verdict.app, *verdict.choices, "for", verdict.target))


def summary(verdict: Verdict) -> str:
    builds = f"{len(verdict.layers)} builds"
    if verdict.is_same:
        return f"{builds}, the same to the bit"
    if verdict.count == 0:
        return f"{builds} differ, though no file does"
    files = "file differs" if verdict.count == 1 else "files differ"
    return f"{builds}, {verdict.count} {files}"


def _difference(difference: Difference) -> Iterator[str]:
    yield f"  {difference.path}"
    for because in difference.causes:
        yield f"    {because.cause}: {because.evidence}"
    if not difference.causes:
        for each in difference.details[:_DETAILS]:
            yield f"    {told(each)}"
        if difference.count > _DETAILS:
            yield f"    and {difference.count - _DETAILS} more places"


def told(detail: Detail) -> str:
    """One place that differs, in a line."""
    at = f" at byte {detail.offset}" if detail.offset is not None else ""
    one, other = (f"`{shown(each)}`" if each else "nothing" for each in (detail.one, detail.other))
    return f"{detail.what} of {where(detail)}{at}: {one} and {other}"


def _causes(verdict: Verdict) -> Iterator[str]:
    """Each once, with what to do about it."""
    named = dict.fromkeys(each.cause for file in verdict.differences for each in file.causes)
    for cause in named:
        yield f"  {cause}: {BY_NAME[cause].sentence}"
        yield f"    help: {BY_NAME[cause].fix}"
