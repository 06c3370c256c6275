"""Habits of other languages, and slips that can be read as what was meant.

Each function looks at one word that does not fit. Where it knows the habit it tells it, gives the
automaton the word that was meant, and answers the place from which to read on; else None.
"""

from collections.abc import Sequence

from envc import vocabulary
from envc.diagnostics import rules
from envc.diagnostics.model import Edit
from envc.facts import units
from envc.facts.problem import Problem
from envc.facts.words import close
from envc.syntax.mistakes import Mistakes
from envc.syntax.words import Kind, Word

ENDS = (Kind.NEWLINE, Kind.RBRACE, Kind.END)
_IN_PATHS = ("/", ".")


def as_keyword(told: Mistakes, place: int) -> int | None:
    """Reads `biuld` as `build`, and `licence` as `license`, where a statement has to begin."""
    word = told.words[place]
    if word.kind is not Kind.NAME:
        return None
    expected = told.automaton.expected()
    known = sorted(told.keywords[name] for name in expected if name in told.keywords)
    if not known:
        return None
    successor = vocabulary.DEPRECATED.get(word.text)
    if successor in known and _fits(told, successor, place):
        told.tell(
            rules.DEPRECATED,
            f"`{word.text}` is now written `{successor}`",
            word.span,
            help=f"write `{successor}`",
            fix=(Edit(told.source, word.span, successor),),
        )
        told.automaton.feed(Word(Kind.NAME, successor, word.span))
        return place + 1
    likely = [text for text in close(word.text, known) if _fits(told, text, place)]
    if not likely:
        return None
    told.tell(
        rules.UNKNOWN_STATEMENT,
        f"`{word.text}` is not a word of the language here",
        word.span,
        help="did you mean " + " or ".join(f"`{text}`" for text in likely) + "?",
        fix=(Edit(told.source, word.span, likely[0]),) if len(likely) == 1 else (),
    )
    told.automaton.feed(Word(Kind.NAME, likely[0], word.span))
    return place + 1


def _fits(told: Mistakes, keyword: str, place: int) -> bool:
    meant = Word(Kind.NAME, keyword, told.words[place].span)
    return told.automaton.accepts_words((meant, *told.words[place + 1 : place + 2]))


def as_is(told: Mistakes, place: int) -> int | None:
    """Reads `when gpu == cuda` as `when gpu is cuda`."""
    word, before = told.words[place], told.words[place - 1]
    asks = told.automaton.accepts(told.automaton.tables.keywords["is"])
    if word.kind is not Kind.EQUAL or not asks:
        return None
    end = place + 2 if told.words[place + 1].kind is Kind.EQUAL else place + 1
    span = word.span.to(told.words[end - 1].span)
    meant = Word(Kind.NAME, "is", span)
    if not told.automaton.accepts_words((meant, told.words[end])):
        return None
    better = " is " if span.start == before.span.end else "is"
    told.tell(
        rules.FOREIGN_SPELLING,
        f"`{told.source.text[span.start : span.end]}` is written `is` in a condition",
        span,
        help=f"write `{before.text} is {told.words[end].text}`",
        fix=(Edit(told.source, span, better),),
    )
    told.automaton.feed(meant)
    return end


def as_clock(told: Mistakes, place: int) -> int | None:
    """Takes `01:30:00`, as schedulers write times, for one word that is wrong."""
    end = place
    while _joined(told.words[end - 1 : end + 2]):
        end += 2
    meant = Word(Kind.NAME, "", told.words[place].span)
    if end == place or not told.automaton.accepts_words((meant, told.words[end])):
        return None
    span = told.words[place - 1].span.to(told.words[end - 1].span)
    problem = units.duration([(told.source.text[span.start : span.end], "")])
    if not isinstance(problem, Problem):
        return None
    better = problem.suggestion
    fix = (Edit(told.source, span, better),) if better is not None else ()
    told.tell(rules.WRONG_UNIT, problem.message, span, help=problem.help, fix=fix)
    told.automaton.feed(meant)
    return end


def as_path(told: Mistakes, place: int) -> int | None:
    """Takes `/scratch/data`, which has to stand in quotes, for one word that is wrong."""
    word, before = told.words[place], told.words[place - 1]
    close_by = before.span.end == word.span.start
    if word.kind is not Kind.STRAY or word.text not in _IN_PATHS:
        return None
    if close_by and before.kind is Kind.NUMBER:
        return None  # `8/node` is no path
    start = place - 1 if close_by and before.kind in (Kind.NAME, Kind.DOTS) else place
    end = place + 1
    while _continues(told.words[end - 1], told.words[end]):
        end += 1
    return _unquoted(told, start, end, "a path")


def as_options(told: Mistakes, place: int) -> int | None:
    """Takes `-O3 -g`, which have to stand in quotes, for one word that is wrong."""
    word = told.words[place]
    if word.kind is not Kind.STRAY or word.text != "-":
        return None
    if told.words[place + 1].span.start != word.span.end:
        return None
    end = place
    while told.words[end].kind not in ENDS and told.words[end].text not in ("when", "on"):
        end += 1
    return _unquoted(told, place, end, "an option")


def _unquoted(told: Mistakes, start: int, end: int, what: str) -> int | None:
    """Tells that these words should be one text, if one can stand here."""
    span = told.words[start].span.to(told.words[end - 1].span)
    for kind, text in ((Kind.NAME, ""), (Kind.STRING, '""')):
        meant = Word(kind, text, span)
        if told.automaton.accepts_words((meant, told.words[end])):
            break
    else:
        return None
    text = told.source.text[span.start : span.end]
    plain = '"' not in text and "\\" not in text
    told.tell(
        rules.FOREIGN_SPELLING,
        f"{what} stands in quotes",
        span,
        help=f'write `"{text}"`' if plain else "",
        fix=(Edit(told.source, span, f'"{text}"'),) if plain else (),
    )
    told.automaton.feed(meant)
    return end


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
