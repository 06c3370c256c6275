"""Values that are numbers, with their units and what they are counted per."""

from collections.abc import Iterator

from envc.check.asked import Asked
from envc.diagnostics import rules
from envc.facts import units
from envc.facts.problem import Problem
from envc.source import Span
from envc.spec import Quantity, Range, Signal
from envc.syntax.words import Kind, Word

SIGNALS = ("USR1", "USR2", "TERM", "INT", "HUP", "CONT", "STOP", "ALRM")


def read_count(asked: Asked) -> Quantity | None:
    words, per = _per(asked)
    if words is None:
        return None
    number = _number(asked, words[0]) if words else None
    if number is None or len(words) != 1:
        if number is not None:
            asked.too_many(words[1])
        return None
    return Quantity(number, per)


def read_memory(asked: Asked) -> Quantity | None:
    words, per = _per(asked)
    if words is None:
        return None
    pairs = list(_amounts(words))
    if len(pairs) != 1:
        asked.wrong(words[0].span.to(words[-1].span))
        return None
    number, unit, span = pairs[0]
    read = units.memory(number, unit)
    if isinstance(read, Problem):
        _wrong_unit(asked, read, span)
        return None
    return Quantity(read.bytes, per)


def read_duration(asked: Asked) -> Quantity | None:
    words, per = _per(asked)
    if words is None:
        return None
    pairs = list(_amounts(words))
    span = words[0].span.to(words[-1].span)
    if not pairs:
        asked.wrong(span)
        return None
    read = units.duration([(number, unit) for number, unit, _ in pairs])
    if isinstance(read, Problem):
        _wrong_unit(asked, read, span)
        return None
    return Quantity(read.seconds, per)


def read_range(asked: Asked) -> Range | None:
    words = asked.items[0] if len(asked.items) == 1 else ()
    shape = [word.kind if word.kind is not Kind.NAME else word.text for word in words]
    plain = [Kind.NUMBER, Kind.DOTS, Kind.NUMBER]
    if shape[:3] != plain or len(shape) % 2 == 0:
        asked.wrong(asked.span)
        return None
    more = {words[i].text: words[i + 1] for i in range(3, len(words), 2)}
    for i in range(3, len(words), 2):
        if words[i].text not in ("step", "limit"):
            asked.report.unknown(rules.UNKNOWN_WORD, "a range has no", words[i], ("step", "limit"))
            return None
    ends = [_number(asked, word, least=0) for word in (words[0], words[2])]
    numbers = ends + [_number(asked, word) for word in more.values()]
    if any(number is None for number in numbers):
        return None
    start, stop, *rest = (number for number in numbers if number is not None)
    named = dict(zip(more, rest, strict=True))
    if stop < start:
        _counts_down(asked, words, f"{stop}..{start}")
        return None
    return Range(start, stop, named.get("step", 1), named.get("limit"))


def _counts_down(asked: Asked, words: tuple[Word, ...], better: str) -> None:
    asked.report.tell(
        rules.WRONG_VALUE,
        f"nothing lies in `{words[0].text}..{words[2].text}`",
        words[0].span.to(words[2].span),
        help=f"write `{better}`",
        replace=better,
    )


def read_signal(asked: Asked) -> Signal | None:
    words = asked.items[0] if len(asked.items) == 1 else ()
    if len(words) < 3 or words[1].text != "before":
        asked.wrong(asked.span)
        return None
    if words[0].text not in SIGNALS:
        asked.report.unknown(rules.UNKNOWN_WORD, "there is no signal", words[0], SIGNALS)
        return None
    pairs = [(number, unit) for number, unit, _ in _amounts(words[2:])]
    before = units.duration(pairs)
    if isinstance(before, Problem):
        _wrong_unit(asked, before, words[2].span.to(words[-1].span))
        return None
    return Signal(words[0].text, before.seconds)


def _number(asked: Asked, word: Word, least: int = 1) -> int | None:
    read = units.count(word.text, least)
    if not isinstance(read, Problem):
        return read
    asked.report.problem(rules.WRONG_VALUE, word, read)
    return None


def _per(asked: Asked) -> tuple[tuple[Word, ...] | None, str | None]:
    """Splits off `per node`."""
    if len(asked.items) != 1 or not asked.items[0]:
        asked.wrong(asked.span)
        return None, None
    words = asked.items[0]
    place = next((i for i, word in enumerate(words) if word.text == "per"), None)
    if place is None:
        return words, None
    behind = words[place + 1 :]
    if len(behind) != 1 or not place:
        asked.wrong(words[place].span)
        return None, None
    if behind[0].text not in asked.key.per:
        what = f"`{asked.name.value}` is not counted per"
        asked.report.unknown(rules.UNKNOWN_WORD, what, behind[0], asked.key.per)
        return None, None
    return words[:place], behind[0].text


def _wrong_unit(asked: Asked, problem: Problem, span: Span) -> None:
    hint = problem.help or (f"write `{problem.suggestion}`" if problem.suggestion else "")
    asked.report.tell(
        rules.WRONG_UNIT, problem.message, span, help=hint, replace=problem.suggestion
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
