"""The words behind a key, read as what the key wants."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from envc.check.guards import target_named
from envc.check.report import Report
from envc.diagnostics import rules
from envc.facts import units
from envc.facts.command import Placeholder, split_command
from envc.facts.problem import PlacedProblem, Problem
from envc.source import Span
from envc.spec import Command, FromTarget, Quantity, Range, Required, Signal, Value
from envc.syntax.nodes import Items, Kind, Word
from envc.vocabulary import PLACEHOLDERS, Key, Shape

SIGNALS = ("USR1", "USR2", "TERM", "INT", "HUP", "CONT", "STOP", "ALRM")
_YES_NO = {"yes": True, "no": False}
_YES_NO_HABITS = {"true": "yes", "on": "yes", "ON": "yes", "True": "yes", "TRUE": "yes",
                  "false": "no", "off": "no", "OFF": "no", "False": "no", "FALSE": "no"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Values:
    """Reads values; what it cannot read it tells, and answers None."""

    report: Report
    targets_of: Callable[[tuple[Word, ...]], tuple[str, ...]]
    """Target names with the sets among them opened."""

    def read(self, name: Word, items: Items, key: Key) -> Value | None:
        words = [word for item in items for word in item]
        if any(not word.text for word in words):
            return None  # something was missing, and the parser has said so
        match key.shape:
            case Shape.TEXT | Shape.PATH | Shape.FLAGS:
                return self._text(name, items, key)
            case Shape.COMMAND:
                return self._command(name, items, key)
            case Shape.NAME:
                return self._one(name, items, key)
            case Shape.CHOICE:
                return self._choice(name, items, key)
            case Shape.YES_NO:
                return self._yes_no(name, items, key)
            case Shape.NAMES | Shape.SITES | Shape.RUNS:
                return self._names(name, items, key)
            case Shape.TARGETS:
                return self._targets(name, items, key)
            case Shape.COUNT:
                return self._count(name, items, key)
            case Shape.MEMORY:
                return self._memory(name, items, key)
            case Shape.DURATION:
                return self._duration(name, items, key)
            case Shape.RANGE:
                return self._range(name, items, key)
            case Shape.SIGNAL:
                return self._signal(name, items, key)
            case Shape.SITE_FACT:
                return self._site_fact(name, items, key)
            case Shape.FREE:
                return self._free(items)

    # ---- one word --------------------------------------------------------------------------------

    def _one(self, name: Word, items: Items, key: Key) -> str | None:
        word = self._only(name, items, key)
        if word is None:
            return None
        if word.kind in (Kind.NAME, Kind.NUMBER, Kind.STRING):
            return word.value
        return self._wrong(name, Span(word.span.start, word.span.end), key)

    def _text(self, name: Word, items: Items, key: Key) -> str | None:
        word = self._only(name, items, key)
        if word is None:
            return None
        if word.kind is not Kind.STRING:
            self.report.tell(
                rules.WRONG_VALUE,
                f"`{name.value}` is {key.shape.value}",
                word.span,
                help=f'write `"{word.text}"`',
                replace=f'"{word.text}"',
            )
            return None
        return word.value

    def _choice(self, name: Word, items: Items, key: Key) -> str | None:
        word = self._only(name, items, key)
        if word is None:
            return None
        if word.value in key.choices:
            return word.value
        self.report.unknown(
            rules.UNKNOWN_WORD, f"`{name.value}` cannot be", word, tuple(key.choices)
        )
        return None

    def _yes_no(self, name: Word, items: Items, key: Key) -> bool | None:
        word = self._only(name, items, key)
        if word is None:
            return None
        if word.value in _YES_NO:
            return _YES_NO[word.value]
        better = _YES_NO_HABITS.get(word.value)
        self.report.tell(
            rules.WRONG_VALUE,
            f"`{name.value}` is {key.shape.value}, not `{word.value}`",
            word.span,
            help=f"write `{better}`" if better else "",
            replace=better,
        )
        return None

    def _command(self, name: Word, items: Items, key: Key) -> Command | None:
        word = self._only(name, items, key)
        if word is None:
            return None
        if word.kind is not Kind.STRING:
            return self._wrong(name, word.span, key)
        return command(self.report, word)

    # ---- several words ---------------------------------------------------------------------------

    def _names(self, name: Word, items: Items, key: Key) -> tuple[str, ...] | None:
        words = self._one_each(name, items, key)
        if words is None:
            return None
        if key.choices:
            for word in words:
                if word.value not in key.choices:
                    self.report.unknown(
                        rules.UNKNOWN_WORD, f"`{name.value}` cannot be", word, tuple(key.choices)
                    )
        return tuple(word.value for word in words)

    def _targets(self, name: Word, items: Items, key: Key) -> tuple[str, ...] | None:
        words = self._one_each(name, items, key)
        return self.targets_of(words) if words is not None else None

    def _free(self, items: Items) -> str | tuple[str, ...]:
        """What another program will read: kept as it stands."""
        told = tuple(" ".join(word.value for word in item) for item in items)
        return told[0] if len(told) == 1 else told

    def _site_fact(self, name: Word, items: Items, key: Key) -> Value | None:
        words = items[0] if len(items) == 1 else ()
        if len(words) == 2 and words[0].text == "from":
            if words[1].text == "target":
                return FromTarget()
            self.report.unknown(rules.UNKNOWN_WORD, "nothing comes from", words[1], ("target",))
            return None
        if len(items) > 1:
            return self._names(name, items, key)
        word = self._only(name, items, key)
        if word is None:
            return None
        return Required() if word.text == "required" else word.value

    # ---- numbers and units -------------------------------------------------------------------------

    def _count(self, name: Word, items: Items, key: Key) -> Quantity | None:
        words, per = self._per(name, items, key)
        if words is None:
            return None
        number = self._number(words[0]) if words else None
        if number is None or len(words) != 1:
            if number is not None:
                self._extra(name, words[1], key)
            return None
        return Quantity(number, per)

    def _memory(self, name: Word, items: Items, key: Key) -> Quantity | None:
        words, per = self._per(name, items, key)
        if words is None:
            return None
        pairs = list(_amounts(words))
        if len(pairs) != 1:
            return self._wrong(name, words[0].span.to(words[-1].span), key)
        number, unit, span = pairs[0]
        read = units.memory(number, unit)
        if isinstance(read, Problem):
            return self._wrong_unit(read, span)
        return Quantity(read.bytes, per)

    def _duration(self, name: Word, items: Items, key: Key) -> Quantity | None:
        words, per = self._per(name, items, key)
        if words is None:
            return None
        pairs = list(_amounts(words))
        span = words[0].span.to(words[-1].span)
        if not pairs:
            return self._wrong(name, span, key)
        read = units.duration([(number, unit) for number, unit, _ in pairs])
        if isinstance(read, Problem):
            return self._wrong_unit(read, span)
        return Quantity(read.seconds, per)

    def _range(self, name: Word, items: Items, key: Key) -> Range | None:
        words = items[0] if len(items) == 1 else ()
        shape = [word.kind if word.kind is not Kind.NAME else word.text for word in words]
        plain = [Kind.NUMBER, Kind.DOTS, Kind.NUMBER]
        if shape[:3] != plain or len(shape) % 2 == 0:
            return self._wrong(name, _span(items, name), key)
        more = {words[i].text: words[i + 1] for i in range(3, len(words), 2)}
        for i in range(3, len(words), 2):
            if words[i].text not in ("step", "limit"):
                self.report.unknown(
                    rules.UNKNOWN_WORD, "a range has no", words[i], ("step", "limit")
                )
                return None
        numbers = [self._number(word) for word in (words[0], words[2], *more.values())]
        if any(number is None for number in numbers):
            return None
        start, stop, *rest = (number for number in numbers if number is not None)
        named = dict(zip(more, rest, strict=True))
        if stop < start or named.get("step", 1) < 1 or named.get("limit", 1) < 1:
            return self._wrong(name, _span(items, name), key)
        return Range(start, stop, named.get("step", 1), named.get("limit"))

    def _signal(self, name: Word, items: Items, key: Key) -> Signal | None:
        words = items[0] if len(items) == 1 else ()
        if len(words) < 3 or words[1].text != "before":
            return self._wrong(name, _span(items, name), key)
        if words[0].text not in SIGNALS:
            self.report.unknown(rules.UNKNOWN_WORD, "there is no signal", words[0], SIGNALS)
            return None
        pairs = [(number, unit) for number, unit, _ in _amounts(words[2:])]
        before = units.duration(pairs)
        if isinstance(before, Problem):
            return self._wrong_unit(before, words[2].span.to(words[-1].span))
        return Signal(words[0].text, before.seconds)

    def _number(self, word: Word) -> int | None:
        read = units.count(word.text)
        if not isinstance(read, Problem):
            return read
        self.report.problem(rules.WRONG_VALUE, word, read)
        return None

    def _per(
        self, name: Word, items: Items, key: Key
    ) -> tuple[tuple[Word, ...] | None, str | None]:
        """Splits off `per node`."""
        if len(items) != 1 or not items[0]:
            self._wrong(name, _span(items, name), key)
            return None, None
        words = items[0]
        place = next((i for i, word in enumerate(words) if word.text == "per"), None)
        if place is None:
            return words, None
        behind = words[place + 1 :]
        if len(behind) != 1 or not place:
            self._wrong(name, words[place].span, key)
            return None, None
        if behind[0].text not in key.per:
            what = f"`{name.value}` is not counted per"
            self.report.unknown(rules.UNKNOWN_WORD, what, behind[0], key.per)
            return None, None
        return words[:place], behind[0].text

    # ---- what is said ------------------------------------------------------------------------------

    def _only(self, name: Word, items: Items, key: Key) -> Word | None:
        if len(items) == 1 and len(items[0]) == 1:
            return items[0][0]
        if items and items[0] and len(items[0]) > 1:
            self._extra(name, items[0][1], key)
        else:
            self._wrong(name, _span(items, name), key)
        return None

    def _one_each(self, name: Word, items: Items, key: Key) -> tuple[Word, ...] | None:
        long = next((item for item in items if len(item) != 1), None)
        if long is None:
            return tuple(item[0] for item in items)
        if len(long) > 1:
            self._extra(name, long[1], key)
        else:
            self._wrong(name, _span(items, name), key)
        return None

    def _extra(self, name: Word, word: Word, key: Key) -> None:
        self.report.tell(
            rules.WRONG_VALUE,
            f"`{word.value}` is one word too many",
            word.span,
            label=f"`{name.value}` is {key.shape.value}",
        )

    def _wrong(self, name: Word, span: Span, key: Key) -> None:
        self.report.tell(rules.WRONG_VALUE, f"`{name.value}` is {key.shape.value}", span)

    def _wrong_unit(self, problem: Problem, span: Span) -> None:
        hint = problem.help or (f"write `{problem.suggestion}`" if problem.suggestion else "")
        self.report.tell(
            rules.WRONG_UNIT, problem.message, span, help=hint, replace=problem.suggestion
        )


def command(report: Report, word: Word) -> Command | None:
    """A command in quotes as words, with its placeholders checked."""
    split = split_command(word.value)
    if isinstance(split, PlacedProblem):
        report.problem(rules.SHELL_IN_COMMAND, word, split)
        return None
    holes = [hole for each in split for hole in each.placeholders]
    check_placeholders(report, word, holes)
    return Command(tuple(split))


def check_placeholders(report: Report, word: Word, holes: list[Placeholder]) -> None:
    for hole in holes:
        if hole.name in PLACEHOLDERS:
            continue
        first = word.span.start + 1
        exact = "\\" not in word.text
        span = Span(first + hole.start, first + hole.end) if exact else word.span
        named = Word(Kind.TAGGED, hole.name, span)
        report.unknown(
            rules.UNKNOWN_PLACEHOLDER,
            "nothing is filled in for",
            named,
            tuple(PLACEHOLDERS),
            notes=("a brace that is only a brace is written twice: `{{`",),
        )


def _amounts(words: tuple[Word, ...]) -> Iterator[tuple[str, str, Span]]:
    """`1 h 30 min` as pairs; a number without a unit has an empty one."""
    place = 0
    while place < len(words):
        word, unit = words[place], ""
        span = word.span
        if place + 1 < len(words) and words[place + 1].kind is Kind.NAME:
            place += 1
            unit, span = words[place].text, span.to(words[place].span)
        yield word.text, unit, span
        place += 1


def _span(items: Items, name: Word) -> Span:
    words = [word for item in items for word in item]
    return words[0].span.to(words[-1].span) if words else name.span

