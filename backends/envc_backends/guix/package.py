"""`package.scm`: the app, and what it needs that no provider has ready, as packages of Guix."""

from collections.abc import Iterable, Iterator

from envc.cpu.tables.guix import tune
from envc.plan.model import Plan, Recipe
from envc.quoting.scheme import Keyword, Symbol
from envc_backends.guix import phases
from envc_backends.guix.forms import form, listed, quoted, variable
from envc_backends.guix.layout import Blank, Comment, Node, Pair, laid_out
from envc_backends.guix.licences import PREFIX, licence
from envc_backends.guix.procedures import READING, is_read, procedures
from envc_backends.guix.settings import settings
from envc_backends.guix.sources import CHECKED, is_beside, source
from envc_backends.guix.supply import chosen, entry, is_toolchain, supply, tuning
from envc_backends.guix.wording import description, synopsis

_SYSTEMS = {
    "cmake": "cmake",
    "autotools": "gnu",
    "meson": "meson",
    "make": "gnu",
    "python": "pyproject",
    "shell": "gnu",
}
"""Build systems of Guix, by those of specs."""
_TOOLCHAIN = Symbol("toolchain")


def package_text(plan: Plan) -> str:
    """The last form is the app: what `guix build -f` builds."""
    tuned = tuple(tuning(chosen(plan, plan.build_items + plan.run_items)))
    nodes: list[Node] = [
        Comment(f"{plan.app} for {plan.target}, as its spec and lock say. Written by envc."),
        Comment(f"Closure: {plan.closure}"),
        Blank(),
        form("use-modules", *_modules(plan)),
    ]
    checking = (CHECKED,) if any(map(is_beside, plan.recipes)) else ()
    for each in (*checking, *tuned, *_toolchain(plan), *procedures(plan)):
        nodes += [Blank(), each]
    for recipe in plan.recipes:
        nodes += [Blank(), form("define", _variable(recipe), _package(recipe, plan))]
    return laid_out([*nodes, Blank(), _built(plan.recipes[-1], plan)])


def _variable(recipe: Recipe) -> Symbol:
    return variable(recipe.name, recipe.version)


def _modules(plan: Plan) -> Iterator[Node]:
    kinds = {recipe.source.kind for recipe in plan.recipes if recipe.source is not None}
    used = [f"guix build-system {_SYSTEMS[each.system]}" for each in plan.recipes]
    used += ["gnu packages", "guix gexp", "guix packages"]
    if kinds & {"tar", "pypi"}:
        used.append("guix download")
    if "git" in kinds:
        used.append("guix git-download")
    if any(map(is_beside, plan.recipes)):
        used += ["guix diagnostics", "guix i18n", "rnrs bytevectors"]
    if any(item.tune for item in chosen(plan, plan.build_items + plan.run_items)):
        used.append("guix transformations")
    for name in sorted(set(used)):
        yield _module(name)
    yield (_module("guix licenses"), Keyword("prefix"), Symbol(PREFIX))
    if any(map(is_beside, plan.recipes)):
        # All of it would hide the `sha256` of origins.
        yield (_module("gcrypt hash"), Keyword("select"), (Symbol("file-sha256"),))


def _module(name: str) -> Node:
    return tuple(map(Symbol, name.split()))


# ---- one package ---------------------------------------------------------------------------------


def _toolchain(plan: Plan) -> Iterator[Node]:
    told = [item for item in chosen(plan, plan.build_items) if is_toolchain(item)]
    if told:
        yield form("define", _TOOLCHAIN, listed(listed((item.name, entry(item))) for item in told))


def _built(recipe: Recipe, plan: Plan) -> Node:
    """With the compilers of the lock in place of Guix' own."""
    if not supply(recipe, plan).toolchain:
        return _variable(recipe)
    return form("package-with-c-toolchain", _variable(recipe), _TOOLCHAIN)


def _package(recipe: Recipe, plan: Plan) -> Node:
    return form(
        "package",
        form("name", recipe.name),
        form("version", recipe.version or "0"),
        form("source", source(recipe.source) if recipe.source is not None else False),
        form("build-system", Symbol(f"{_SYSTEMS[recipe.system]}-build-system")),
        *_arguments(recipe, plan),
        *_inputs(recipe, plan),
        *_properties(recipe, plan),
        form("home-page", recipe.homepage or False),
        form("synopsis", synopsis(recipe.summary, recipe.name)),
        form("description", description(recipe.summary, recipe.name, plan.target)),
        form("license", licence(recipe.license, recipe.homepage)),
    )


def _arguments(recipe: Recipe, plan: Plan) -> Iterator[Node]:
    said: list[Node] = list(_system(recipe, plan))
    if recipe.jobs == 1 and recipe.system != "python":
        said += [Keyword("parallel-build?"), False]
    if not recipe.checks:
        said += [Keyword("tests?"), False]
    said += settings(recipe, plan.prefix)
    if is_read(recipe):
        own = f"guix build {_SYSTEMS[recipe.system]}-build-system"
        modules = (_module(own), _module("guix build utils"), *READING)
        said += [Keyword("modules"), quoted(modules)]
    said += phases.changed(phases.phases(recipe, plan))
    if said:
        yield form("arguments", listed(said))


def _system(recipe: Recipe, plan: Plan) -> Iterator[Node]:
    """The program that drives the build, where the lock has it."""
    for item in supply(recipe, plan).system:
        yield Keyword("cmake" if recipe.system == "cmake" else recipe.system)
        yield entry(item)


def _inputs(recipe: Recipe, plan: Plan) -> Iterator[Node]:
    told = supply(recipe, plan)
    before = plan.recipes[: plan.recipes.index(recipe)]
    inputs: list[Node] = [entry(item, as_input=True) for item in told.inputs]
    inputs += [_built(each, plan) for each in before]
    if phases.is_wrapped(recipe, plan):
        inputs.append(form("specification->package", "bash-minimal"))
    kinds: Iterable[tuple[str, list[Node]]] = (
        ("native-inputs", [entry(item, as_input=True) for item in told.native]),
        ("inputs", inputs),
        ("propagated-inputs", [entry(item, as_input=True) for item in told.propagated]),
    )
    for name, entries in kinds:
        if entries:
            yield form(name, listed(entries))


def _properties(recipe: Recipe, plan: Plan) -> Iterator[Node]:
    """So that `guix build --tune` can build it for yet another CPU."""
    if recipe.compilers and tune(plan.target).name:
        yield form("properties", quoted((Pair(Symbol("tunable?"), True),)))
