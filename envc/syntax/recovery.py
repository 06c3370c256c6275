"""What to do with a word that does not fit: say it once, mend it where one word does, else skip.

In this order: close a block that a new item shows to be open, read a misspelt keyword as what it
was meant to be, put in or leave out a single word, and only then drop the statement.
"""

from envc.diagnostics import rules
from envc.diagnostics.model import Edit, Label
from envc.source import Span
from envc.syntax import habits
from envc.syntax.habits import ENDS
from envc.syntax.mistakes import Mistakes, shown
from envc.syntax.words import Kind, Word

MOST = 200
"""Mistakes told of one file; past that the text is hardly a spec."""

_TOP = ("app", "package", "toolchain", "site", "campaign", "use")
_INSERTED = (Kind.LBRACE, Kind.EQUAL, Kind.NAME, Kind.STRING, Kind.NUMBER)
_LISTS = ("needs", "targets", "emit")
"""Lines that are names with commas between them."""
_PER_LINE = ("when", "on", "for", "from")
"""What a line of `needs { }` may end in, and a list of needs may not."""

_HABITS = (
    habits.as_keyword,
    habits.as_is,
    habits.as_clock,
    habits.as_path,
    habits.as_options,
)


class Recovery:
    def __init__(self, told: Mistakes) -> None:
        self.told = told
        self.source = told.source
        self.automaton = told.automaton
        self.words = told.words

    def at(self, place: int) -> int:
        """Deals with the word at `place`; gives the place from which to read on."""
        word = self.words[place]
        if self.automaton.too_deep:
            self.told.tell(rules.TOO_DEEP, "this is nested too deeply to read", word.span)
            return self._skip(place)
        if len(self.told.diagnostics) >= MOST:
            return self._give_up(word)
        if self._begins_item(place) or (word.kind is Kind.END and self._open_braces()):
            return self._close_blocks(place)
        if word.kind is Kind.RBRACE and not self._open_braces():
            self.told.tell(
                rules.STRAY_BRACE,
                "this `}` closes nothing",
                word.span,
                help="remove it, or look for a `{` that is missing above",
            )
            alone = self.words[place + 1].kind is Kind.NEWLINE
            return place + 2 if alone and not self.automaton.accepts(Kind.NEWLINE) else place + 1
        return (
            self._as_habit(place)
            or self._as_list(place)
            or self._without(place)
            or self._with_missing(place)
            or self._drop_statement(place)
        )

    # ---- blocks that are not closed --------------------------------------------------------------

    def _begins_item(self, place: int) -> bool:
        """Whether an item of the file begins here although a block is still open."""
        return self._item_in_first_column(place) and bool(self._open_braces())

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
        before = self.told.end_before(place)
        at = Span(word.span.start, word.span.start)
        for brace in reversed(opened):
            self.told.tell(
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

    def _as_habit(self, place: int) -> int | None:
        return next((end for habit in _HABITS if (end := habit(self.told, place))), None)

    def _without(self, place: int) -> int | None:
        """Leaves out one word if the two behind it then fit."""
        word, *rest = self.words[place : place + 3]
        # Without its `{` a block would close the one around it.
        if word.kind in (*ENDS, Kind.LBRACE) or not rest:
            return None
        if not self.automaton.accepts_words(rest):
            return None
        self.told.unexpected(word, fix=(Edit(self.source, word.span, ""),))
        return place + 1

    def _with_missing(self, place: int) -> int | None:
        """Puts in one word if the one here and the next then fit."""
        here = self.words[place : place + 2]
        for kind in _INSERTED:
            if self.automaton.accepts_words(here, kind):
                break
        else:
            return None
        before = self.told.word_before(place)
        if kind is Kind.EQUAL and before is not None and before.text in _PER_LINE:
            return self._condition_in_list(before, place)
        at = self.told.end_before(place)
        self.told.missing(kind, place)
        text = self.told.marks.get(kind, "")
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
        first = self.told.first_on_line(place)
        names = all(word.kind is Kind.NAME and word.text not in _PER_LINE for word in words)
        return names and words[0] is not first and first.text in _LISTS

    def _tell_comma(self, place: int) -> None:
        before, word = self.words[place - 1], self.words[place]
        self.told.tell(
            rules.MISSING_WORD,
            f"`,` is missing between {shown(before)} and {shown(word)}",
            word.span,
            help="write a comma between them",
            fix=(Edit(self.source, Span(before.span.end, before.span.end), ","),),
        )

    def _end_of_line(self, place: int) -> int:
        while self.words[place].kind not in ENDS:
            place += 1
        return place

    def _condition_in_list(self, word: Word, place: int) -> int:
        self.told.tell(
            rules.UNEXPECTED_WORD,
            f"`{word.text}` cannot stand behind a list of needs",
            word.span,
            help="write `needs { … }`, and each on a line of its own",
        )
        return self._skip(place)

    # ---- dropping a statement --------------------------------------------------------------------

    def _drop_statement(self, place: int) -> int:
        word = self.words[place]
        if word.kind in ENDS:
            self.told.missing(None, place)
        else:
            self.told.unexpected(word)
        return self._skip(place)

    def _skip(self, place: int) -> int:
        start = self.words[place].span.start
        depth = 0
        while place < len(self.words):
            kind = self.words[place].kind
            if kind is Kind.END or (depth == 0 and kind in ENDS):
                break
            depth += (kind is Kind.LBRACE) - (kind is Kind.RBRACE)
            place += 1
            if place < len(self.words) and depth and self._item_in_first_column(place):
                break
        self.automaton.break_statement(Span(start, start))
        if not self.automaton.accepts_words(self.words[place : place + 1]):
            at = self.words[place].span.start
            self.automaton.feed(Word(Kind.NEWLINE, "\n", Span(at, at)))
        return place

    def _item_in_first_column(self, place: int) -> bool:
        word = self.words[place]
        return (
            word.kind is Kind.NAME
            and word.text in _TOP
            and self.source.position(word.span.start).column == 1
        )

    def _give_up(self, word: Word) -> int:
        self.told.tell(
            rules.TOO_MANY_MISTAKES,
            f"more than {MOST} mistakes; the rest of the file was not read",
            word.span,
            help="mend the first ones and check again",
        )
        end = self.words[-1]
        self.automaton.break_statement(Span(word.span.start, word.span.start))
        for _ in self._open_braces():
            self.automaton.feed(Word(Kind.RBRACE, "}", end.span))
        self.automaton.feed(end)
        return len(self.words)
