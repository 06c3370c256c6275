"""What a spec asks for, in the words of a lock: a function of the spec, which solves nothing."""

from collections.abc import Iterable, Iterator, Mapping

from envc.choices import YES_NO
from envc.facts import versions
from envc.graph.conditions import written
from envc.graph.expand import both
from envc.lock.model import LockedRequest
from envc.spec import ALWAYS, App, Guard, Patch, SourceCode, Spec, Toolchain, Want
from envc.vocabulary import IMAGES

PLAIN = "x86_64"
"""The target of an app that names none: any PC."""


def label(app: App) -> str:
    return f"{app.name}@{app.version}" if app.version else app.name


def said(choices: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """`+mpi`, `~fortran`, `precision=float`."""
    return tuple(_said(name, choice) for name, choice in sorted(choices))


def _said(name: str, choice: str) -> str:
    yes, no = YES_NO
    return {yes: f"+{name}", no: f"~{name}"}.get(choice, f"{name}={choice}")


def requests(spec: Spec) -> tuple[LockedRequest, ...]:
    chains = {chain.name: chain for chain in reversed(spec.toolchains)}
    found = {each for app in spec.apps for each in _of_app(app, chains)}
    return tuple(sorted(found))


def _of_app(app: App, chains: Mapping[str, Toolchain]) -> Iterator[LockedRequest]:
    for want in app.wants:
        yield _request(app, want, want.guard)
    for name, guard, _ in app.toolchains:
        for tool in chains[name].tools if name in chains else ():
            condition = both(guard, tool.want.guard)
            yield _request(app, tool.want, condition, name, tool.languages)


def _request(
    app: App,
    want: Want,
    guard: Guard = ALWAYS,
    toolchain: str = "",
    languages: tuple[str, ...] = (),
) -> LockedRequest:
    read = versions.read_range(want.versions) if want.versions else None
    return LockedRequest(
        app=label(app),
        name=want.name,
        versions=str(read) if isinstance(read, versions.Range) else "",
        options=said(want.choices),
        roles=tuple(sorted(want.roles)),
        origin=want.origin or "",
        condition=written(guard),
        toolchain=toolchain,
        languages=tuple(sorted(languages)),
    )


def builds(app: App) -> Iterator[tuple[dict[str, str], str]]:
    """Every choice and target that is built."""
    for chosen, target in app.combinations():
        yield chosen, target or PLAIN


def formats(app: App) -> tuple[tuple[str, ...], bool]:
    """The forms of image that are wanted, and whether the spec says so itself."""
    stated = tuple(each for each in app.emits if each in IMAGES)
    return (stated, True) if stated else (tuple(IMAGES), False)


def suppliers(app: App) -> frozenset[str]:
    """Whose packages the images have to be made of that the spec itself names; empty where it
    names none, and whoever has all that is needed will do."""
    wanted, is_stated = formats(app)
    if not is_stated:
        return frozenset()
    return frozenset("guix" if each == "guix" else "debian" for each in wanted)


# ---- code ----------------------------------------------------------------------------------------


def code(source: SourceCode) -> str:
    """A `source` line behind its kind, in one way of writing it."""
    at = f"{source.where}@{source.versions}" if source.versions else source.where
    facts = (f"{key} {value}" for key, value in sorted(source.attributes))
    return " ".join((at, *facts, *sorted(source.hashes)))


def change(patch: Patch) -> str:
    """A `patch` line, in one way of writing it."""
    words = (patch.path, *sorted(patch.hashes), written(patch.guard))
    return " ".join(word for word in words if word)
