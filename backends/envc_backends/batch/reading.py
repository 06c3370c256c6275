"""Directives of a script, read as a batch system reads them: what it finds, and what that means.

A dialect is a table of functions, one for each of its options, from the option's value to what a
job asks for by it. Which of two options counts, and where directives end, is the dialect's too.
"""

import re
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import takewhile
from typing import NamedTuple

from envc.facts.problem import Problem
from envc.jobs.backend import Told

Reader = Callable[[str], Told | Problem]


class Line(NamedTuple):
    number: int
    text: str
    """Behind the mark."""


class Option(NamedTuple):
    line: int
    name: str
    value: str


def marked(text: str, mark: str) -> Iterator[Line]:
    """All lines with the mark and a blank behind it, wherever they stand."""
    for number, line in enumerate(text.split("\n"), 1):
        if re.match(re.escape(mark) + r"[ \t]", line):
            yield Line(number, line[len(mark) :].strip(" \t"))


def leading(text: str) -> str:
    """The comments and empty lines before the first command."""
    lines = text.split("\n")
    return "\n".join(takewhile(lambda line: not line.strip() or line.startswith("#"), lines))


def split(line: Line, arguments: Mapping[str, int]) -> Iterator[Option | Problem]:
    """Options of one line, by how many words belong to each; words are quoted as in a shell."""
    try:
        words = shlex.split(line.text)
    except ValueError:
        yield at(line.number, Problem("a quote is never closed"))
        return
    while words:
        name, *words = words
        count = arguments.get(name)
        if count is None or count > len(words):
            said = "has no value" if count is not None else "is no option"
            yield at(line.number, Problem(f"`{name}` {said}"))
            return
        yield Option(line.number, name, " ".join(words[:count]))
        words = words[count:]


def told(options: Iterable[Option | Problem], readers: Mapping[str, Reader]) -> Told | Problem:
    """All that options say, the later over the earlier."""
    found: dict[str, int | str] = {}
    for option in options:
        if isinstance(option, Problem):
            return option
        said = readers[option.name](option.value)
        if isinstance(said, Problem):
            return at(option.line, said)
        found.update(said)
    return found


def at(line: int, problem: Problem) -> Problem:
    return Problem(f"line {line}: {problem.message}", problem.help)


def as_text(key: str) -> Reader:
    """What any value will do for."""
    return lambda value: {key: value}


def matching(key: str, pattern: str, what: str) -> Reader:
    """What only values of one form will do for, `what` for short."""

    def read(value: str) -> Told | Problem:
        if not re.fullmatch(pattern, value, re.ASCII):
            return Problem(f"`{value}` is no {what}")
        return {key: value}

    return read


def counting(key: str) -> Reader:
    """What only a whole number above 0 will do for."""

    def read(value: str) -> Told | Problem:
        number = count(value)
        return {key: number} if number else Problem(f"`{value}` is no whole number above 0")

    return read


def ignored(_value: str) -> Told:
    """What is accepted and changes nothing of what is told."""
    return {}


def count(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,15}", text, re.ASCII) else None
