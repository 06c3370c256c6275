"""Facts that share a line: told, and read as if each stood on its own."""

from collections.abc import Iterator

from envc.check.report import Report
from envc.diagnostics import rules
from envc.source import Span
from envc.syntax import nodes
from envc.syntax.words import Kind, Word
from envc.vocabulary import Keys


def apart(report: Report, written: nodes.Setting, keys: Keys) -> Iterator[nodes.Setting]:
    """`walltime 5 min command "…"` is two settings, where both words are keys of the block."""
    if written.key.value not in keys:
        yield written
        return
    setting = written
    while (found := _second(setting, keys)) is not None:
        item, word = found
        key = setting.items[item][word]
        _tell(report, setting, key)
        before = (*setting.items[:item], setting.items[item][:word])
        behind = (setting.items[item][word + 1 :], *setting.items[item + 1 :])
        end = before[-1][-1].span.end
        yield nodes.Setting(Span(setting.span.start, end), setting.key, before, None)
        rest = tuple(each for each in behind if each)
        span = Span(key.span.start, setting.span.end)
        setting = nodes.Setting(span, key, rest, setting.condition)
    yield setting


def _second(setting: nodes.Setting, keys: Keys) -> tuple[int, int] | None:
    """The item and the word of the next key; the first word of an item is its value."""
    for item, words in enumerate(setting.items):
        for place, word in enumerate(words):
            if place and word.kind is Kind.NAME and word.value in keys:
                return item, place
    return None


def _tell(report: Report, setting: nodes.Setting, key: Word) -> None:
    _, column = report.source.position(setting.key.span.start)
    report.tell(
        rules.UNEXPECTED_WORD,
        f"`{key.value}` begins another fact on the line of `{setting.key.value}`",
        key.span,
        help=f"begin a new line before `{key.value}`",
        replace=f"\n{' ' * (column - 1)}{key.text}",
    )
