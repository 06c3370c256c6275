"""What to do with a word that does not fit: say it once, mend it where one word does, else skip.

In this order: close a block that a new item shows to be open, read a misspelt keyword as what it
was meant to be, put in or leave out a single word, and only then drop the statement.
"""

from collections.abc import Sequence

from envc import vocabulary
from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Edit, Label, Rule, Severity
from envc.facts import units
from envc.facts.problem import Problem
from envc.facts.words import close
from envc.source import Source, Span
from envc.syntax.automaton import Automaton
from envc.syntax.words import Kind, Word

MOST = 200
"""Mistakes told of one file; past that the text is hardly a spec."""

_TOP = ("app", "package", "toolchain", "site", "campaign", "use")
_ENDS = (Kind.NEWLINE, Kind.RBRACE, Kind.END)
_INSERTED = (Kind.LBRACE, Kind.EQUAL, Kind.NAME, Kind.STRING, Kind.NUMBER)
_VALUES = {Kind.NAME, Kind.NUMBER, Kind.STRING}
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
_IN_PATHS = ("/", ".")
_LISTS = ("needs", "targets", "emit")
"""Lines that are names with commas between them."""
_PER_LINE = ("when", "on", "for", "from")
"""What a line of `needs { }` may end in, and a list of needs may not."""


class Recovery:
    def __init__(self, source: Source, automaton: Automaton, words: Sequence[Word]) -> None:
        self.source = source
        self.automaton = automaton
        self.words = words
        self.diagnostics: list[Diagnostic] = []
        self._keywords = {name: text for text, name in automaton.tables.keywords.items()}
        self._is = automaton.tables.keywords["is"]
        self._marks = {name: text for text, name in automaton.tables.symbols.items()}

    @property
    def broke(self) -> bool:
        """Whether anything was missed; a word that has a successor is not."""
        return any(each.rule.severity is Severity.ERROR for each in self.diagnostics)

    def at(self, place: int) -> int:
        """Deals with the word at `place`; gives the place from which to read on."""
        word = self.words[place]
        if self.automaton.too_deep:
            self._tell(rules.TOO_DEEP, "this is nested too deeply to read", word.span)
            return self._skip(place)
        if len(self.diagnostics) >= MOST:
            return self._give_up(word)
        if self._begins_item(place) or (word.kind is Kind.END and self._open_braces()):
            return self._close_blocks(place)
        if word.kind is Kind.RBRACE and not self._open_braces():
            self._tell(
                rules.STRAY_BRACE,
                "this `}` closes nothing",
                word.span,
                help="remove it, or look for a `{` that is missing above",
            )
            alone = self.words[place + 1].kind is Kind.NEWLINE
            return place + 2 if alone and not self.automaton.accepts(Kind.NEWLINE) else place + 1
        return (
            self._as_keyword(place)
            or self._as_is(place)
            or self._as_clock(place)
            or self._as_path(place)
            or self._as_options(place)
            or self._as_list(place)
            or self._without(place)
            or self._with_missing(place)
            or self._drop_statement(place)
        )

    # ---- blocks that are not closed --------------------------------------------------------------

    def _begins_item(self, place: int) -> bool:
        """Whether an item of the file begins here although a block is still open."""
        word = self.words[place]
        return (
            word.kind is Kind.NAME
            and word.text in _TOP
            and self.source.position(word.span.start).column == 1
            and bool(self._open_braces())
        )

    def _open_braces(self) -> list[Word]:
        """The `{` that the automaton has read and not yet seen closed."""
        return [
            value
            for value in self.automaton.values
            if isinstance(value, Word) and value.kind is Kind.LBRACE
        ]

    def _close_blocks(self, place: int) -> int:
        opened = self._open_braces()
        word = self.words[place]
        before = self._end_before(place)
        at = Span(word.span.start, word.span.start)
        for brace in reversed(opened):
            self._tell(
                rules.OPEN_BLOCK,
                "this block is not closed",
                brace.span,
                also=(Label(self.source, word.span or at, self._closed_before(word)),),
                help="add a `}` on a line of its own",
            )
            if not self.automaton.accepts(Kind.RBRACE):
                self.automaton.break_statement(Span(before, before))
            self.automaton.feed(Word(Kind.RBRACE, "}", at))
        if not self.automaton.accepts_words((word,)):
            self.automaton.feed(Word(Kind.NEWLINE, "\n", at))
        return place

    def _closed_before(self, word: Word) -> str:
        return "the file ends here" if word.kind is Kind.END else "a new item begins here"

    # ---- mending by one word ---------------------------------------------------------------------

    def _as_keyword(self, place: int) -> int | None:
        """Reads `biuld` as `build`, and `licence` as `license`, where a statement has to begin."""
        word = self.words[place]
        if word.kind is not Kind.NAME:
            return None
        expected = self.automaton.expected()
        known = sorted(self._keywords[name] for name in expected if name in self._keywords)
        if not known:
            return None
        successor = vocabulary.DEPRECATED.get(word.text)
        if successor in known and self._fits(successor, place):
            self._tell(
                rules.DEPRECATED,
                f"`{word.text}` is now written `{successor}`",
                word.span,
                help=f"write `{successor}`",
                fix=(Edit(self.source, word.span, successor),),
            )
            self.automaton.feed(Word(Kind.NAME, successor, word.span))
            return place + 1
        likely = [text for text in close(word.text, known) if self._fits(text, place)]
        if not likely:
            return None
        self._tell(
            rules.UNKNOWN_STATEMENT,
            f"`{word.text}` is not a word of the language here",
            word.span,
            help="did you mean " + " or ".join(f"`{text}`" for text in likely) + "?",
            fix=(Edit(self.source, word.span, likely[0]),) if len(likely) == 1 else (),
        )
        self.automaton.feed(Word(Kind.NAME, likely[0], word.span))
        return place + 1

    def _fits(self, keyword: str, place: int) -> bool:
        meant = Word(Kind.NAME, keyword, self.words[place].span)
        return self.automaton.accepts_words((meant, *self.words[place + 1 : place + 2]))

    def _as_is(self, place: int) -> int | None:
        """Reads `when gpu == cuda` as `when gpu is cuda`."""
        word = self.words[place]
        if word.kind is not Kind.EQUAL or not self.automaton.accepts(self._is):
            return None
        end = place + 2 if self.words[place + 1].kind is Kind.EQUAL else place + 1
        span = word.span.to(self.words[end - 1].span)
        meant = Word(Kind.NAME, "is", span)
        if not self.automaton.accepts_words((meant, self.words[end])):
            return None
        self._tell(
            rules.FOREIGN_SPELLING,
            f"`{self.source.text[span.start : span.end]}` is written `is` in a condition",
            span,
            help=f"write `{self.words[place - 1].text} is {self.words[end].text}`",
            fix=(
                Edit(
                    self.source,
                    span,
                    " is " if span.start == self.words[place - 1].span.end else "is",
                ),
            ),
        )
        self.automaton.feed(meant)
        return end

    def _as_clock(self, place: int) -> int | None:
        """Takes `01:30:00`, as schedulers write times, for one word that is wrong."""
        end = place
        while _joined(self.words[end - 1 : end + 2]):
            end += 2
        told = Word(Kind.NAME, "", self.words[place].span)
        if end == place or not self.automaton.accepts_words((told, self.words[end])):
            return None
        span = self.words[place - 1].span.to(self.words[end - 1].span)
        problem = units.duration([(self.source.text[span.start : span.end], "")])
        if not isinstance(problem, Problem):
            return None
        better = problem.suggestion
        fix = (Edit(self.source, span, better),) if better is not None else ()
        self._tell(rules.WRONG_UNIT, problem.message, span, help=problem.help, fix=fix)
        self.automaton.feed(told)
        return end

    def _as_path(self, place: int) -> int | None:
        """Takes `/scratch/data`, which has to stand in quotes, for one word that is wrong."""
        word, before = self.words[place], self.words[place - 1]
        close_by = before.span.end == word.span.start
        if word.kind is not Kind.STRAY or word.text not in _IN_PATHS:
            return None
        if close_by and before.kind is Kind.NUMBER:
            return None  # `8/node` is no path
        start = place - 1 if close_by and before.kind in (Kind.NAME, Kind.DOTS) else place
        end = place + 1
        while _continues(self.words[end - 1], self.words[end]):
            end += 1
        return self._unquoted(start, end, "a path")

    def _as_options(self, place: int) -> int | None:
        """Takes `-O3 -g`, which have to stand in quotes, for one word that is wrong."""
        word = self.words[place]
        if word.kind is not Kind.STRAY or word.text != "-":
            return None
        if self.words[place + 1].span.start != word.span.end:
            return None
        end = place
        while self.words[end].kind not in _ENDS and self.words[end].text not in ("when", "on"):
            end += 1
        return self._unquoted(place, end, "an option")

    def _unquoted(self, start: int, end: int, what: str) -> int | None:
        """Tells that these words should be one text, if one can stand here."""
        span = self.words[start].span.to(self.words[end - 1].span)
        for kind, text in ((Kind.NAME, ""), (Kind.STRING, '""')):
            told = Word(kind, text, span)
            if self.automaton.accepts_words((told, self.words[end])):
                break
        else:
            return None
        text = self.source.text[span.start : span.end]
        plain = '"' not in text and "\\" not in text
        self._tell(
            rules.FOREIGN_SPELLING,
            f"{what} stands in quotes",
            span,
            help=f'write `"{text}"`' if plain else "",
            fix=(Edit(self.source, span, f'"{text}"'),) if plain else (),
        )
        self.automaton.feed(told)
        return end

    def _without(self, place: int) -> int | None:
        """Leaves out one word if the two behind it then fit."""
        word, *rest = self.words[place : place + 3]
        # Without its `{` a block would close the one around it.
        if word.kind in (*_ENDS, Kind.LBRACE) or not rest:
            return None
        if not self.automaton.accepts_words(rest):
            return None
        self._tell_unexpected(word, fix=(Edit(self.source, word.span, ""),))
        return place + 1

    def _with_missing(self, place: int) -> int | None:
        """Puts in one word if the one here and the next then fit."""
        here = self.words[place : place + 2]
        for kind in _INSERTED:
            if self.automaton.accepts_words(here, kind):
                break
        else:
            return None
        before = self._word_before(place)
        if kind is Kind.EQUAL and before is not None and before.text in _PER_LINE:
            return self._condition_in_list(before, place)
        at = self._end_before(place)
        self._tell_missing(kind, place)
        text = self._marks.get(kind, "")
        # An empty word tells the checker that the mistake has been told already.
        self.automaton.feed(Word(kind, text or ('""' if kind is Kind.STRING else ""), Span(at, at)))
        return place

    def _as_list(self, place: int) -> int | None:
        """Tells of `zen2 zen4`, where a comma is missing, and leaves the rest of the line."""
        if self._needs_comma(place):
            self._tell_comma(place)
            return self._end_of_line(place)
        # In `gcc cmake` the second name was taken for a variant's.
        if self.automaton.accepts(Kind.EQUAL) and self._needs_comma(place - 1):
            self._tell_comma(place - 1)
            return self._skip(place)
        return None

    def _needs_comma(self, place: int) -> bool:
        """Whether a name here follows another one in a list."""
        if place < 1:
            return False
        words = self.words[place - 1 : place + 1]
        first = self._first_on_line(place)
        names = all(word.kind is Kind.NAME and word.text not in _PER_LINE for word in words)
        return names and words[0] is not first and first.text in _LISTS

    def _tell_comma(self, place: int) -> None:
        before, word = self.words[place - 1], self.words[place]
        self._tell(
            rules.MISSING_WORD,
            f"`,` is missing between {_shown(before)} and {_shown(word)}",
            word.span,
            help="write a comma between them",
            fix=(Edit(self.source, Span(before.span.end, before.span.end), ","),),
        )

    def _end_of_line(self, place: int) -> int:
        while self.words[place].kind not in _ENDS:
            place += 1
        return place

    def _condition_in_list(self, word: Word, place: int) -> int:
        self._tell(
            rules.UNEXPECTED_WORD,
            f"`{word.text}` cannot stand behind a list of needs",
            word.span,
            help="write `needs { … }`, and each on a line of its own",
        )
        return self._skip(place)

    # ---- dropping a statement --------------------------------------------------------------------

    def _drop_statement(self, place: int) -> int:
        word = self.words[place]
        if word.kind in _ENDS:
            self._tell_missing(None, place)
        else:
            self._tell_unexpected(word)
        return self._skip(place)

    def _skip(self, place: int) -> int:
        start = self.words[place].span.start
        depth = 0
        while place < len(self.words):
            kind = self.words[place].kind
            if kind is Kind.END or (depth == 0 and kind in _ENDS):
                break
            depth += (kind is Kind.LBRACE) - (kind is Kind.RBRACE)
            place += 1
            if place < len(self.words) and depth and self._begins_item_inside(place):
                break
        self.automaton.break_statement(Span(start, start))
        if not self.automaton.accepts_words(self.words[place : place + 1]):
            at = self.words[place].span.start
            self.automaton.feed(Word(Kind.NEWLINE, "\n", Span(at, at)))
        return place

    def _begins_item_inside(self, place: int) -> bool:
        word = self.words[place]
        return (
            word.kind is Kind.NAME
            and word.text in _TOP
            and self.source.position(word.span.start).column == 1
        )

    def _give_up(self, word: Word) -> int:
        self._tell(
            rules.TOO_MANY_MISTAKES,
            f"more than {MOST} mistakes; the rest of the file was not read",
            word.span,
            help="mend the first ones and check again",
        )
        end = self.words[-1]
        self.automaton.break_statement(Span(word.span.start, word.span.start))
        for brace in self._open_braces():
            del brace
            self.automaton.feed(Word(Kind.RBRACE, "}", end.span))
        self.automaton.feed(end)
        return len(self.words)

    # ---- what is said ----------------------------------------------------------------------------

    def _tell_unexpected(self, word: Word, fix: tuple[Edit, ...] = ()) -> None:
        if word.kind is Kind.OPEN_STRING:
            self._tell(
                rules.OPEN_STRING,
                "this text is not closed",
                word.span,
                help='end it with `"` on the same line',
            )
            return
        if word.kind is Kind.STRAY or word.kind is Kind.EQUAL:
            self._tell_stray(word, fix)
            return
        rule = rules.UNKNOWN_STATEMENT if self._begins_statement() else rules.UNEXPECTED_WORD
        self._tell(
            rule,
            f"{_shown(word)} is not expected here",
            word.span,
            label=self._expected_text(),
        )

    def _tell_stray(self, word: Word, fix: tuple[Edit, ...]) -> None:
        habit = "a setting is written `key value`, without `=`" if word.text == "=" else ""
        habit = habit or _FOREIGN.get(word.text, "")
        rule = rules.FOREIGN_SPELLING if habit else rules.STRAY_CHARACTER
        message = f"`{_visible(word.text)}` has no meaning here"
        self._tell(rule, message, word.span, help=habit, fix=fix if habit else ())

    def _tell_missing(self, kind: Kind | None, place: int) -> None:
        # Shown behind the word before, not at the first word of the next line.
        at = self._end_before(place)
        span = Span(max(at - 1, 0), at) if at else Span(0, 0)
        if kind is None or kind in _VALUES:
            what = self._expected_text(wanted="")
        else:
            what = self._called(kind)
        before = self._word_before(place)
        behind = f" behind {_shown(before)}" if before is not None else ""
        self._tell(rules.MISSING_WORD, f"{what} is missing{behind}", span)

    def _tell(
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

    def _begins_statement(self) -> bool:
        return self.automaton.accepts("BROKEN")

    def _expected_text(self, wanted: str = "expected ") -> str:
        expected = self.automaton.expected()
        keywords = sorted(
            f"`{self._keywords[name]}`" for name in expected if name in self._keywords
        )
        kinds = {Kind(name) for name in expected if name in set(Kind)}
        others = [self._called(kind) for kind in kinds]
        if kinds >= _VALUES:
            others = ["a value"]
        if len(keywords) > 4:
            keywords = [f"a statement such as {', '.join(keywords[:4])}"]
        told = [*sorted(others), *keywords]
        if not told:
            return ""
        *most, last = told
        return wanted + (f"{', '.join(most)} or {last}" if most else last)

    def _called(self, kind: Kind) -> str:
        return _CALLED.get(kind) or f"`{self._marks.get(kind, kind)}`"

    def _first_on_line(self, place: int) -> Word:
        while place > 0 and self.words[place - 1].kind not in (Kind.NEWLINE, Kind.LBRACE):
            place -= 1
        return self.words[place]

    def _word_before(self, place: int) -> Word | None:
        place -= 1
        while place >= 0 and self.words[place].kind is Kind.NEWLINE:
            place -= 1
        return self.words[place] if place >= 0 else None

    def _end_before(self, place: int) -> int:
        before = self._word_before(place)
        return before.span.end if before is not None else 0


def _continues(before: Word, word: Word) -> bool:
    """Whether a word belongs to the path that the one before is part of."""
    close_by = before.span.end == word.span.start
    return close_by and word.kind in (Kind.NAME, Kind.NUMBER, Kind.DOTS, Kind.STRAY)


def _joined(words: Sequence[Word]) -> bool:
    """`1`, `:` and `30` without a space between them."""
    if [word.kind for word in words] != [Kind.NUMBER, Kind.STRAY, Kind.NUMBER]:
        return False
    first, colon, last = words
    close_by = first.span.end == colon.span.start and colon.span.end == last.span.start
    return colon.text == ":" and close_by


def _shown(word: Word) -> str:
    if word.kind is Kind.NEWLINE:
        return "the end of the line"
    if word.kind is Kind.END:
        return "the end of the file"
    text = word.text if len(word.text) <= 40 else word.text[:39] + "…"
    return f"`{_visible(text)}`"


def _visible(text: str) -> str:
    return "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in text)
