"""Which origins an app is locked for, and which release of Debian has all that it needs."""

from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from envc.check.signatures import Library
from envc.diagnostics.model import Diagnostic
from envc.lock.asked import builds, formats, label
from envc.resolve import told
from envc.resolve.settle import NOTHING, Build, Missing, Settled, settle
from envc.spec import App, Spec

SUITES = ("trixie", "bookworm")
"""The releases of Debian that are tried, the current one first; others only where asked for."""
GUIX = "guix"
RELEASES = {"11": "bullseye", "12": "bookworm", "13": "trixie", "14": "forky"}


TRIES = 256
"""Of versions that are taken instead of others. Who needs more has contradicting wishes."""

Objects = Callable[[Settled], Collection[str]]
"""Names the components of which another version has to be taken; none where all go together."""


class Choice(NamedTuple):
    """An app for one origin, every choice and target of it settled."""

    app: App
    origin: str
    settled: tuple[Settled, ...]


class Chosen(NamedTuple):
    choices: tuple[Choice, ...]
    diagnostics: tuple[Diagnostic, ...]
    notes: tuple[str, ...]
    """What a reader of the output should know: which release was not taken, and why."""


@dataclass(frozen=True, slots=True)
class Chooser:
    """What choosing an origin for an app takes into account."""

    spec: Spec
    library: Library
    before: Sequence[str]
    """The origins of the lock that stands: what was chosen once, stays."""
    objects: Objects
    clashes: Callable[[Settled], tuple[Diagnostic, ...]]
    """Why the newest versions do not go together."""


def choose(app: App, by: Chooser) -> Chosen:
    wanted, stated = formats(app)
    families = tuple(_families(app, wanted, by.before))
    found = [_try(app, by, origins) for _, origins in families]
    wrong = [each for each in found if each.diagnostics]
    if stated or len(wrong) == len(found):
        return _together(found)
    lenient = [
        f"{label(app)} is not locked for {family}: {each.diagnostics[0].message}"
        for (family, _), each in zip(families, found, strict=True)
        if each.diagnostics
    ]
    good = _together([each for each in found if not each.diagnostics])
    return good._replace(notes=(*good.notes, *lenient))


def _families(
    app: App, wanted: Sequence[str], before: Sequence[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What each form of image is made from, and the origins that are tried for it in turn."""
    if not {"dockerfile", "apptainer"}.isdisjoint(wanted):
        yield "Debian", tuple(_suites(app, before))
    if GUIX in wanted:
        yield "Guix", (GUIX,)


def _together(found: Sequence[Chosen]) -> Chosen:
    return Chosen(
        tuple(choice for each in found for choice in each.choices),
        tuple(dict.fromkeys(told for each in found for told in each.diagnostics)),
        tuple(note for each in found for note in each.notes),
    )


def _try(app: App, by: Chooser, origins: Sequence[str]) -> Chosen:
    """The first origin that has everything."""
    tried: dict[str, tuple[Missing, ...]] = {}
    for origin in origins:
        settled = tuple(
            _together_settled(Build(app, choices, target), by, origin)
            for choices, target in builds(app)
        )
        if errors := [told for each in settled for told in each.diagnostics]:
            return Chosen((), tuple(dict.fromkeys(errors)), ())
        missing = {each.name: each for one in settled for each in one.missing}
        if not missing:
            return Chosen((Choice(app, origin, settled),), (), tuple(_notes(app, origin, tried)))
        tried[origin] = tuple(missing[name] for name in sorted(missing))
    return Chosen((), told.nowhere(app, tried), ())


def _together_settled(build: Build, by: Chooser, origin: str) -> Settled:
    """With the newest versions that go together, as few as can be older than they might."""
    first = settle(build, by.spec, by.library, origin)
    waiting = deque([(first, NOTHING)])
    for _ in range(TRIES):
        if not waiting:
            break
        settled, without = waiting.popleft()
        wrong = by.objects(settled)
        if not wrong:
            return settled
        for component in settled.components:
            if component.name in wrong:
                older = without.get(component.name, frozenset()) | {component.supply.version}
                but = {**without, component.name: older}
                found = settle(build, by.spec, by.library, origin, but)
                if not found.missing:
                    waiting.append((found, but))
    return first._replace(diagnostics=(*first.diagnostics, *by.clashes(first)))


def _notes(app: App, origin: str, tried: dict[str, tuple[Missing, ...]]) -> Iterator[str]:
    for other, missing in tried.items():
        why = "; ".join(f"{each.name} {each.why}" for each in missing)
        yield f"{label(app)} is locked for {origin}, not {other}: {why}"


def _suites(app: App, before: Sequence[str]) -> Iterator[str]:
    named = {
        want.origin
        for want in app.wants
        if want.origin is not None and want.origin.startswith("debian/")
    }
    if named:
        yield from sorted(named)
        return
    if (base := base_release(app)) is not None:
        yield f"debian/{base}"
        return
    tried = [each for each in before if each.startswith("debian/")]
    yield from dict.fromkeys((*tried, *(f"debian/{suite}" for suite in SUITES)))


def base_release(app: App) -> str | None:
    """`base "debian:12-slim"` says which release it is."""
    for fact in app.facts:
        if fact.key == "base" and isinstance(fact.value, str):
            name, _, tag = fact.value.partition(":")
            release = tag.partition("@")[0].partition("-")[0].partition(".")[0]
            if name.rpartition("/")[2] == "debian" and release:
                return RELEASES.get(release, release)
    return None
