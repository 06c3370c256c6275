"""From a checked spec to its lock: a function of values, which looks at no machine and no clock."""

from collections.abc import Iterator

from envc.check.compilers import Compiler, Find, compilers_of, serves
from envc.cpu import lattice
from envc.cpu.flags import Flags, Language, flags
from envc.cpu.profile import Reproducibility, profile
from envc.lock.model import Lock, LockedTarget
from envc.spec import App, Spec


def make(spec: Spec, find: Find) -> Lock:
    """The order of declarations in the spec does not show in it."""
    chains = {chain.name: chain for chain in reversed(spec.toolchains)}
    locked = {
        each.key: each
        for app in spec.apps
        for compiler in compilers_of(app, chains, find)
        for each in _targets(app, compiler)
    }
    targets = tuple(locked[key] for key in sorted(locked))
    return Lock(lattice.data_version(), lattice.data_digest(), targets=targets)


def _targets(app: App, compiler: Compiler) -> Iterator[LockedTarget]:
    for target in app.targets:
        if serves(compiler, target):
            for language in compiler.languages:
                found = flags(target, compiler.name, compiler.version, language)
                if isinstance(found, Flags):  # a refusal is E0213, and nothing is locked then
                    yield _target(app, compiler, target, language, found)


def _target(
    app: App, compiler: Compiler, target: str, language: Language, found: Flags
) -> LockedTarget:
    more = profile(
        target,
        compiler.name,
        language,
        reproducibility=_reproducibility(app),
        among=app.targets,
    )
    return LockedTarget(
        app=f"{app.name}@{app.version}" if app.version else app.name,
        origin="",
        target=target,
        compiler=compiler.name,
        version=compiler.version,
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
