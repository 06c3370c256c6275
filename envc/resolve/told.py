"""What cannot be had, said with the lines of the spec that ask for it."""

from collections.abc import Iterable, Mapping, Sequence

from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Label
from envc.facts.words import listed
from envc.graph.merged import Request
from envc.lock.asked import label
from envc.resolve.settle import Missing
from envc.spec import App


def nowhere(app: App, tried: Mapping[str, Sequence[Missing]]) -> tuple[Diagnostic, ...]:
    """Why none of the origins that were tried has all that an app needs.

    What no origin has is told by itself; else what each of them lacks is told together.
    """
    by_origin = {origin: {each.name: each for each in lacks} for origin, lacks in tried.items()}
    first = next(iter(by_origin.values()))
    everywhere = [name for name in first if all(name in lacks for lacks in by_origin.values())]
    if everywhere:
        return tuple(_alone([lacks[name] for lacks in by_origin.values()]) for name in everywhere)
    return (_together(app, by_origin),)


def _alone(lacks: Sequence[Missing]) -> Diagnostic:
    asked = lacks[0].requests[0]
    return Diagnostic(
        rules.NO_SUPPLIER,
        f"`{_said(asked)}` {_all(each.why for each in lacks)}",
        (_label(asked),),
        help="ask for what one of them has, or take another provider with `emit` or `from`",
    )


def _together(app: App, tried: Mapping[str, Mapping[str, Missing]]) -> Diagnostic:
    lacks = [each for missing in tried.values() for each in missing.values()]
    places = {each.requests[0].want.place: each for each in lacks}
    names = [_called(origin) for origin in tried]
    return Diagnostic(
        rules.NO_SUPPLIER,
        f"neither {' nor '.join(names)} has all that {label(app)} needs"
        if len(names) == 2
        else f"none of {listed(names, 'and')} has all that {label(app)} needs",
        tuple(_label(each.requests[0]) for each in places.values()),
        notes=tuple(f"`{_said(each.requests[0])}` {each.why}" for each in lacks),
        help="ask for versions that one of them has together",
    )


def _label(asked: Request) -> Label:
    place = asked.want.place
    text = f"needed by `{asked.parent}`" if asked.parent else "asked for here"
    return Label(place.source, place.span, text)


def _said(asked: Request) -> str:
    want = asked.want
    return f"{want.name}@{want.versions}" if want.versions else want.name


def _called(origin: str) -> str:
    return origin.partition("/")[2] or origin.capitalize()


def _all(sentences: Iterable[str]) -> str:
    """`is not in trixie, which has 14.2.0; is not in bookworm, which has 12.2.0`."""
    return "; ".join(dict.fromkeys(sentences))
