"""What an environment has beside its packages: compilers that reach the target by themselves.

They stand where a build of ours has them, first in the path, and find what Debian keeps aside. So
`make` of a working copy is for the target, and nobody has to say how.
"""

from collections.abc import Iterator, Mapping, Sequence

from envc.diagnostics.model import Diagnostic
from envc.lock.model import LockedEnvironment
from envc.plan import compilers, image, recipe
from envc.plan.model import TOOLS, Compiler, Link, Plan, Recipe, Step, Write
from envc.plan.toolchain import triplet
from envc.spec import App

_ASIDE: Mapping[str, str] = {
    "libhdf5-openmpi-dev": "hdf5/openmpi",
    "libhdf5-mpich-dev": "hdf5/mpich",
    "libhdf5-dev": "hdf5/serial",
}
"""Debian's packages of which there may be several at once, so that no compiler looks where they
are; of these the first is found."""


def steps(plan: Plan) -> Iterator[Step]:
    """That write the compilers into the image."""
    if not plan.is_environment:
        return
    for each in plan.compilers:
        if each.called:
            first, *others = each.called
            yield Write(f"{TOOLS}/{first}", compilers.at_work(each, _prefix(plan)), 0o755)
            if others:
                yield Link(f"{TOOLS}/{first}", tuple(others))


def variables(
    app: App, own: Sequence[Compiler], environment: LockedEnvironment, recipes: Sequence[Recipe]
) -> Iterator[tuple[str, str]]:
    """Of the image: what compilers are called, and where they look."""
    if not own:
        return
    yield "PATH", f"{TOOLS}:{image.path(app)}"
    yield from compilers.variables(own).items()
    found = compilers.paths(image.prefix(app)) if recipes else {}
    aside = next((folder for name, folder in _ASIDE.items() if name in environment.build), "")
    if aside:
        libraries = "/".join(filter(None, ("/usr/lib", triplet(environment.architecture), aside)))
        for name, folder in (("CPATH", f"/usr/include/{aside}"), ("LIBRARY_PATH", libraries)):
            found[name] = ":".join(filter(None, (found.get(name), folder)))
    yield from found.items()


def wrong(app: App) -> Iterator[Diagnostic]:
    """What would be left out without a word."""
    if app.is_environment:
        for test in app.tests:
            yield recipe.not_built(
                f"`{app.name}` is an environment: nothing is built for it that could be tested",
                test.place,
                "leave `test` out: `envc run FILE -- PROGRAM` starts a program of its image",
            )


def _prefix(plan: Plan) -> str:
    """Where packages were built that nobody has ready, if they were."""
    return plan.prefix if plan.recipes else ""
