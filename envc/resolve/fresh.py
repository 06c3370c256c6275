"""The lock beside a spec, held against what the spec says now.

Nothing is solved or asked for: a lock that is stale is told, with the line of it that is.
"""

import os

from envc.check import Checked
from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Label, Rule
from envc.facts.problem import Problem
from envc.lock.compare import Difference, differences, gaps
from envc.lock.model import Lock
from envc.lock.text import place_of, read
from envc.resolve.beside import changed_in
from envc.resolve.wanted import wanted
from envc.source import Source, Span

NAME = "envc.lock"
START = Span(0, 0)


def beside(spec: str) -> str:
    """The path of a spec's lock."""
    return os.path.join(os.path.dirname(spec), NAME)


def fresh(spec: str, checked: Checked) -> Lock | tuple[Diagnostic, ...]:
    """The lock, if it says what the spec says."""
    path = beside(spec)
    text = _text(path)
    source = Source(path, text or "")
    if text is None:
        help_ = "write it with `envc lock`"
        return (_told(rules.LOCK_MISSING, source, f"there is no `{NAME}` here", help_),)
    locked = read(text)
    if isinstance(locked, Problem):
        from envc.lock.loose import NewerLock

        rule = rules.NEWER_LOCK if isinstance(locked, NewerLock) else rules.NOT_A_LOCK
        return (_told(rule, source, locked.message, locked.help),)
    found = (*stale(locked, spec, checked), *gaps(locked))
    told = tuple(_stale(source, each) for each in found)
    return told or locked


def readable(spec: str) -> Lock | None:
    """What stands there, as far as it can be read: what was chosen once, stays.

    Of a merge that was not finished our side counts: the spec says what becomes of theirs.
    """
    from envc.lock.loose import parse
    from envc.lock.marks import is_marked, split

    text = _text(beside(spec))
    if text is not None and is_marked(text):
        sides = split(text)
        text = sides.ours if not isinstance(sides, Problem) else None
    found = parse(text) if text is not None else None
    return found if isinstance(found, Lock) else None


def stale(locked: Lock, spec: str, checked: Checked) -> list[Difference]:
    """What a lock says otherwise than its spec."""
    folder = os.path.dirname(spec) or os.curdir
    return list(differences(locked, wanted(checked, locked, *changed_in(folder))))


def _stale(source: Source, difference: Difference) -> Diagnostic:
    place = place_of(source.text, difference.block) if difference.block is not None else None
    span = Span(*place) if place is not None else START
    help_ = "bring it up to date with `envc lock`"
    return _told(rules.LOCK_STALE, source, difference.sentence, help_, span)


def _text(path: str) -> str | None:
    """None where there is no file; bytes that are no text are no lock either."""
    try:
        with open(path, encoding="utf-8", errors="replace", newline="") as file:
            return file.read()
    except FileNotFoundError:
        return None


def _told(rule: Rule, source: Source, message: str, help_: str, span: Span = START) -> Diagnostic:
    return Diagnostic(rule, message, (Label(source, span),), help=help_)
