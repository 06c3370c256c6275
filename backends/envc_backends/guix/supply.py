"""Which of Guix' packages a build gets, and as what."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from envc.cpu.tables.guix import tune
from envc.lock.contents import spelled
from envc.lock.model import LockedItem
from envc.plan.model import Plan, Recipe, Words
from envc.quoting.scheme import Symbol
from envc_backends.guix.forms import form, quoted
from envc_backends.guix.layout import Node, Pair

TUNED = Symbol("tuned")
_TOOLCHAIN = "-toolchain"
_OF_SYSTEM = {"cmake": ("cmake", "cmake-minimal"), "meson": ("meson",), "python": ("python",)}
"""What a build system is, by the names of Guix: it is told, not found."""


@dataclass(frozen=True, slots=True)
class Supply:
    toolchain: tuple[LockedItem, ...]
    system: tuple[LockedItem, ...]
    native: tuple[LockedItem, ...]
    inputs: tuple[LockedItem, ...]
    propagated: tuple[LockedItem, ...]


def supply(recipe: Recipe, plan: Plan) -> Supply:
    """Compilers take the place of Guix' own; what is not there at run is needed where it is built;
    a Python distribution brings those that it imports."""
    build, run = chosen(plan, plan.build_items), chosen(plan, plan.run_items)
    toolchain = tuple(item for item in build if is_toolchain(item))
    system = tuple(each for each in build if each.name in _OF_SYSTEM.get(recipe.system, ()))
    taken = (*toolchain, *system)
    rest = [item for item in run if item not in taken and not is_toolchain(item)]
    brought = tuple(each for each in rest if recipe.system == "python" and _is_module(each))
    return Supply(
        toolchain,
        system,
        tuple(item for item in build if item not in run and item not in taken),
        tuple(item for item in rest if item not in brought),
        brought,
    )


def chosen(plan: Plan, names: Words) -> tuple[LockedItem, ...]:
    """For the CPU where Guix tunes the package to it."""
    name = tune(plan.target).name or ""
    by_name: dict[str, LockedItem] = {}
    for item in plan.items:
        if item.tune in {"", name} and (item.tune or spelled(item) not in by_name):
            by_name[spelled(item)] = item
    return tuple(by_name[each] for each in names)


def tuning(items: Iterable[LockedItem]) -> Iterator[Node]:
    """The definition of `tuned`, where it acts: Guix builds all others once, for every CPU."""
    names = sorted({item.tune for item in items} - {""})
    for name in names:
        options = quoted((Pair(Symbol("tune"), name),))
        yield form("define", TUNED, form("options->transformation", options))


def entry(item: LockedItem, *, as_input: bool = False) -> Node:
    """A package, or one of its outputs.

    As an input, a tuned package is what Guix would graft in place of the one for every CPU: what is
    built against it needs no graft, and lies where the lock can say.
    """
    package: Node = form("specification->package", f"{item.name}@{item.version}")
    if item.tune:
        package = (TUNED, package)
    if item.tune and as_input:
        package = form("package-replacement", package)
    return package if item.output == "out" else form("list", package, item.output)


def is_toolchain(item: LockedItem) -> bool:
    return item.name.endswith(_TOOLCHAIN)


def _is_module(item: LockedItem) -> bool:
    return item.name.startswith("python-")
