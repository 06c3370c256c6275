"""The exact options of a compiler for a target: what a lock keeps of them, and how it is found."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from envc.check.compilers import COMPILERS, LANGUAGES, languages_of
from envc.cpu import findings
from envc.cpu.findings import Finding
from envc.cpu.flags import Flags, Language
from envc.cpu.profile import Reproducibility, profile
from envc.lock.asked import label
from envc.lock.model import LockedTarget
from envc.resolve.settle import Component, Settled
from envc.spec import App, Place


class Refused(NamedTuple):
    """A compiler that has no code for a target, and where it was asked for."""

    finding: Finding
    place: Place


def targets(settled: Settled) -> Iterator[LockedTarget | Refused]:
    """For every compiler among the components, in every language that it is there for."""
    build = settled.build
    for component in settled.components:
        compiler = COMPILERS.get(component.name)
        if compiler is not None:
            for language in _languages(component):
                wanted = Wanted(
                    settled.origin, build.target, compiler, component.supply.version, language
                )
                found = target(build.app, wanted)
                if isinstance(found, LockedTarget):
                    yield found
                else:
                    yield Refused(found, component.requests[0].want.place)


def _languages(component: Component) -> Iterable[Language]:
    found = (
        each for asked in component.requests for each in languages_of(asked.want, asked.languages)
    )
    return dict.fromkeys(found)


class Wanted(NamedTuple):
    origin: str
    target: str
    compiler: str
    version: str
    language: Language


def again(app: App, locked: LockedTarget) -> LockedTarget | None:
    """What the lock would say of a target now; None where the compiler refuses it now."""
    for language in LANGUAGES:
        if language == locked.language:
            origin, compiler = locked.origin, locked.compiler
            wanted = Wanted(origin, locked.target, compiler, locked.version, language)
            found = target(app, wanted)
            return found if isinstance(found, LockedTarget) else None
    return None


def target(app: App, wanted: Wanted) -> LockedTarget | Finding:
    origin, name, compiler, version, language = wanted
    found, said = findings.codegen(name, compiler, version, language)
    if not isinstance(found, Flags):
        return said[0]
    how = _reproducibility(app)
    more = profile(name, compiler, language, reproducibility=how, among=app.targets)
    return LockedTarget(
        app=label(app),
        origin=origin,
        target=name,
        compiler=compiler,
        version=version,
        language=language,
        flags=found.words,
        codegen=more.codegen,
        link=more.link,
        pins=tuple(f"{name}={value}" for name, value in more.pins),
        stands_in=found.of if found.why else "",
    )


def _reproducibility(app: App) -> Reproducibility:
    stated = [fact.value for fact in app.facts if fact.key == "reproducibility"]
    return "numeric" if "numeric" in stated else "build"
