"""Gathers what the checker finds in one file."""

from envc.cpu.findings import Finding
from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Edit, Label, Rule
from envc.facts.problem import PlacedProblem, Problem
from envc.facts.words import close, listed
from envc.source import Source, Span
from envc.spec import Place
from envc.syntax.words import Kind, Word


class Report:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.diagnostics: list[Diagnostic] = []

    @property
    def crowded(self) -> bool:
        """Whether so much is wrong that finding close names would take longer than it helps."""
        return len(self.diagnostics) > MANY

    def place(self, span: Span) -> Place:
        return Place(self.source, span)

    def tell(
        self,
        rule: Rule,
        message: str,
        span: Span,
        *,
        label: str = "",
        also: tuple[tuple[Place, str], ...] = (),
        notes: tuple[str, ...] = (),
        help: str = "",  # noqa: A002 - the diagnostic's own word
        replace: str | None = None,
    ) -> None:
        """`replace` is what the span should say: the fix that `--fix` applies."""
        labels = (
            Label(self.source, span, label),
            *(Label(place.source, place.span, text) for place, text in also),
        )
        fix = () if replace is None else (Edit(self.source, span, replace),)
        self.diagnostics.append(Diagnostic(rule, message, labels, notes, help, fix))

    def findings(self, found: list[Finding], span: Span, *, replace: str | None = None) -> None:
        """What the CPU lattice has to say about a place."""
        for each in found:
            self.tell(
                each.rule, each.message, span, notes=each.notes, help=each.help, replace=replace
            )

    def unknown(
        self,
        rule: Rule,
        what: str,
        word: Word,
        known: tuple[str, ...],
        *,
        notes: tuple[str, ...] = (),
        also: tuple[tuple[Place, str], ...] = (),
        show: bool = True,
    ) -> None:
        """A name that is not among the known ones, with what may have been meant."""
        if not word.text:
            return  # it was missing, and the parser has said so
        known = tuple(sorted(set(known)))
        near = close(word.value, known) if not self.crowded else []
        if near:
            hint = f"did you mean {listed(near)}?"
        elif show and 0 < len(known) <= MOST_LISTED:
            hint = f"known here: {listed(known, 'and')}"
        else:
            hint = ""
        replace = near[0] if len(near) == 1 and word.kind is Kind.NAME else None
        message = f"{what} `{word.value}`"
        self.tell(rule, message, word.span, notes=notes, also=also, help=hint, replace=replace)

    def problem(self, rule: Rule, word: Word, problem: Problem) -> None:
        """A word that is not what it claims to be; in a string, the part that is wrong."""
        quoted = word.kind is Kind.STRING
        replace = problem.suggestion
        span = word.span
        if isinstance(problem, PlacedProblem) and quoted and "\\" not in word.text:
            first = word.span.start + 1
            span = Span(first + problem.start, first + problem.end)
        elif replace is not None and quoted:
            replace = f'"{replace}"'
        hint = problem.help
        if replace is not None and not hint:
            hint = f"write `{problem.suggestion}`"
        self.tell(rule, problem.message, span, help=hint, replace=replace)

    def twice(self, what: str, name: str, span: Span, first: Place, help: str = "") -> None:  # noqa: A002
        self.tell(
            rules.NAME_TAKEN,
            f"{what} `{name}` is declared twice",
            span,
            label="declared again here",
            also=((first, "first declared here"),),
            help=help or "give one of them another name, or remove it",
        )


MANY = 300
MOST_LISTED = 12
"""More known words than this are no help in a message."""
