"""What the readers of apps, packages, sites and campaigns share."""

from collections.abc import Mapping

from envc import choices, vocabulary
from envc.check.guards import Guards
from envc.check.recipe import Recipes, of_kind, read_conflicts
from envc.check.report import Report
from envc.check.requests import Requests
from envc.check.scope import Scope
from envc.check.settings import Settings, known_word
from envc.check.values import Values
from envc.diagnostics import rules
from envc.spec import Variant
from envc.syntax import nodes
from envc.syntax.words import Word

Variants = Mapping[str, Variant] | None


def recipes_in(
    scope: Scope,
    variants: Variants,
    targets: tuple[str, ...] = (),
    body: tuple[nodes.Statement, ...] = (),
) -> Recipes:
    """The readers for one item; its conflicts come first, because they rule conditions out."""
    conflicts = read_conflicts(Guards(scope.report, variants, targets), body)
    allowed = tuple(
        choices.Not(each.guard.when)
        for each in conflicts
        if each.guard.when is not None and each.guard.on is None
    )
    guards = Guards(scope.report, variants, targets, allowed)
    values = Values(scope.report, scope.targets)
    settings = Settings(scope.report, guards, values)
    requests = Requests(scope.report, scope.library, scope.packages, guards)
    return Recipes(scope.report, guards, settings, requests, values, conflicts)


def target_words(body: tuple[nodes.Statement, ...]) -> tuple[Word, ...]:
    """The words of `targets …` and of the matrix's `target` axis."""
    words = [word for each in of_kind(body, nodes.Targets) for word in each.names]
    for matrix in of_kind(body, nodes.Matrix):
        for row in matrix.rows:
            if isinstance(row, nodes.Setting) and row.key.text == "target":
                words.extend(word for item in row.items for word in item)
    return tuple(words)


def check_listed_once(report: Report, words: tuple[Word, ...]) -> None:
    seen: dict[str, Word] = {}
    for word in words:
        first = seen.setdefault(word.text, word)
        if first is not word and word.text:
            report.tell(
                rules.SET_TWICE,
                f"`{word.text}` is listed twice",
                word.span,
                also=((report.place(first.span), "first listed here"),),
                help="remove one of them",
            )


def read_emits(report: Report, written: list[nodes.Emit]) -> tuple[str, ...]:
    words = tuple(word for each in written for word in each.names)
    check_listed_once(report, words)
    what = "nothing is compiled to"
    named = (known_word(report, what, word, vocabulary.EMITS) for word in words)
    return tuple(name for name in named if name is not None)
