"""Values that are words: names, texts, commands, choices."""

from envc.check.asked import Asked
from envc.check.report import Report
from envc.cpu.tables import gpus
from envc.diagnostics import rules
from envc.facts.command import Placeholder, split_command
from envc.facts.problem import PlacedProblem
from envc.facts.words import close
from envc.source import Span
from envc.spec import Command, FromTarget, Required, Value
from envc.syntax.words import Kind, Word
from envc.vocabulary import PLACEHOLDERS

_YES_NO = {"yes": True, "no": False}
_HABITS = {"true": "yes", "on": "yes", "1": "yes", "false": "no", "off": "no", "0": "no"}


def read_one(asked: Asked) -> str | None:
    word = asked.only()
    if word is None:
        return None
    if word.kind in (Kind.NAME, Kind.NUMBER, Kind.STRING):
        return word.value
    asked.wrong(Span(word.span.start, word.span.end))
    return None


def read_gpu(asked: Asked) -> str | None:
    """A GPU by a site's name for it; `A100-SXM4-80GB` is an `a100`."""
    word = asked.only()
    if word is None:
        return None
    if gpus.gpu(word.value) is None:
        asked.report.unknown(
            rules.UNKNOWN_WORD, "no GPU is known as", word, tuple(gpus.GPUS), show=False
        )
    return word.value


def read_text(asked: Asked) -> str | None:
    word = asked.only()
    if word is None:
        return None
    if word.kind is not Kind.STRING:
        asked.report.tell(
            rules.WRONG_VALUE,
            f"`{asked.name.value}` is {asked.key.shape.value}",
            word.span,
            help=f'write `"{word.text}"`',
            replace=f'"{word.text}"',
        )
        return None
    return word.value


def read_choice(asked: Asked) -> str | None:
    word = asked.only()
    if word is None:
        return None
    if word.value in asked.key.choices:
        return word.value
    asked.report.unknown(
        rules.UNKNOWN_WORD, f"`{asked.name.value}` cannot be", word, tuple(asked.key.choices)
    )
    return None


def read_yes_no(asked: Asked) -> bool | None:
    word = asked.only()
    if word is None:
        return None
    if word.value in _YES_NO:
        return _YES_NO[word.value]
    better = _HABITS.get(word.value.lower())
    asked.report.tell(
        rules.WRONG_VALUE,
        f"`{asked.name.value}` is {asked.key.shape.value}, not `{word.value}`",
        word.span,
        help=f"write `{better}`" if better else "",
        replace=better,
    )
    return None


def read_command(asked: Asked) -> Command | None:
    word = asked.only()
    if word is None:
        return None
    if word.kind is not Kind.STRING:
        asked.wrong(word.span)
        return None
    return command(asked.report, word)


def read_names(asked: Asked) -> tuple[str, ...] | None:
    words = asked.one_each()
    if words is None:
        return None
    if asked.key.choices:
        for word in words:
            if word.value not in asked.key.choices:
                asked.report.unknown(
                    rules.UNKNOWN_WORD,
                    f"`{asked.name.value}` cannot be",
                    word,
                    tuple(asked.key.choices),
                )
    return tuple(word.value for word in words)


def read_targets(asked: Asked) -> tuple[str, ...] | None:
    words = asked.one_each()
    return asked.targets_of(words) if words is not None else None


def read_site_fact(asked: Asked) -> Value | None:
    words = asked.items[0] if len(asked.items) == 1 else ()
    if len(words) == 2 and words[0].text == "from":
        if words[1].text == "target":
            return FromTarget()
        asked.report.unknown(rules.UNKNOWN_WORD, "nothing comes from", words[1], ("target",))
        return None
    if len(asked.items) > 1:
        return read_names(asked)
    word = asked.only()
    if word is None:
        return None
    if word.text == "required":
        return Required()
    if word.kind is Kind.NAME and close(word.text, ("required",)):
        asked.report.unknown(
            rules.UNKNOWN_WORD,
            f"`{asked.name.value}` is hardly called",
            word,
            ("required",),
            notes=(f'a name that only looks like `required` stands in quotes, `"{word.text}"`',),
        )
        return None
    return word.value


def read_free(asked: Asked) -> str | tuple[str, ...]:
    """What another program will read: kept as it stands."""
    told = tuple(" ".join(word.value for word in item) for item in asked.items)
    return told[0] if len(told) == 1 else told


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
        named = Word(Kind.TAGGED, hole.name, inside(word, hole))
        report.unknown(
            rules.UNKNOWN_PLACEHOLDER,
            "nothing is filled in for",
            named,
            tuple(PLACEHOLDERS),
            notes=("a brace that is only a brace is written twice: `{{`",),
        )


def inside(word: Word, hole: Placeholder) -> Span:
    """Where a placeholder stands; the whole text where escapes move its letters."""
    if "\\" in word.text:
        return word.span
    first = word.span.start + 1
    return Span(first + hole.start, first + hole.end)
