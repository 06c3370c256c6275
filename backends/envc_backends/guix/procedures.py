"""Procedures that a package's phases call: code for the build, written once a file."""

from envc.plan.model import Plan, Recipe
from envc.quoting.scheme import Symbol
from envc_backends.guix.forms import for_the_build, form
from envc_backends.guix.layout import Node

READING = ((Symbol("ice-9"), Symbol("popen")), (Symbol("ice-9"), Symbol("textual-ports")))
"""Modules that a test needs whose output is read."""

_SCRIPT = """#!~a
# With the path as it was, where `guix build --tune` may have put a compiler of its own.
export PATH='~a'
real=~a
for word; do
  case $word in
    -c | -S | -E | -M | -MM | -fsyntax-only) links=never ;;
    -*) ;;
    *) links=${links:-yes} ;;
  esac
done
set -- ~a "$@"
[ "$links" != yes ] || set -- "$@" ~a
exec "$real" "$@"
"""


def procedures(plan: Plan) -> tuple[Node, ...]:
    """Those that are called."""
    found = []
    if any(each.called for recipe in plan.recipes for each in recipe.compilers):
        found.append(_add_compilers())
    if any(map(is_read, plan.recipes)):
        found.append(_check_output())
    return tuple(found)


def is_read(recipe: Recipe) -> bool:
    return any(check.expect is not None for check in recipe.checks)


def call(name: str, *arguments: Node) -> Node:
    return (form("ungexp", Symbol(name)), *arguments)


def _add_compilers() -> Node:
    """Scripts under the names by which builds call a compiler, found before the compiler."""
    names, program, compiling, linking = map(Symbol, ("names", "program", "options", "linking"))
    folder, path, port, real, name = map(Symbol, ("folder", "path", "port", "real", "name"))
    own = form("string-append", form("getenv", "NIX_BUILD_TOP"), "/compilers")
    searched = form("string-append", folder, ":", path)
    others = form("delete", folder, form("search-path-as-string->list", form("getenv", "PATH")))
    script = form("format", port, _SCRIPT, form("which", "sh"), path, real, compiling, linking)
    return _defined(
        "add-compilers",
        (names, program, compiling, linking),
        form(
            "let*",
            (
                (folder, own),
                (path, form("list->search-path-as-string", others, ":")),
                (real, form("which", program)),
            ),
            form("mkdir-p", folder),
            form(
                "for-each",
                form(
                    "lambda",
                    (name,),
                    form(
                        "call-with-output-file",
                        form("string-append", folder, "/", name),
                        form("lambda", (port,), script, form("chmod", port, 0o755)),
                    ),
                ),
                names,
            ),
            form("setenv", "PATH", searched),
        ),
    )


def _check_output() -> Node:
    expected, words, port, said = map(Symbol, ("expected", "words", "port", "said"))
    opened = form("apply", Symbol("open-pipe*"), Symbol("OPEN_READ"), words)
    succeeds = form("zero?", form("close-pipe", port))
    holds = form("string-contains", said, expected)
    return _defined(
        "check-output",
        (expected, words),
        form(
            "let*",
            ((port, opened), (said, form("get-string-all", port))),
            form("display", said),
            form(
                "unless",
                form("and", succeeds, holds),
                form("error", "the output should hold:", expected),
            ),
        ),
    )


def _defined(name: str, arguments: tuple[Node, ...], *body: Node) -> Node:
    return form("define", Symbol(name), for_the_build(form("lambda", arguments, *body)))
