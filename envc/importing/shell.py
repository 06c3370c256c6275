"""A shell script as a list of simple commands, for reading only: nothing is ever run.

What depends on a running shell, such as loops and `$(…)`, is marked and left to the reader of the
commands. Variables whose values the file itself says are filled in.
"""

import re
from collections import ChainMap
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Word(NamedTuple):
    text: str
    is_plain: bool = True
    """Whether the text is all there is to it: no pattern, substitution or unknown variable."""


class ShellCommand(NamedTuple):
    words: tuple[Word, ...]
    line: int
    before: str = ""
    """The operator before it, such as `|` or `&&`."""
    nested: bool = False
    """Whether it is inside a loop, a condition or a function."""
    redirected: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(word.text for word in self.words)

    @property
    def is_plain(self) -> bool:
        return not self.redirected and all(word.is_plain for word in self.words)

    def __str__(self) -> str:
        return " ".join(self.texts)


_OPENING = frozenset({"if", "for", "while", "until", "case", "{", "(", "select"})
_CLOSING = frozenset({"fi", "done", "esac", "}", ")"})
_BETWEEN = frozenset({"then", "else", "elif", "do", "!", "time"})

_LONGEST_VALUE = 4096

_PIECE = re.compile(
    r"(?P<joined>\\\r?\n)|(?P<blank>[ \t\r\f\v]+)|(?P<comment>(?<![^\s;&|()])#[^\n]*)"
    r"|(?P<redirect>[0-9]*(?:<<-?|>>|>&|<&|>\||&>>?|[<>]))"
    r"|(?P<operator>&&|\|\||;;|\|&|[;&|\n()])"
    r"|(?P<single>'[^']*'?)|(?P<double>\"(?:[^\"\\]|\\.)*\"?)"
    r"|(?P<variable>\$(?:\w+|\{[^{}\n]*\}|[@*#?$!-]))|(?P<substitution>\$\(|`|\$'|\$)"
    r"|(?P<escaped>\\.)|(?P<pattern>[*?\[])|(?P<plain>[^\s'\"\\$`;&|()<>*?\[]+)|(?P<other>.)",
    re.DOTALL,
)
_IN_DOUBLE = re.compile(
    r"\\\r?\n|\\(?P<escaped>[\"\\$`])|(?P<variable>\$(?:\w+|\{[^{}\n]*\}))|(?P<odd>\$\(|`)"
    r"|(?P<plain>[^\\$`]+|.)",
    re.DOTALL,
)
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)


def commands(
    script: str, line: int, values: Mapping[str, str], own: MutableMapping[str, str] | None = None
) -> Iterator[ShellCommand]:
    """`line` is that of the script's first; `own` gets the variables that the script sets."""
    known: MutableMapping[str, str] = own if own is not None else {}
    depth, before = 0, ""
    everything = ChainMap(known, dict(values))
    for words, at, operator, redirected in _Splitter(script, line, everything).run():
        depth, rest = _nesting(words, depth)
        if operator == "(":
            depth += 1
        if rest:
            command = ShellCommand(tuple(rest), at, before, depth > 0, redirected)
            if not command.nested:
                _remember(command, known)
            yield command
        if operator == ")":
            depth = max(0, depth - 1)
        before = operator


def value(text: str, values: Mapping[str, str]) -> str | None:
    """A text in which variables are filled in; None where one is not known."""
    word = _double(text, values)
    return word.text if word.is_plain else None


def _remember(command: ShellCommand, known: MutableMapping[str, str]) -> None:
    """What `A=b` and `export A=b` say is known from there on."""
    words = command.words
    if words[0].text == "export":
        words = words[1:]
    for word in words:
        found = _ASSIGNMENT.fullmatch(word.text)
        if found is None:
            return
        if word.is_plain and len(found[2]) <= _LONGEST_VALUE:
            known[found[1]] = found[2]
        else:
            known.pop(found[1], None)


def _nesting(words: list[Word], depth: int) -> tuple[int, list[Word]]:
    """Drops the words that shape a script, and counts how deep it is in them."""
    rest = words
    while rest:
        first = rest[0].text
        if first in _OPENING or first == "function":
            return depth + 1, []
        if first in _CLOSING:
            depth = max(0, depth - 1)
        elif first not in _BETWEEN:
            break
        rest = rest[1:]
    return depth, rest


# ---- words ---------------------------------------------------------------------------------------


class _Simple(NamedTuple):
    """The words up to an operator."""

    words: list[Word]
    line: int
    operator: str
    redirected: bool


@dataclass(slots=True)
class _Splitter:
    script: str
    line: int
    values: Mapping[str, str]
    _words: list[Word] = field(default_factory=list)
    _parts: list[Word] = field(default_factory=list)
    """Of the word that is not ended yet."""
    _start: int = 0
    _redirected: bool = False
    _skipping: bool = False
    """Whether the next word is the file of a redirection."""
    _opening: bool = False
    """Whether it is the last line of a here-document instead."""
    _documents: list[str] = field(default_factory=list)

    def run(self) -> Iterator[_Simple]:
        at = 0
        while at < len(self.script):
            match = _PIECE.match(self.script, at)
            assert match is not None  # noqa: S101 - the last alternative takes any letter
            if not self._words and not self._parts:
                self._start = self.line
            if match.lastgroup == "operator":
                yield self._ended(match[0])
            end = self._taken(match)
            if match[0] == "\n":
                end = self._behind_documents(end)
            self.line += self.script.count("\n", at, end)
            at = end
        yield self._ended("")

    def _taken(self, match: re.Match[str]) -> int:
        """Where the next piece begins."""
        kind, text = str(match.lastgroup), match[0]
        if kind == "substitution":
            end = _end_of_substitution(self.script, match.start())
            self._parts.append(Word(self.script[match.start() : end], is_plain=False))
            return end
        if kind == "blank":
            self._close()
        elif kind == "redirect":
            self._close()
            self._skipping = self._redirected = True
            self._opening = text.strip("0123456789") in ("<<", "<<-")
        elif kind not in ("joined", "comment", "operator"):
            self._parts.append(_part(kind, text, self.values))
        return match.end()

    def _behind_documents(self, at: int) -> int:
        """Their texts are no commands, and begin behind the line that opens them."""
        for last in self._documents:
            ended = re.compile(rf"^\t*{re.escape(last)}[ \t]*$", re.MULTILINE).search(
                self.script, at
            )
            at = min(ended.end() + 1, len(self.script)) if ended is not None else len(self.script)
        self._documents = []
        return at

    def _close(self) -> None:
        if self._parts:
            if not self._skipping:
                self._words.append(_joined(self._parts))
            elif self._opening:
                self._documents.append(_joined(self._parts).text)
            self._skipping = False
            self._parts = []

    def _ended(self, operator: str) -> _Simple:
        self._close()
        ended = _Simple(self._words, self._start or self.line, operator, self._redirected)
        self._words, self._redirected, self._skipping = [], False, False
        return ended


def _part(kind: str, text: str, values: Mapping[str, str]) -> Word:
    match kind:
        case "single":
            return Word(text[1:].removesuffix("'"))
        case "double":
            closed = len(text) > 1 and text.endswith('"')
            return _double(text[1:-1] if closed else text[1:], values)
        case "variable":
            return _variable(text, values)
        case "escaped":
            return Word(text[1:])
        case "pattern":
            return Word(text, is_plain=False)
        case _:
            return Word(text)


def _joined(parts: list[Word]) -> Word:
    return Word("".join(each.text for each in parts), all(each.is_plain for each in parts))


def _double(text: str, values: Mapping[str, str]) -> Word:
    parts: list[Word] = []
    for match in _IN_DOUBLE.finditer(text):
        match match.lastgroup:
            case "variable":
                parts.append(_variable(match[0], values))
            case "odd":
                parts.append(Word(match[0], is_plain=False))
            case "escaped" | "plain":
                parts.append(Word(match[match.lastgroup]))
            case _:  # a line that goes on
                pass
    return _joined(parts)


def _variable(text: str, values: Mapping[str, str]) -> Word:
    """`$A`, `${A}`, `${A:-b}` and `${A:+b}`; other ways are left as they are written."""
    found = re.fullmatch(r"\$\{?(\w+)(?:(:?[-+])([^${}`]*))?\}?", text)
    if found is None:
        return Word(text, is_plain=False)
    name, sign, other = found[1], found[2] or "", found[3] or ""
    held = values.get(name)
    if sign.endswith("+"):
        return Word(other if held else "") if held is not None else Word(text, is_plain=False)
    if held is not None and not (sign == ":-" and not held):
        return Word(held)
    return Word(other) if sign else Word(text, is_plain=False)


def _end_of_substitution(script: str, at: int) -> int:
    """Behind `$(…)` or `` `…` ``, however deep; the end of the script where nothing closes it."""
    if script[at] == "`":
        closing = script.find("`", at + 1)
        return closing + 1 if closing >= 0 else len(script)
    if not script.startswith("$(", at):
        return at + 1
    depth, place = 0, at + 1
    while place < len(script):
        depth += {"(": 1, ")": -1}.get(script[place], 0)
        place += 1
        if not depth:
            break
    return place
