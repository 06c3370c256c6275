"""A toolchain: which package serves which language."""

from envc import spec, vocabulary
from envc.check.reading import recipes_in
from envc.check.report import Report
from envc.check.scope import Scope
from envc.check.settings import known_word
from envc.diagnostics import rules
from envc.syntax import nodes


def toolchain(scope: Scope, written: nodes.Toolchain) -> spec.Toolchain:
    recipes = recipes_in(scope, None)
    tools: list[spec.Tool] = []
    for part in written.parts:
        languages = []
        for word in part.languages:
            what = "a toolchain has no"
            known = known_word(scope.report, what, word, vocabulary.LANGUAGES)
            if known is not None:
                languages.append(known)
        want = recipes.requests.read(part.request, part.condition)
        tools.append(spec.Tool(tuple(languages), want))
    _check_languages(scope.report, written, tools)
    return spec.Toolchain(written.name.text, tuple(tools), scope.place_of(written.name))


def _check_languages(report: Report, written: nodes.Toolchain, tools: list[spec.Tool]) -> None:
    seen: dict[tuple[str, spec.Guard], spec.Place] = {}
    for part, tool in zip(written.parts, tools, strict=True):
        for word, language in zip(part.languages, tool.languages, strict=False):
            place = report.place(word.span)
            first = seen.setdefault((language, tool.want.guard), place)
            if first != place:
                report.tell(
                    rules.SET_TWICE,
                    f"`{language}` is chosen twice",
                    word.span,
                    also=((first, "first chosen here"),),
                    help="remove one of them, or tell them apart with `when`",
                )
