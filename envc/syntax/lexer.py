"""Text into words. Nothing fails here: what no word begins with comes out as a stray word."""

import re
from collections.abc import Iterator
from functools import cache

from envc.source import Span
from envc.syntax.tables import Tables, load
from envc.syntax.words import Comment, Kind, Word

_BLANK = "BLANK"
_COMMENT = "COMMENT"
_MARK = "MARK"


@cache
def _scanner() -> re.Pattern[str]:
    tables: Tables = load()
    named = [f"(?P<{name}>{pattern})" for name, pattern in tables.patterns]
    named.append(f'(?P<{Kind.OPEN_STRING}>"[^\\n]*)')
    named.append(f"(?P<{_MARK}>[{re.escape(''.join(tables.symbols))}])")
    named.append(f"(?P<{Kind.STRAY}>.)")
    return re.compile("|".join(named))


def words(text: str, comments: list[Comment]) -> Iterator[Word]:
    """Yields the words of a text, its end included, and gathers its comments on the way."""
    kinds = {kind.value: kind for kind in Kind}
    marks = {text: kinds[name] for text, name in load().symbols.items()}
    for match in _scanner().finditer(text):
        group = match.lastgroup
        if group == _BLANK:
            continue
        span = Span(match.start(), match.end())
        if group == _COMMENT:
            before = text[text.rfind("\n", 0, span.start) + 1 : span.start]
            comments.append(
                Comment(match[0].rstrip(), span, alone=not before.strip("\ufeff \t\r\f"))
            )
        elif group == _MARK:
            yield Word(marks[match[0]], match[0], span)
        elif group == Kind.NEWLINE:
            if "#" in match[0]:
                comments.extend(_comments_between(match[0], span.start))
            yield Word(Kind.NEWLINE, "\n", Span(span.start, span.start + 1))
        else:
            yield Word(kinds[str(group)], match[0], span)
    yield Word(Kind.END, "", Span(len(text), len(text)))


def _comments_between(lines: str, start: int) -> Iterator[Comment]:
    for match in re.finditer(r"#[^\n]*", lines):
        found = match[0].rstrip()
        first = start + match.start()
        yield Comment(found, Span(first, first + len(found)), alone=True)
