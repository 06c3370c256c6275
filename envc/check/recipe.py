"""What an app and a package have in common: facts, sources, variants, needs, build, tests."""

from collections.abc import Iterable, Mapping
from typing import TypedDict, TypeVar

from envc import choices, spec, vocabulary
from envc.check import flagwords
from envc.check.claims import claim, licence_text, orcid_tag
from envc.check.guards import Guards
from envc.check.report import Report
from envc.check.requests import Requests
from envc.check.settings import Settings, known_word
from envc.check.signatures import variants as variants_of
from envc.check.sources import Sources
from envc.check.texts import check_placeholders, command
from envc.check.values import Values
from envc.diagnostics import rules
from envc.facts import identifiers
from envc.facts.command import placeholders
from envc.spec import Variant
from envc.syntax import nodes
from envc.syntax.words import Kind, Word
from envc.values import dataclass

Statement = TypeVar("Statement", bound=nodes.Statement)


class Shared(TypedDict):
    """The fields of `spec.Recipe` but its name and place."""

    facts: tuple[spec.Setting, ...]
    sources: tuple[spec.SourceCode, ...]
    patches: tuple[spec.Patch, ...]
    variants: tuple[Variant, ...]
    conflicts: tuple[spec.Conflict, ...]
    wants: tuple[spec.Want, ...]
    builds: tuple[spec.Build, ...]
    flags: tuple[spec.Setting, ...]
    environment: tuple[spec.Setting, ...]
    tests: tuple[spec.Test, ...]


def of_kind(body: Iterable[nodes.Statement], kind: type[Statement]) -> list[Statement]:
    return [each for each in body if isinstance(each, kind)]


def declared_variants(report: Report, body: tuple[nodes.Statement, ...]) -> dict[str, Variant]:
    """The variants of a body, each with a name of its own, choices and a default among them."""
    known = {variant.name: variant for variant in variants_of(body, report.source)}
    for written in of_kind(body, nodes.Variant):
        first = known.get(written.name.text)
        if first is not None and first.place.span != written.name.span:
            report.twice("variant", written.name.text, written.name.span, first.place)
        _check_default(report, written)
    return known


def _check_default(report: Report, written: nodes.Variant) -> None:
    named = tuple(choice.text for choice in written.choices) or choices.YES_NO
    for place, choice in enumerate(written.choices):
        if choice.text in named[:place]:
            report.tell(
                rules.SET_TWICE,
                f"choice `{choice.text}` is listed twice",
                choice.span,
                help="remove one of them",
            )
    if written.default is None:
        report.tell(
            rules.NO_DEFAULT,
            f"variant `{written.name.text}` has no default",
            written.name.span,
            help=f"say what is taken where nothing is chosen, such as `default {named[-1]}`",
        )
    elif written.default.text not in named:
        report.unknown(
            rules.UNKNOWN_CHOICE,
            f"variant `{written.name.text}` has no choice",
            written.default,
            named,
        )


def read_conflicts(guards: Guards, body: tuple[nodes.Statement, ...]) -> tuple[spec.Conflict, ...]:
    return tuple(
        spec.Conflict(
            each.reason.value, guards.read(each.condition), guards.report.place(each.span)
        )
        for each in of_kind(body, nodes.Conflict)
    )


@dataclass(frozen=True, slots=True)
class Recipes:
    """Reads the statements that apps and packages share."""

    report: Report
    guards: Guards
    settings: Settings
    requests: Requests
    values: Values
    conflicts: tuple[spec.Conflict, ...]

    def read(self, body: tuple[nodes.Statement, ...], variants: Mapping[str, Variant]) -> Shared:
        wants = [
            self.requests.read_need(need)
            for needs in of_kind(body, nodes.Needs)
            for need in needs.needs
        ]
        self.requests.check_together(wants)
        sources = Sources(self.report, self.guards, self.values)
        return Shared(
            facts=tuple(self._facts(of_kind(body, nodes.Fact))),
            sources=tuple(sources.read(each) for each in of_kind(body, nodes.CodeSource)),
            patches=tuple(sources.patch(each) for each in of_kind(body, nodes.Patch)),
            variants=tuple(variants.values()),
            conflicts=self.conflicts,
            wants=tuple(wants),
            builds=tuple(self._builds(of_kind(body, nodes.Build))),
            flags=tuple(self._flags(of_kind(body, nodes.Flags))),
            environment=tuple(self._environment(of_kind(body, nodes.Environment))),
            tests=tuple(self._tests(of_kind(body, nodes.Check))),
        )

    # ---- facts ------------------------------------------------------------------------------

    def _facts(self, written: list[nodes.Fact]) -> list[spec.Setting]:
        plain = [nodes.Setting(w.span, w.key, self._fact_items(w), w.condition) for w in written]
        return self.settings.closed("an app", plain, vocabulary.FACTS)

    def _fact_items(self, fact: nodes.Fact) -> nodes.Items:
        """Checks what a fact claims to be; gives its words in the shape that the tables know."""
        words = [word for item in fact.items for word in item]
        if not words or not words[0].text:
            return fact.items
        match fact.key.text:
            case "license":
                return licence_text(self.report, words, fact.items)
            case "homepage":
                claim(self.report, words[0], identifiers.url)
            case "doi" | "cite":
                claim(self.report, words[0], identifiers.doi)
            case "maintainer" if len(words) == 2:
                orcid_tag(self.report, words[1])
                return ((words[0],),)
        return fact.items

    # ---- the rest ---------------------------------------------------------------------------

    def _builds(self, written: list[nodes.Build]) -> list[spec.Build]:
        builds = [build for each in written if (build := self._build(each)) is not None]
        for place, build in enumerate(builds):
            bare = [other for other in builds[:place] if other.guard == build.guard]
            if bare:
                self.report.tell(
                    rules.SET_TWICE,
                    "a second way to build it",
                    written[place].system.span,
                    also=((bare[0].place, "the first one"),),
                    help="keep one, or tell them apart with `when`",
                )
        return builds

    def _build(self, written: nodes.Build) -> spec.Build | None:
        known = known_word(
            self.report, "there is no build system", written.system, vocabulary.BUILD_ABOUT
        )
        if known is None:
            return None
        keys = vocabulary.BUILD[known]
        read = self.settings.open if known in vocabulary.OPEN_BUILDS else self.settings.closed
        settings = read(f"`build {known}`", written.settings, keys)
        if known == "shell" and not any(
            line.key.text in ("run", "script") for line in written.settings
        ):
            self.report.tell(
                rules.FACT_MISSING,
                "`build shell` runs nothing",
                written.span,
                help='add a line such as `run "make" …`, or `script "build.sh"`',
            )
        guard = self.guards.read(written.condition)
        return spec.Build(known, tuple(settings), guard, self.report.place(written.system.span))

    def _flags(self, written: list[nodes.Flags]) -> list[spec.Setting]:
        lines = [setting for flags in written for setting in flags.settings]
        read = self.settings.closed("`flags`", lines, vocabulary.FLAGS)
        by_span = {line.span: line for line in lines}
        for setting in read:
            line = by_span[setting.place.span]
            if isinstance(setting.value, str):
                flagwords.check(self.report, line.items[0][0], setting, self.guards.targets)
        return read

    def _environment(self, written: list[nodes.Environment]) -> list[spec.Setting]:
        lines = [setting for env in written for setting in env.settings]
        for line in lines:
            self._check_variable(line)
        return self.settings.open("`env`", lines, {})

    def _check_variable(self, line: nodes.Setting) -> None:
        name = line.key
        if name.text and not name.value.replace("_", "a").isalnum():
            self.report.tell(
                rules.WRONG_VALUE,
                f"`{name.value}` cannot be the name of a variable",
                name.span,
                help="letters, digits and `_`, not a digit first",
            )
        for item in line.items:
            for word in item:
                if word.kind is Kind.STRING:
                    self._check_holes(word)

    def _check_holes(self, word: Word) -> None:
        check_placeholders(self.report, word, placeholders(word.value))

    def _tests(self, written: list[nodes.Check]) -> list[spec.Test]:
        read: list[spec.Test] = []
        for each in written:
            words = command(self.report, each.command)
            guard = self.guards.read(each.condition)
            if words is not None:
                expect = each.expect.value if each.expect is not None else None
                read.append(spec.Test(words, expect, guard, self.report.place(each.span)))
        return read
