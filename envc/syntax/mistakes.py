"""What is said of a word that does not fit: the sentences of the parser, and where they point."""

from collections.abc import Sequence

from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Edit, Label, Rule, Severity
from envc.source import Source, Span
from envc.syntax.automaton import Automaton
from envc.syntax.tables import BROKEN
from envc.syntax.words import Kind, Word

VALUES = {Kind.NAME, Kind.NUMBER, Kind.STRING}
_CALLED = {
    Kind.NAME: "a name",
    Kind.NUMBER: "a number",
    Kind.STRING: "a text in quotes",
    Kind.TAGGED: "a hash such as `sha256:…`",
    Kind.VERSIONS: "versions such as `@1.2:`",
    Kind.NEWLINE: "the end of the line",
    Kind.END: "the end of the file",
    Kind.DOTS: "`..`",
}
_FOREIGN = {
    ":": "a setting is written `key value`, without `:`",
    ";": "a statement ends with its line, without `;`",
    "%": "a toolchain is chosen with `using NAME`",
    "^": "dependencies stand in `needs { }`",
    "'": "a text stands between double quotes",
    "$": "the only names filled in are those in braces, such as `{cpus}`",
    "-": "a variant is switched off with `~name`",
    "[": "a list is written `a, b, c`, without brackets",
    "]": "a list is written `a, b, c`, without brackets",
    ">": "at least 1.2 is written `@1.2:`",
    "<": "at most 1.2 is written `@:1.2`",
}


class Mistakes:
    """Gathers what is wrong with the words of one file; knows where the automaton stands in it."""

    def __init__(self, source: Source, automaton: Automaton, words: Sequence[Word]) -> None:
        self.source = source
        self.automaton = automaton
        self.words = words
        self.diagnostics: list[Diagnostic] = []
        self.keywords = {name: text for text, name in automaton.tables.keywords.items()}
        self.marks = {name: text for text, name in automaton.tables.symbols.items()}

    @property
    def broke(self) -> bool:
        """Whether anything was missed; a word that has a successor is not."""
        return any(each.rule.severity is Severity.ERROR for each in self.diagnostics)

    def tell(
        self,
        rule: Rule,
        message: str,
        span: Span,
        *,
        label: str = "",
        also: tuple[Label, ...] = (),
        help: str = "",  # noqa: A002 - the field's name
        fix: tuple[Edit, ...] = (),
    ) -> None:
        labels = (Label(self.source, span, label), *also)
        self.diagnostics.append(Diagnostic(rule, message, labels, help=help, fix=fix))

    def unexpected(self, word: Word, fix: tuple[Edit, ...] = ()) -> None:
        if word.kind is Kind.OPEN_STRING:
            self.tell(
                rules.OPEN_STRING,
                "this text is not closed",
                word.span,
                help='end it with `"` on the same line',
            )
            return
        if word.kind is Kind.STRAY or word.kind is Kind.EQUAL:
            self._stray(word, fix)
            return
        begins = self.automaton.accepts(BROKEN)
        rule = rules.UNKNOWN_STATEMENT if begins else rules.UNEXPECTED_WORD
        self.tell(
            rule,
            f"{shown(word)} is not expected here",
            word.span,
            label=self.expected_text(),
        )

    def _stray(self, word: Word, fix: tuple[Edit, ...]) -> None:
        habit = "a setting is written `key value`, without `=`" if word.text == "=" else ""
        habit = habit or _FOREIGN.get(word.text, "")
        rule = rules.FOREIGN_SPELLING if habit else rules.STRAY_CHARACTER
        message = f"`{_visible(word.text)}` has no meaning here"
        self.tell(rule, message, word.span, help=habit, fix=fix if habit else ())

    def missing(self, kind: Kind | None, place: int) -> None:
        # Shown behind the word before, not at the first word of the next line.
        at = self.end_before(place)
        span = Span(max(at - 1, 0), at) if at else Span(0, 0)
        if kind is None or kind in VALUES:
            what = self.expected_text(wanted="")
        else:
            what = self._called(kind)
        before = self.word_before(place)
        behind = f" behind {shown(before)}" if before is not None else ""
        self.tell(rules.MISSING_WORD, f"{what} is missing{behind}", span)

    def expected_text(self, wanted: str = "expected ") -> str:
        expected = self.automaton.expected()
        keywords = sorted(f"`{self.keywords[name]}`" for name in expected if name in self.keywords)
        kinds = {Kind(name) for name in expected if name in set(Kind)}
        others = [self._called(kind) for kind in kinds]
        if kinds >= VALUES:
            others = ["a value"]
        if len(keywords) > 4:
            keywords = [f"a statement such as {', '.join(keywords[:4])}"]
        told = [*sorted(others), *keywords]
        if not told:
            return ""
        *most, last = told
        return wanted + (f"{', '.join(most)} or {last}" if most else last)

    def _called(self, kind: Kind) -> str:
        return _CALLED.get(kind) or f"`{self.marks.get(kind, kind)}`"

    def word_before(self, place: int) -> Word | None:
        place -= 1
        while place >= 0 and self.words[place].kind is Kind.NEWLINE:
            place -= 1
        return self.words[place] if place >= 0 else None

    def end_before(self, place: int) -> int:
        before = self.word_before(place)
        return before.span.end if before is not None else 0

    def first_on_line(self, place: int) -> Word:
        while place > 0 and self.words[place - 1].kind not in (Kind.NEWLINE, Kind.LBRACE):
            place -= 1
        return self.words[place]


def shown(word: Word) -> str:
    if word.kind is Kind.NEWLINE:
        return "the end of the line"
    if word.kind is Kind.END:
        return "the end of the file"
    text = word.text if len(word.text) <= 40 else word.text[:39] + "…"
    return f"`{_visible(text)}`"


def _visible(text: str) -> str:
    return "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in text)
