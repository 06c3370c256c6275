"""What a build does that the build systems of Guix do not do by themselves."""

from collections.abc import Iterator

from envc.plan import compilers
from envc.plan.model import Check, Plan, Recipe, Words
from envc.quoting import sh
from envc.quoting.scheme import Keyword, Symbol
from envc_backends.guix.forms import (
    OUTPUT,
    anyhow,
    for_the_build,
    form,
    listed,
    placed,
    quoted,
)
from envc_backends.guix.layout import Comment, Node
from envc_backends.guix.procedures import call
from envc_backends.guix.sources import beside
from envc_backends.guix.variables import told


def phases(recipe: Recipe, plan: Plan) -> tuple[Node, ...]:
    """Changes to the standard phases, in the order in which they run."""
    own = (
        *_unpacking(recipe),
        *_entering(recipe),
        *_compiling(recipe, plan.target),
        *_building(recipe, plan.prefix),
        *_testing(recipe, plan),
    )
    if recipe is plan.recipes[-1]:
        own = (*own, *_setting(plan))
    return own


def is_wrapped(recipe: Recipe, plan: Plan) -> bool:
    return recipe is plan.recipes[-1] and bool(told(plan.variables))


# ---- the source ----------------------------------------------------------------------------------


def _unpacking(recipe: Recipe) -> Iterator[Node]:
    code = recipe.source
    if code is None or code.kind == "git" or code.strip is None:
        return
    fewer = (f"--strip-components={code.strip}",) if code.strip else ()
    yield form(
        "replace",
        quoted(Symbol("unpack")),
        form(
            "lambda*",
            anyhow("source"),
            form("mkdir", "source"),
            form("chdir", "source"),
            form("invoke", "tar", "-xf", Symbol("source"), *fewer),
        ),
    )


def _entering(recipe: Recipe) -> Iterator[Node]:
    """The part of the source that is used, which patches are for; in it, the build files."""
    inner = recipe.source.folder if recipe.source is not None else ""
    given = [
        form("invoke", "patch", "-p1", "-i", form("ungexp", beside(patch)))
        for patch in recipe.patches
    ]
    phase = "unpack"
    for name, steps in (
        ("enter-source", [form("chdir", inner)] if inner else []),
        ("patch-source", given),
        ("enter-folder", [form("chdir", recipe.folder)] if recipe.folder else []),
    ):
        if steps:
            yield _after(phase, name, *steps)
            phase = name


# ---- compilers -----------------------------------------------------------------------------------


def _compiling(recipe: Recipe, target: str) -> Iterator[Node]:
    said = {**compilers.variables(recipe.compilers), **dict(recipe.variables)}
    if not said:
        return
    calls = [
        call(
            "add-compilers",
            quoted(each.called),
            each.program,
            " ".join(map(sh.word, each.flags)),
            " ".join(map(sh.word, each.link)),
        )
        for each in recipe.compilers
        if each.called
    ]
    yield form(
        "add-before",
        quoted(Symbol("build" if recipe.system == "python" else "configure")),
        quoted(Symbol("add-compiler-options")),
        form(
            "lambda",
            Symbol("_"),
            Comment(f"First the options of {target}; what the build says comes later, and counts."),
            *calls,
            *(form("setenv", name, value) for name, value in said.items()),
        ),
    )


# ---- building ------------------------------------------------------------------------------------


def _building(recipe: Recipe, prefix: str) -> Iterator[Node]:
    if recipe.system in {"make", "shell"}:
        yield form("delete", quoted(Symbol("configure")))
    if recipe.goals:
        count = form("number->string", form("parallel-job-count"))
        jobs: Node = "-j1" if recipe.jobs == 1 else form("string-append", "-j", count)
        made = form("apply", Symbol("invoke"), "make", jobs, *recipe.goals, Symbol("make-flags"))
        yield form("replace", quoted(Symbol("build")), form("lambda*", anyhow("make-flags"), made))
    if recipe.system == "shell":
        runs = [_run(words, prefix) for words in recipe.commands]
        yield _instead("build", *(runs or [True]))
    if recipe.installed or recipe.system == "shell":
        into = form("string-append", OUTPUT, "/bin")
        copies = [form("install-file", placed(each, prefix), into) for each in recipe.installed]
        yield _instead("install", *(copies or [form("mkdir-p", OUTPUT)]))


# ---- tests ---------------------------------------------------------------------------------------


def _testing(recipe: Recipe, plan: Plan) -> Iterator[Node]:
    """The spec's tests, in place of those that the source may have."""
    if not recipe.checks:
        return
    yield form("delete", quoted(Symbol("check")))
    about = [*_surroundings(plan), *(_test(check, plan.prefix) for check in recipe.checks)]
    yield form(
        "add-after",
        quoted(Symbol(_last(recipe))),
        quoted(Symbol("check-installed")),
        form("lambda*", anyhow("tests?"), form("when", Symbol("tests?"), *about)),
    )


def _surroundings(plan: Plan) -> Iterator[Node]:
    path = form("string-append", OUTPUT, "/bin:", form("getenv", "PATH"))
    yield form("setenv", "PATH", path)
    yield form("setenv", "HOME", form("getcwd"))
    for name, value in told(plan.variables):
        yield form("setenv", name, placed(value, plan.prefix))
    if any(item.name.startswith("openmpi") for item in plan.items):
        yield Comment("Open MPI looks for ssh, and counts the cores.")
        yield form("setenv", "OMPI_MCA_plm_rsh_agent", form("which", "false"))
        yield form("setenv", "OMPI_MCA_rmaps_base_oversubscribe", "true")
        yield form("setenv", "PRTE_MCA_rmaps_default_mapping_policy", ":oversubscribe")


def _test(check: Check, prefix: str) -> Node:
    if check.expect is None:
        return _run(check.words, prefix)
    words = listed(placed(word, prefix) for word in check.words)
    return call("check-output", check.expect, words)


def _last(recipe: Recipe) -> str:
    """The phase after which programs are as they stay."""
    return "wrap" if recipe.system == "python" else "install"


# ---- variables -----------------------------------------------------------------------------------


def _setting(plan: Plan) -> Iterator[Node]:
    if not (said := told(plan.variables)):
        return
    program = Symbol("program")
    set_here = [
        listed((name, quoted(Symbol("=")), form("list", placed(sh.in_quotes(value), plan.prefix))))
        for name, value in said
    ]
    found = form("find-files", form("string-append", OUTPUT, "/bin"), "^[^.]")
    wrap = form("lambda", (program,), form("wrap-program", program, *set_here))
    yield _after(
        "check-installed" if plan.recipes[-1].checks else _last(plan.recipes[-1]),
        "set-variables",
        form("for-each", wrap, found),
    )


# ---- pieces --------------------------------------------------------------------------------------


def _run(words: Words, prefix: str) -> Node:
    return form("invoke", *(placed(word, prefix) for word in words))


def _after(phase: str, name: str, *steps: Node) -> Node:
    return form(
        "add-after",
        quoted(Symbol(phase)),
        quoted(Symbol(name)),
        form("lambda", Symbol("_"), *steps),
    )


def _instead(phase: str, *steps: Node) -> Node:
    return form("replace", quoted(Symbol(phase)), form("lambda", Symbol("_"), *steps))


def changed(own: tuple[Node, ...]) -> tuple[Node, ...]:
    """The argument `#:phases`; nothing where nothing is changed."""
    if not own:
        return ()
    standard = Symbol("%standard-phases")
    return (Keyword("phases"), for_the_build(form("modify-phases", standard, *own)))
